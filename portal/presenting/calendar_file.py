"""The calendar file: one entry that follows the time wherever it is moved, and says nothing about health."""

from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urlsplit
from uuid import UUID

from icalendar import Calendar, Event, vCalAddress

from matching.models import Booking
from matching.states import BookingState
from portal.language import Language
from portal.presenting import dates
from portal.presenting.calendar_span import add_span
from portal.presenting.sites import address
from providers.weeks import is_whole_week

_STATUS = {
    BookingState.REQUESTED: "TENTATIVE",
    BookingState.CONFIRMED: "CONFIRMED",
    **dict.fromkeys((BookingState.STARTED, BookingState.COMPLETED, BookingState.NO_SHOW), "CONFIRMED"),
}


def calendar_file(
    booking: Booking, earlier: Mapping[UUID, Booking], public_url: str, now: datetime, spoken: Language
) -> bytes:
    """An iCalendar file (RFC 5545). `earlier` holds the plan's bookings by number; the slot comes with its site.

    A moved time is a new booking that knows the one before it: the entry keeps the first one's UID, and its SEQUENCE
    is the sum of their versions, which only grows. What has ended is a CANCEL (RFC 5546), which takes the entry away.
    """
    chain, host = _chain(booking, earlier), urlsplit(public_url).hostname
    status = _STATUS.get(booking.state, "CANCELLED")
    event = Event()
    event.add("uid", f"{chain[-1].id}@{host}")
    # Both methods want an organiser; nobody reads mail there.
    event.add("organizer", vCalAddress(f"mailto:genvej@{host}"), {"cn": "Genvej"})
    event.add("sequence", sum(link.version for link in chain))
    event.add("dtstamp", now.astimezone(UTC))
    add_span(event, booking.slot.starts_at, booking.slot.minutes)
    event.add("summary", spoken.say("Din aftale"))
    if is_whole_week(booking.slot.starts_at):
        event.add("description", dates.first_letter_up(dates.start(booking.slot.starts_at, spoken)))
    event.add("location", address(booking.slot.site))
    event.add("url", f"{public_url.rstrip('/')}/min-tid")
    event.add("status", status)
    calendar = Calendar()
    calendar.add("prodid", "-//Genvej//Genvej//DA")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if status == "CANCELLED" else "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _chain(booking: Booking, earlier: Mapping[UUID, Booking]) -> list[Booking]:
    """The booking and those it was moved from, newest first."""
    chain = [booking]
    while (before := chain[-1].moved_from_id) is not None and before in earlier:
        chain.append(earlier[before])
    return chain
