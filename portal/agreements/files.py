"""Approvals as a list, `/aftaler/filer`: the national list taken in at once, and taken away."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from portal.admission import member_of
from portal.agreements.room import show
from portal.language import language_of
from portal.lists import Desk, export, take
from portal.presenting.forms import first_error, problem_values
from portal.request_facts import now_of
from portal.statuses import status_after
from providers.approving.importing import import_approvals
from providers.errors import GenvejError
from providers.sheets.columns import REQUIRED, Kind, headings_of
from providers.sheets.outcome import Outcome
from providers.sheets.reading import Sheet

PATH = "/aftaler/filer"
_NAMES = frozenset({"steder", "godkendelser"})


async def show_all(request: Request) -> Response:
    """What can be taken in, what can be taken away."""
    return await _page(request, {})


async def take_approvals(request: Request) -> Response:
    """Each line is a decision, with the approver's name on it."""
    actor, now = member_of(request).actor, now_of(request)

    async def take_in(sheet: Sheet, only_looking: bool) -> Outcome:
        return await import_approvals(sheet, actor=actor, now=now, only_looking=only_looking)

    return await take(request, "godkendelser", _DESK, take_in)


async def fetch(request: Request) -> Response:
    """`steder.csv` or `godkendelser.csv` of the whole country."""
    return export(request, None, _NAMES)


async def _page(request: Request, errors: Mapping[str, GenvejError]) -> Response:
    spoken = language_of(request)
    values = {
        "title": spoken.say("Lister ind og ud"),
        "headings": ", ".join(headings_of(Kind.APPROVALS, ("site", *REQUIRED[Kind.APPROVALS], "valid_to"))),
        **problem_values(errors, spoken),
    }
    return await show(request, "agreements/lists.html", values, status=status_after(first_error(errors)))


_DESK = Desk(PATH, show, _page)
