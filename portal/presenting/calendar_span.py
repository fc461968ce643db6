"""How long an entry of a calendar is: to the minute, or the days of a week in which the hour is still to be agreed."""

from datetime import UTC, datetime, timedelta

from icalendar import Event

from providers.clock import local_date
from providers.weeks import is_whole_week, week_of


def add_span(event: Event, starts_at: datetime, minutes: int) -> None:
    """DTSTART and DTEND; days are DATE values, of which the last is not included (RFC 5545, 3.6.1)."""
    if is_whole_week(starts_at):
        event.add("dtstart", week_of(starts_at))
        event.add("dtend", local_date(starts_at) + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        return
    event.add("dtstart", starts_at.astimezone(UTC))
    event.add("dtend", (starts_at + timedelta(minutes=minutes)).astimezone(UTC))
