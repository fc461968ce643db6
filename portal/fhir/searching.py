"""A search: a page of what was asked for, with what is to come along."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from matching.published.listing import Listing, counted
from matching.reports.formats.fhir import Resource
from portal.api.errors import UNKNOWN
from portal.cursors import query_fingerprint, read_place, sign_place
from portal.fhir.accepting import check_form
from portal.fhir.answering import answer, frame_of, rows_of
from portal.fhir.bundles import address, bundle, included_entries, match
from portal.fhir.codes import Frame
from portal.fhir.errors import TooMuchToCount
from portal.fhir.includes import included
from portal.fhir.outcomes import issue, operation_outcome
from portal.fhir.question import Question, read_search
from portal.fhir.table import Kind
from portal.language import language_accepted
from portal.request_facts import now_of, settings_of

FARTHEST_COUNT = 10_000
"""How many are counted: to know of more, most of the registry would be read for a number."""


async def search(request: Request, kind: Kind) -> Response:
    """A Bundle. Raises FormatUnknown, RequestInvalid, CursorInvalid, OutsideDenmark and TooMuchToCount."""
    check_form(request)
    frame = frame_of(request)
    question = read_search(request, kind, frame)
    if question.only_count:
        return answer(request, await _count(request, kind, question, frame))
    shown, links = await _page(request, kind, question, frame)
    now, policy = now_of(request), settings_of(request).policy
    brought = await included(kind, shown, question.includes, now=now, policy=policy)
    entries = [match(kind, row, frame, question.elements) for row in shown]
    return answer(
        request, bundle(links, [*entries, *included_entries(brought, frame), *_passed_over(request, question)])
    )


async def _page(request: Request, kind: Kind, question: Question, frame: Frame) -> tuple[list[Any], dict[str, str]]:
    """The rows, and the addresses of this page and the next one."""
    links = {"self": address(kind, frame, question.at(question.cursor))}
    if question.asked is None:
        return [], links
    listing = kind.listing_for(question.asked)
    signing = settings_of(request).signing_key.get_secret_value()
    fingerprint = query_fingerprint("fhir", kind.name, *sorted(question.narrowed))
    after = _place(listing, read_place(question.cursor, fingerprint, signing)) if question.cursor else ()
    rows = await rows_of(request, listing, question.asked, question.count + 1, after)
    shown = rows[: question.count]
    if len(rows) > len(shown):
        following = sign_place(_plain(listing.position(shown[-1])), fingerprint, signing)
        links["next"] = address(kind, frame, question.at(following))
    return shown, links


async def _count(request: Request, kind: Kind, question: Question, frame: Frame) -> Resource:
    total = 0
    if question.asked is not None:
        now, policy = now_of(request), settings_of(request).policy
        total = await counted(kind.listing, question.asked, now=now, policy=policy, most=FARTHEST_COUNT)
    if total > FARTHEST_COUNT:
        raise TooMuchToCount(most=FARTHEST_COUNT)
    return bundle({"self": address(kind, frame, question.used)}, total=total)


def _passed_over(request: Request, question: Question) -> list[Resource]:
    """A word about parameters that we do not know (FHIR R4, 3.1.1.3.3)."""
    spoken = language_accepted(request.headers.get("Accept-Language", ""))
    said = [spoken.say(UNKNOWN, field=name) for name in question.ignored]
    issues = [issue("warning", "not-supported", words, "parameter_unknown") for words in said]
    return [{"resource": operation_outcome(issues), "search": {"mode": "outcome"}}] if issues else []


def _plain(position: Sequence[object]) -> list[Any]:
    return [value.isoformat() if isinstance(value, datetime) else value for value in position]


def _place(listing: Listing[Any], values: Sequence[Any]) -> list[object]:
    dated = {number for number, key in enumerate(listing.key) if key.type == "timestamptz"}
    return [datetime.fromisoformat(value) if number in dated else value for number, value in enumerate(values)]
