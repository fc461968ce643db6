"""When people are told: by Danish clocks, and not at night. Pure."""

from datetime import UTC, datetime, time, timedelta

from providers.clock import COPENHAGEN


def days_before(moment: datetime, days: int) -> datetime:
    """The same time by the clock, so many calendar days earlier.

    A time that does not exist on that day, because the clocks go forward, is an hour later by the clock.
    """
    local = moment.astimezone(COPENHAGEN)
    # Arithmetic on a local time keeps the clock and forgets the zone's offset of that day: it is looked up anew.
    return (local.replace(tzinfo=None) - timedelta(days=days)).replace(tzinfo=COPENHAGEN).astimezone(UTC)


def is_night(now: datetime, quiet_from: time, quiet_to: time) -> bool:
    """Whether people rest: from the one local time until the other, past midnight; equal times are no night at all."""
    clock = now.astimezone(COPENHAGEN).time()
    if quiet_from <= quiet_to:
        return quiet_from <= clock < quiet_to
    return clock >= quiet_from or clock < quiet_to
