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
from providers.encodings import decode

LARGEST = 32 * 1024 * 1024
"""Bytes of one file: a plan with an attachment of twenty megabytes goes in."""


def read_message(body: bytes, *, today: date, directory: Directory) -> list[Reading]:
    """The plans of a file, at least one: a file without any gives one reading that says why."""
    try:
        found = drafts_in(body)
    except Unreadable as error:
        place = str(LARGEST // 1024 // 1024) if error.problem is Problem.TOO_LARGE else ""
        return [Reading(None, (Finding(error.problem, place),))]
    return [check(draft, today=today, directory=directory) for draft in found]


def drafts_in(body: bytes) -> list[Draft]:
    """The plans of a file as an adapter finds them, at least one; raises Unreadable."""
    if len(body) > LARGEST:
        raise Unreadable(Problem.TOO_LARGE)
    text, corrected = decode(body)
    found = list(_drafts(text))
    if not found:
        raise Unreadable(Problem.NO_PLAN)
    for draft in found if corrected else ():
        draft.findings.append(Finding(Problem.ENCODING_CORRECTED))
    return found


def _drafts(text: str) -> Iterable[Draft]:
    begin = text.lstrip("\ufeff \t\r\n")
    if not begin:
        raise Unreadable(Problem.EMPTY)
    if begin.startswith("<"):
        return ggop.drafts(parse(begin))
    if begin.startswith(("{", "[")):
        return [draft for bundle in bundles(begin) for draft in fhir.drafts(bundle)]
    return csv_rows.drafts(begin)
