"""Single times: the week as it is, a time added, closed or opened again, and days that are closed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from matching.capacity.errors import PatternUnreadable, TimeOver
from matching.capacity.rolling import closed_days
from matching.capacity.sites import changing, close_slots, open_slots
from providers.clock import local_date, start_of_day
from providers.database import execute, fetch, fetch_value
from providers.models import ClosureKind, SlotMode
from providers.weeks import is_whole_week, week_of, week_starts

_DAY = timedelta(days=1)
_TIMES = """
SELECT t.id, t.starts_at, t.minutes, t.mode, t.seats, t.taken, t.blocked_seats, t.closed_seats, t.pattern_id,
       t.agreed_in_id IS NOT NULL AS agreed
FROM slot t JOIN site s ON s.id = t.site_id
WHERE t.site_id = $1 AND s.provider_id = $2 AND t.starts_at >= $3 AND t.starts_at < $4
ORDER BY t.starts_at, t.id
"""
_ADD = "INSERT INTO slot (site_id, starts_at, minutes, mode, seats) VALUES ($1, $2, $3, $4, $5)"
_CLOSURE = "INSERT INTO closure (site_id, first_day, last_day, kind) VALUES ($1, $2, $3, $4)"
_AHEAD = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Time:
    """A time of a site as its staff see it; `agreed`: made for one citizen, who had chosen a week."""

    id: int
    starts_at: datetime
    minutes: int
    mode: SlotMode
    seats: int
    taken: int
    blocked_seats: int
    closed_seats: int | None
    pattern_id: int | None
    agreed: bool = False


async def times_between(site_id: int, provider: int | None, first: date, last: date) -> list[Time]:
    """Every time from one local day to another, both included; none for another provider's site."""
    begin, end = start_of_day(first), start_of_day(last + _DAY)
    rows = await fetch(_TIMES, site_id, provider, begin, end)
    return [Time(**{**row, "mode": SlotMode(row["mode"])}) for row in rows]


async def add_time(
    site_id: int, provider: int | None, at: datetime, minutes: int, mode: SlotMode, seats: int, *, now: datetime
) -> None:
    """One more first contact. Raises OwnSiteUnknown, TimeOver and PatternUnreadable."""
    if not (5 <= minutes <= 480 and 1 <= seats <= 100):
        raise PatternUnreadable
    if not now < at < now + _AHEAD:
        raise TimeOver
    async with changing(site_id, provider, now):
        await execute(_ADD, site_id, at, minutes, mode.value, seats)


async def close_time(site_id: int, provider: int | None, slot_id: int, *, now: datetime) -> None:
    """Nobody gets the time any more; nothing happens to a time of another site."""
    async with changing(site_id, provider, now):
        await close_slots(await _of(site_id, slot_id))


async def open_time(site_id: int, provider: int | None, slot_id: int, *, now: datetime) -> None:
    """A closed time that lies ahead has its seats again."""
    async with changing(site_id, provider, now):
        await open_slots(await _of(site_id, slot_id))


async def times_closed_by(site_id: int, provider: int | None, first: date, last: date, *, now: datetime) -> list[Time]:
    """What closing these days would close of what lies ahead: their times, and weeks without any open day left."""
    closed = await closed_days(site_id, local_date(now))
    closed |= {first + number * _DAY for number in range((last - first).days + 1)}
    found = await times_between(site_id, provider, first, last + 6 * _DAY)
    return [time for time in found if time.starts_at > now and _is_closed(time.starts_at, last, closed)]


async def close_days(
    site_id: int, provider: int | None, first: date, last: date, kind: ClosureKind, *, now: datetime
) -> int:
    """Close a site from one local day to another; the answer counts the citizens who have a time then.

    Raises OwnSiteUnknown and ClosureTurned.
    """
    async with changing(site_id, provider, now):
        await execute(_CLOSURE, site_id, first, last, kind.value)
        found = [time.id for time in await times_closed_by(site_id, provider, first, last, now=now)]
        await close_slots(found)
        taken = "SELECT coalesce(sum(taken), 0) FROM slot WHERE id = ANY ($1::bigint[])"
        return int(await fetch_value(taken, found))


def _is_closed(starts_at: datetime, last: date, closed: Collection[date]) -> bool:
    if not is_whole_week(starts_at):
        return local_date(starts_at) <= last
    monday = week_of(starts_at)
    return not list(week_starts(monday, monday + 6 * _DAY, closed))


async def _of(site_id: int, slot_id: int) -> list[int]:
    found = await fetch("SELECT id FROM slot WHERE id = $1 AND site_id = $2", slot_id, site_id)
    return [row["id"] for row in found]
