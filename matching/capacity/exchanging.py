"""Patterns that end, and others that begin: each step is one statement, however many patterns and times there are."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from matching.capacity.errors import PatternUnknown
from matching.capacity.levels import levels_text
from matching.capacity.rolling import NOTICE, Meant
from providers.clock import start_of_day
from providers.database import execute, fetch, fetch_models
from providers.models import OpeningPattern, SlotMode

_ADD = """
INSERT INTO opening_pattern (site_id, lane, weekday, starts_minute, ends_minute, minutes, buffer_minutes, mode, seats,
                             valid_from, valid_to, notice_hours, horizon_days, whole_week, package_levels)
SELECT $1, w.lane, w.weekday, w.starts_minute, w.ends_minute, w.minutes, w.buffer_minutes, w.mode, w.seats,
       w.valid_from, w.valid_to, w.notice_hours, w.horizon_days, w.whole_week, w.levels::smallint[]
FROM unnest($2::text[], $3::smallint[], $4::smallint[], $5::smallint[], $6::smallint[], $7::smallint[], $8::text[],
            $9::smallint[], $10::date[], $11::date[], $12::smallint[], $13::smallint[], $14::bool[],
            $15::text[])
     AS w(lane, weekday, starts_minute, ends_minute, minutes, buffer_minutes, mode, seats, valid_from, valid_to,
          notice_hours, horizon_days, whole_week, levels)
RETURNING *
"""
_COLUMNS = (
    *("lane", "weekday", "starts_minute", "ends_minute", "minutes", "buffer_minutes", "mode", "seats"),
    *("valid_from", "valid_to", "notice_hours", "horizon_days", "whole_week"),
)
_BEGAN = "SELECT id, valid_from FROM opening_pattern WHERE site_id = $1 AND id = ANY ($2::bigint[])"
_LATER = """
SELECT t.id, t.starts_at, t.taken, o.lane FROM slot t JOIN opening_pattern o ON o.id = t.pattern_id
WHERE t.pattern_id = ANY ($1::bigint[]) AND t.starts_at >= $2 ORDER BY t.id FOR UPDATE OF t
"""
_END = "UPDATE opening_pattern SET valid_to = $2 WHERE id = ANY ($1::bigint[])"
_FORGET = """
UPDATE slot SET pattern_id = NULL
WHERE pattern_id = ANY ($1::bigint[]) AND NOT EXISTS (SELECT FROM opening_pattern o WHERE o.id = pattern_id)
"""
_REMOVE = "DELETE FROM opening_pattern WHERE id = ANY ($1::bigint[])"

# A time that a new pattern means as well goes on as one of its own, with whoever has a seat.
_KEEP = f"""
UPDATE slot SET pattern_id = o.id, minutes = o.minutes, mode = o.mode, notice_hours = {NOTICE.format(at="starts_at")},
    package_levels = o.package_levels, seats = CASE WHEN closed_seats IS NULL THEN o.seats ELSE 0 END,
    closed_seats = CASE WHEN closed_seats IS NOT NULL THEN o.seats END,
    extra_seats = greatest(extra_seats, taken + blocked_seats - o.seats)
FROM unnest($1::bigint[], $2::bigint[]) AS k(slot, pattern) JOIN opening_pattern o ON o.id = k.pattern
WHERE slot.id = k.slot
RETURNING slot.id, slot.starts_at, slot.taken, closed_seats IS NULL AND taken + blocked_seats > slot.seats AS beyond
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
    whole_week: bool = False


class Kept(NamedTuple):
    """A time that goes on under a new pattern; `beyond` has more citizens than that has seats."""

    id: int
    starts_at: datetime
    taken: int
    beyond: bool


class Later(NamedTuple):
    """A time that an ended pattern means from the day of the change on."""

    id: int
    starts_at: datetime
    taken: int
    lane: str


async def end(site_id: int, ended: Collection[int], on: date, now: datetime) -> list[Later]:
    """The times of the patterns from the day on; each ends before it, or goes altogether. Raises PatternUnknown."""
    began = {row["id"]: row["valid_from"] for row in await fetch(_BEGAN, site_id, list(ended))}
    if len(began) < len(set(ended)):
        raise PatternUnknown
    later = [Later(**row) for row in await fetch(_LATER, list(began), max(now, start_of_day(on)))]
    gone = {number for number, first in began.items() if first >= on}
    await execute(_REMOVE, list(gone))
    await execute(_END, [number for number in began if number not in gone], on - timedelta(days=1))
    return later


async def forget(ended: Collection[int]) -> None:
    """Times that stay are no longer of a pattern that has gone altogether."""
    await execute(_FORGET, list(ended))


async def begin(site_id: int, new: Sequence[NewPattern]) -> list[OpeningPattern]:
    """The patterns as they now are."""
    levels = [levels_text(one.package_levels or None) for one in new]
    columns = [[getattr(one, name) for one in new] for name in _COLUMNS]
    return await fetch_models(OpeningPattern, _ADD, site_id, *columns, levels)


async def keep(wanted: Meant, later: Sequence[Later]) -> list[Kept]:
    """Times of the old patterns that new ones mean as well; what differs about them is made alike."""
    pairs = _paired(wanted, later)
    await execute("DELETE FROM hold WHERE slot_id = ANY ($1::bigint[])", sorted(pairs))
    return [Kept(**row) for row in await fetch(_KEEP, list(pairs), list(pairs.values()))]


def _paired(wanted: Meant, later: Sequence[Later]) -> dict[int, int]:
    """Of a time the pattern that goes on with it: one of its own lane first, and citizens' times before free ones."""
    waiting: defaultdict[datetime, list[Later]] = defaultdict(list)
    for time in sorted(later, key=lambda time: (-time.taken, time.id)):
        waiting[time.starts_at].append(time)
    pairs, met = dict[int, int](), set[tuple[int, datetime]]()
    for of_lane in (True, False):
        for pattern, starts in wanted:
            for start in starts:
                found = [time for time in waiting[start] if not of_lane or time.lane == pattern.lane]
                if found and (pattern.id, start) not in met:
                    waiting[start].remove(found[0])
                    pairs[found[0].id] = pattern.id
                    met.add((pattern.id, start))
    return pairs
