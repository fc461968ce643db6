"""Times are put up as far ahead as each pattern says: when it is made, and each night for the days that have come."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from providers.calendar import Weekly, starts_of
from providers.clock import local_date
from providers.database import execute, fetch, fetch_models, transaction
from providers.models import OpeningPattern
from providers.offers import lock_offers, refresh_next_free

_DAY = timedelta(days=1)
_CLOSURES = "SELECT first_day, last_day FROM closure WHERE site_id = $1 AND last_day >= $2"

# Done again it changes nothing: a pattern has one time at an instant.
_PUT_UP = """
INSERT INTO slot (site_id, starts_at, minutes, mode, seats, package_levels, pattern_id, notice_hours)
SELECT $1, w.starts_at, $3, $4, $5, $6, $7, $8 FROM unnest($2::timestamptz[]) AS w(starts_at)
ON CONFLICT (pattern_id, starts_at) WHERE pattern_id IS NOT NULL DO NOTHING
"""
_ALL = "SELECT * FROM opening_pattern WHERE valid_to IS NULL OR valid_to >= $1 ORDER BY site_id, id"


async def meant(pattern: OpeningPattern, now: datetime) -> Sequence[datetime]:
    """The instants that the pattern means, from now to its horizon; none on days that the site is closed."""
    today = local_date(now)
    weekly = Weekly(
        weekday=pattern.weekday,
        starts=pattern.starts_minute,
        ends=pattern.ends_minute,
        minutes=pattern.minutes,
        buffer=pattern.buffer_minutes,
        first=pattern.valid_from,
        last=pattern.valid_to,
    )
    closed = await closed_days(pattern.site_id, today)
    last = today + timedelta(days=pattern.horizon_days)
    return [start for start in starts_of(weekly, today, last, closed) if start > now.astimezone(UTC)]


async def closed_days(site_id: int, today: date) -> set[date]:
    """The local days from today on that the site is closed."""
    days = set[date]()
    for row in await fetch(_CLOSURES, site_id, today):
        first, last = max(row["first_day"], today), row["last_day"]
        days |= {first + number * _DAY for number in range((last - first).days + 1)}
    return days


async def roll_pattern(pattern: OpeningPattern, now: datetime) -> int:
    """Put up the times that are missing, in the open transaction; the answer counts them."""
    starts = await meant(pattern, now)
    facts = (pattern.minutes, pattern.mode.value, pattern.seats, pattern.package_levels)
    done = await execute(_PUT_UP, pattern.site_id, starts, *facts, pattern.id, pattern.notice_hours or None)
    return int(done.rpartition(" ")[2])


async def roll_all(now: datetime) -> int:
    """Bring every site's times up to its horizon, one site at a time; the answer counts the new ones."""
    by_site: dict[int, list[OpeningPattern]] = {}
    for pattern in await fetch_models(OpeningPattern, _ALL, local_date(now)):
        by_site.setdefault(pattern.site_id, []).append(pattern)
    opened = 0
    for site_id, patterns in by_site.items():
        async with transaction():
            opened += sum([await roll_pattern(pattern, now) for pattern in patterns])
            await lock_offers([site_id])
            await refresh_next_free([site_id], now)
    return opened
