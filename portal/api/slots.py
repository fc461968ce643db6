"""A provider's own calendar keeps a site's times: it asks for a window of days, and replaces it whole."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from starlette.requests import Request
from starlette.responses import Response

from matching.capacity.comparing import There, Wanted
from matching.capacity.errors import OwnSiteUnknown, TimesBooked
from matching.capacity.window import ANY_VERSION, Window, read_window, replace_window, version_of
from matching.plan_facts import Level
from portal.api.errors import Fault, RequestInvalid
from portal.api.keys import holder_at
from portal.api.presenting import answer
from portal.api.slots_question import FIRST_SAYS, LAST_SAYS, SlotItem, SlotPackage, WindowQuestion, WindowSent
from portal.request_facts import now_of
from providers.clock import COPENHAGEN, local_date
from providers.errors import GenvejError
from providers.words import N_

LARGEST = 2 * 1024 * 1024
"""Bytes of a window."""

_DAY = timedelta(days=1)
_USUAL, _LONGEST = timedelta(days=90), timedelta(days=400)
_MOST_FAULTS = 50
_OUTSIDE = N_("%(field)s ligger uden for vinduet fra first_day til last_day.")
_UNKNOWN = N_("%(field)s er ikke en af pakkerne i /api/v1/packages.")
_STANDS = N_("%(field)s er optaget. Lad tiden stå i slots med mindst lige så mange pladser.")


class PreconditionNeeded(GenvejError):
    code: ClassVar[str] = "precondition_needed"
    message: ClassVar[str] = N_("Send If-Match med den ETag, som GET af det samme vindue har givet.")


class SlotsStand(RequestInvalid):
    """Each fault is one time that somebody has."""

    code: ClassVar[str] = "slots_booked"
    message: ClassVar[str] = TimesBooked.message


async def get_slots(request: Request, asked: WindowQuestion) -> Response:
    """The window as it is, or only that it still is; raises OwnSiteUnknown."""
    window = _window(request, asked)
    found = await read_window(window, holder_at(request).provider)
    version = version_of(found)
    headers = {"ETag": f'"{version}"', "Cache-Control": "private, no-cache"}
    if version in _tags(request, "If-None-Match"):
        return Response(None, 304, headers)
    names = {number: key for key, number in request.app.state.catalogue.package_level_ids.items()}
    slots = [_item(time, names) for time in found]
    return answer({"first_day": window.first, "last_day": window.last, "slots": slots}, headers=headers)


async def put_slots(request: Request, sent: WindowSent) -> Response:
    """Make the window what was sent; raises what `replace_window` does, PreconditionNeeded and SlotsStand."""
    tags = _tags(request, "If-Match")
    if not tags:
        raise PreconditionNeeded
    window, provider, now = _window(request, request.state.asked), holder_at(request).provider, now_of(request)
    wanted = _wanted(sent, window, request.app.state.catalogue.package_level_ids)
    try:
        done = await replace_window(window, provider, wanted, versions=tags, now=now)
    except TimesBooked as error:
        raise SlotsStand([_stands(number, at) for number, at in error.standing[:_MOST_FAULTS]]) from error
    counts = {"added": len(done.new), "changed": len(done.changed), "removed": len(done.left), "kept": len(done.same)}
    return answer(counts)


def _window(request: Request, asked: WindowQuestion) -> Window:
    """Raises RequestInvalid for days that cannot be, and OwnSiteUnknown for what is no site's number."""
    tomorrow = local_date(now_of(request)) + _DAY
    first = asked.first_day or tomorrow
    last = asked.last_day or first + _USUAL
    if not tomorrow <= first <= tomorrow + _LONGEST:
        raise RequestInvalid([Fault("query", "first_day", FIRST_SAYS)])
    if not first <= last <= first + _LONGEST:
        raise RequestInvalid([Fault("query", "last_day", LAST_SAYS)])
    number = request.path_params["site_id"]
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise OwnSiteUnknown
    return Window(int(number), first, last)


def _wanted(sent: WindowSent, window: Window, numbers: Mapping[tuple[str, str], int]) -> list[Wanted]:
    """Raises RequestInvalid with every time that lies outside, and every package that there is not."""
    faults, wanted, (begin, end) = list[Fault](), list[Wanted](), window.bounds
    for place, slot in enumerate(sent.slots):
        levels = [numbers.get((one.package, one.level.value)) for one in slot.packages or ()]
        if not begin <= slot.starts_at < end:
            faults.append(Fault("body", f"slots[{place}].starts_at", _OUTSIDE))
        if None in levels:
            faults.append(Fault("body", f"slots[{place}].packages", _UNKNOWN))
        known = tuple(sorted({level for level in levels if level is not None})) or None
        wanted.append(Wanted(slot.starts_at.astimezone(UTC), slot.minutes, slot.mode, slot.seats, known))
    if faults:
        raise RequestInvalid(faults[:_MOST_FAULTS])
    return wanted


def _tags(request: Request, header: str) -> frozenset[str]:
    """The versions that are named. A proxy that packs an answer makes its tag a weak one, which is as good here."""
    given = ",".join(request.headers.getlist(header))
    return frozenset({ANY_VERSION} if given.strip() == ANY_VERSION else re.findall(r'"([^"]*)"', given))


def _stands(number: int, at: datetime) -> Fault:
    return Fault("body", f"slot_id {number}, {at.astimezone(COPENHAGEN).isoformat()}", _STANDS)


def _item(time: There, names: Mapping[int, tuple[str, str]]) -> SlotItem:
    pairs = [names[number] for number in time.package_levels or ()]
    return {
        "slot_id": time.id,
        "starts_at": time.starts_at.astimezone(COPENHAGEN),
        "minutes": time.minutes,
        "mode": time.mode,
        "seats": time.seats if time.closed_seats is None else time.closed_seats,
        "taken": time.taken,
        "closed": time.closed_seats is not None,
        "packages": [SlotPackage(package=package, level=Level(level)) for package, level in pairs] or None,
    }
