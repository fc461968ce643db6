"""Weekly patterns: what a change would do is found by doing it, in a transaction that is undone unless it is wanted."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from matching.capacity.errors import PatternAcrossMidnight, PatternUnknown
from matching.capacity.packages import check_packages
from matching.capacity.rolling import meant, roll_pattern
from matching.capacity.sites import changing, close_slots
from providers.clock import start_of_day
from providers.database import execute, fetch, fetch_models, fetch_value
from providers.models import OpeningPattern, SlotMode

_ADD = """
INSERT INTO opening_pattern (site_id, lane, weekday, starts_minute, ends_minute, minutes, buffer_minutes, mode, seats,
                             valid_from, valid_to, notice_hours, horizon_days, package_levels)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING *
"""
_END = "UPDATE opening_pattern SET valid_to = $2 WHERE id = $1"
_LATER = "SELECT id, starts_at, taken FROM slot WHERE pattern_id = $1 AND starts_at >= $2 ORDER BY id FOR UPDATE"

# A time that the new pattern means as well goes on as one of its own, with whoever has a seat.
_KEEP = """
UPDATE slot SET pattern_id = $2, minutes = $3, mode = $4, notice_hours = $5, package_levels = $7,
    seats = CASE WHEN closed_seats IS NULL THEN $6::smallint ELSE 0 END,
    closed_seats = CASE WHEN closed_seats IS NOT NULL THEN $6::smallint END,
    extra_seats = greatest(extra_seats, taken + blocked_seats - $6::smallint)
WHERE id = ANY ($1::bigint[])
"""


@dataclass(frozen=True, slots=True)
class NewPattern:
    """As `OpeningPattern`; `valid_from` is the first day on which it means anything, no packages are all of them."""

    lane: str
    weekday: int
    starts_minute: int
    ends_minute: int
    minutes: int
    buffer_minutes: int
    mode: SlotMode
    seats: int
    valid_from: date
    valid_to: date | None
    notice_hours: int
    horizon_days: int
    package_levels: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """`opened` and `closed` count free times; `stays` are times with citizens that the patterns no longer mean."""

    opened: int
    closed: int
    stays: Sequence[datetime]


class _Later(NamedTuple):
    """A time that the old pattern means from the day of the change on."""

    id: int
    starts_at: datetime
    taken: int


class _OnlyLooking(Exception):
    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome


async def patterns_of(site_id: int, provider: int | None, today: date) -> list[OpeningPattern]:
    """Those that still mean something, in the order of the week."""
    query = """
    SELECT o.* FROM opening_pattern o JOIN site s ON s.id = o.site_id
    WHERE o.site_id = $1 AND s.provider_id = $2 AND (o.valid_to IS NULL OR o.valid_to >= $3)
    ORDER BY o.weekday, o.starts_minute, o.lane, o.id
    """
    return await fetch_models(OpeningPattern, query, site_id, provider, today)


async def change_patterns(
    site_id: int,
    provider: int | None,
    *,
    ended: int | None,
    on: date,
    new: NewPattern | None,
    now: datetime,
    only_looking: bool,
) -> Outcome:
    """End a pattern before the day `on`, begin a new one, or exchange one for the other.

    Free times that are meant no more are closed; whoever has one keeps it. With `only_looking`, everything is undone.
    Raises PlaceUnknown, PatternUnknown, PatternAcrossMidnight, PatternWithoutRoom, PatternOverlaps, PeriodTurned,
    PatternPackageUnknown and PatternUnreadable.
    """
    if new is not None and new.ends_minute <= new.starts_minute:
        raise PatternAcrossMidnight
    try:
        async with changing(site_id, provider, now):
            outcome = await _change(site_id, ended, on, new, now)
            if only_looking:
                raise _OnlyLooking(outcome)
    except _OnlyLooking as looked:
        return looked.outcome
    return outcome


async def _change(site_id: int, ended: int | None, on: date, new: NewPattern | None, now: datetime) -> Outcome:
    later = await _end(site_id, ended, on, now) if ended is not None else []
    opened, kept = 0, set[int]()
    if new is not None:
        await check_packages(site_id, new.package_levels)
        values = list((asdict(new) | {"package_levels": new.package_levels or None}).values())
        (pattern,) = await fetch_models(OpeningPattern, _ADD, site_id, *values)
        kept = await _kept(pattern, later, now)
        opened = await roll_pattern(pattern, now)
    gone = [time for time in later if time.id not in kept]
    await close_slots([time.id for time in gone])
    stays = sorted(time.starts_at for time in gone if time.taken)
    return Outcome(opened, len(gone) - len(stays), stays)


async def _end(site_id: int, ended: int, on: date, now: datetime) -> list[_Later]:
    """The times of the pattern from the day on; it ends before it, or goes altogether."""
    found = await fetch_value("SELECT valid_from FROM opening_pattern WHERE id = $1 AND site_id = $2", ended, site_id)
    if found is None:
        raise PatternUnknown
    later = [_Later(**row) for row in await fetch(_LATER, ended, max(now, start_of_day(on)))]
    if found >= on:
        await execute("UPDATE slot SET pattern_id = NULL WHERE pattern_id = $1", ended)
        await execute("DELETE FROM opening_pattern WHERE id = $1", ended)
    else:
        await execute(_END, ended, on - timedelta(days=1))
    return later


async def _kept(pattern: OpeningPattern, later: list[_Later], now: datetime) -> set[int]:
    """Times of the old pattern that the new one means as well; what differs about them is made alike."""
    wanted = set(await meant(pattern, now))
    same = sorted(time.id for time in later if time.starts_at in wanted)
    await execute("DELETE FROM hold WHERE slot_id = ANY ($1::bigint[])", same)
    facts = (pattern.minutes, pattern.mode.value, pattern.notice_hours or None, pattern.seats, pattern.package_levels)
    await execute(_KEEP, same, pattern.id, *facts)
    return set(same)
