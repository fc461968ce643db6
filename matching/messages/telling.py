"""Who is told of what: one table from the kind of an event to what its people hear. Others hear nothing of it."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from matching.messages.contacts import channels_of
from matching.messages.queue import Draft, queue_message
from matching.messages.reminders import REMINDERS, renew_reminders
from matching.models import Booking, CaseEvent, Channel, Recipient
from matching.states import CURRENT, BookingState
from providers.database import fetch

CITIZEN_HEARS: Mapping[str, str] = MappingProxyType(
    {
        "booked": "booked",
        "requested": "requested",
        "moved": "moved",
        "cancelled_by_citizen": "cancelled",
        "cancelled_by_provider": "time_lost",
        "cannot_receive": "time_lost",
        "refused": "time_lost",
        "offered": "offered",
        "request_accepted": "booked",
        "offer_withdrawn": "time_lost",
        "taken_back": "time_lost",
        "time_given_up": "time_lost",
        "time_kept": "booked",
        "handed_on": "handed_on",
    }
)
"""Kind of event → template."""

SITE_HEARS = frozenset(
    {"booked", "requested", "moved", "cancelled_by_citizen", "stopped", "taken_back", "handed_back"}
    | {"time_given_up", "time_kept"}
)
"""Kinds of events that a clinic is told of, without a word of whom they are about."""

TRUE_WHILE: Mapping[str, frozenset[BookingState]] = MappingProxyType(
    {
        "booked": frozenset({BookingState.CONFIRMED}),
        "moved": frozenset({BookingState.CONFIRMED}),
        "requested": frozenset({BookingState.REQUESTED}),
        "offered": frozenset({BookingState.OFFERED}),
        "doctor_copy": CURRENT,
    }
    | dict.fromkeys(REMINDERS, frozenset({BookingState.CONFIRMED}))
)
"""Template → the states of its booking in which it is still worth saying; every other template stays true."""

SITE_NEWS = "site_news"

_SITES = """
SELECT DISTINCT s.id FROM booking b JOIN slot t ON t.id = b.slot_id JOIN site s ON s.id = t.site_id
WHERE b.id = ANY ($1) AND s.notice_email IS NOT NULL
"""


async def tell(event: CaseEvent, booking: Booking | None, *, now: datetime) -> None:
    """Queue what people are told of an event, and bring the reminders in line with what it changed."""
    channels = await channels_of(event.plan_id)
    template = _template(event.kind, booking)
    if template is not None:
        for channel in channels:
            await queue_message(_to_citizen(event, booking.id if booking else None, template, channel), now=now)
    if booking is not None and event.kind in SITE_HEARS:
        await _tell_sites(event, booking, now)
    if channels:
        await renew_reminders(event.plan_id, channels, now=now)


def _template(kind: str, booking: Booking | None) -> str | None:
    """What the citizen hears; a time that was moved to another municipality is only asked for."""
    asked = booking is not None and booking.state is BookingState.REQUESTED
    return "requested" if kind == "moved" and asked else CITIZEN_HEARS.get(kind)


def _to_citizen(event: CaseEvent, booking_id: UUID | None, template: str, channel: Channel) -> Draft:
    # Citizens are awake when they have just done something themselves; others must not wake them.
    quiet = not event.actor.startswith("citizen")
    once = f"event:{event.id}:{channel.value}"
    return Draft(once, template, channel, Recipient.CITIZEN, plan=event.plan_id, booking=booking_id, quiet=quiet)


async def _tell_sites(event: CaseEvent, booking: Booking, now: datetime) -> None:
    """The clinic of the time, and the one that it was moved away from."""
    for site in await fetch(_SITES, [number for number in (booking.id, booking.moved_from_id) if number]):
        once = f"event:{event.id}:site:{site['id']}"
        draft = Draft(once, SITE_NEWS, Channel.EMAIL, Recipient.SITE, plan=event.plan_id, site=site["id"])
        await queue_message(draft, now=now)
