"""Sites and times as lists, `/klinik/tider/lister`: taken in from a spreadsheet, and taken away for one."""

from collections.abc import Mapping
from typing import cast

from starlette.requests import Request
from starlette.responses import Response

from matching.capacity.importing import import_slots
from portal.admission import member_of
from portal.clinic.room import show
from portal.language import language_of
from portal.lists import NAMES, Desk, export, take
from portal.presenting.forms import first_error, problem_values
from portal.request_facts import now_of
from portal.statuses import status_after
from providers.errors import GenvejError
from providers.roles import Permission
from providers.sheets.columns import REQUIRED, Kind, headings_of
from providers.sheets.outcome import Outcome
from providers.sheets.reading import Sheet
from providers.sites.importing import import_sites

PATH = "/klinik/tider/lister"


async def show_all(request: Request) -> Response:
    """What can be taken in, what can be taken away."""
    return await _page(request, {})


async def take_sites(request: Request) -> Response:
    """The provider's own sites."""
    member, now = member_of(request), now_of(request)

    async def take_in(sheet: Sheet, only_looking: bool) -> Outcome:
        provider = cast(int, member.post.provider)
        return await import_sites(sheet, provider=provider, actor=member.actor, now=now, only_looking=only_looking)

    return await take(request, "steder", _DESK, take_in)


async def take_times(request: Request) -> Response:
    """Times of the provider's own sites."""
    provider, now = cast(int, member_of(request).post.provider), now_of(request)

    async def take_in(sheet: Sheet, only_looking: bool) -> Outcome:
        return await import_slots(sheet, provider=provider, now=now, only_looking=only_looking)

    return await take(request, "tider", _DESK, take_in)


async def fetch(request: Request) -> Response:
    """`steder.csv`, `tider.csv` or `godkendelser.csv` of the provider's own."""
    return export(request, cast(int, member_of(request).post.provider), frozenset(NAMES))


async def _page(request: Request, errors: Mapping[str, GenvejError]) -> Response:
    spoken = language_of(request)
    values = {
        "title": spoken.say("Lister ind og ud"),
        "may_edit": member_of(request).may(Permission.EDIT_SITE),
        "site_headings": ", ".join(headings_of(Kind.SITES, REQUIRED[Kind.SITES])),
        "time_headings": ", ".join(headings_of(Kind.SLOTS, REQUIRED[Kind.SLOTS])),
        **problem_values(errors, spoken),
    }
    return await show(request, "clinic/lists.html", values, status=status_after(first_error(errors)))


_DESK = Desk(PATH, show, _page)
