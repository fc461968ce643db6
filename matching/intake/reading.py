"""What a file is, and the plans in it. Pure: the same bytes on the same day give the same answer."""

from collections.abc import Iterable
from datetime import date

from matching.intake import csv_rows, fhir, ggop
from matching.intake.bundles import bundles
from matching.intake.checking import check
from matching.intake.directory import Directory
from matching.intake.draft import Draft
from matching.intake.elements import Unreadable, parse
from matching.intake.findings import Finding, Problem
from matching.intake.incoming import Reading
from matching.intake.texts import decode

LARGEST = 32 * 1024 * 1024
"""Bytes of one file: a plan with an attachment of twenty megabytes goes in."""


def read_message(body: bytes, *, today: date, directory: Directory) -> list[Reading]:
    """The plans of a file, at least one: a file without any gives one reading that says why."""
    if len(body) > LARGEST:
        return [_unread(Problem.TOO_LARGE, str(LARGEST // 1024 // 1024))]
    text, corrected = decode(body)
    try:
        found = list(_drafts(text))
    except Unreadable as error:
        return [_unread(error.problem)]
    if corrected:
        for draft in found:
            draft.findings.append(Finding(Problem.ENCODING_CORRECTED))
    return [check(draft, today=today, directory=directory) for draft in found] or [_unread(Problem.NO_PLAN)]


def _drafts(text: str) -> Iterable[Draft]:
    begin = text.lstrip("\ufeff \t\r\n")
    if not begin:
        raise Unreadable(Problem.EMPTY)
    if begin.startswith("<"):
        return ggop.drafts(parse(begin))
    if begin.startswith(("{", "[")):
        return [draft for bundle in bundles(begin) for draft in fhir.drafts(bundle)]
    return csv_rows.drafts(begin)


def _unread(problem: Problem, place: str = "") -> Reading:
    return Reading(None, (Finding(problem, place),))
