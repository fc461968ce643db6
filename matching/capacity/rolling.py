"""Times are put up as far ahead as each pattern says: when it is made, and each night for the days that have come."""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, timedelta

from providers.calendar import Weekly, starts_of
from providers.clock import local_date
from providers.database import execute, fetch, fetch_models, transaction
from providers.models import OpeningPattern
from providers.offers import lock_offers, refresh_next_free
from providers.weeks import week_starts

_DAY = timedelta(days=1)
_CLOSURES = "SELECT first_day, last_day FROM closure WHERE site_id = $1 AND last_day >= $2"

NOTICE = """
nullif(o.notice_hours + CASE WHEN o.whole_week THEN ceil(extract(epoch FROM
    {at} - date_trunc('week', {at} AT TIME ZONE 'Europe/Copenhagen') AT TIME ZONE 'Europe/Copenhagen'
) / 3600) ELSE 0 END, 0)
"""
"""Of a pattern `o` the hours before a time `at`; those of a whole week count from where the week begins."""

# Done again it changes nothing: a pattern has one time at an instant.
_PUT_UP = f"""
INSERT INTO slot (site_id, starts_at, minutes, mode, seats, package_levels, pattern_id, whole_week, notice_hours)
SELECT o.site_id, w.starts_at, o.minutes, o.mode, o.seats, o.package_levels, o.id, o.whole_week,
       {NOTICE.format(at="w.starts_at")}
FROM unnest($1::timestamptz[], $2::bigint[]) AS w(starts_at, pattern) JOIN opening_pattern o ON o.id = w.pattern
ORDER BY w.starts_at, o.id
ON CONFLICT (pattern_id, starts_at) WHERE pattern_id IS NOT NULL DO NOTHING
"""
Meant = Sequence[tuple[OpeningPattern, Sequence[datetime]]]
"""Patterns, each with the instants that it means."""

_ALL = "SELECT * FROM opening_pattern WHERE valid_to IS NULL OR valid_to >= $1 ORDER BY site_id, id"


def meant(patterns: Sequence[OpeningPattern], closed: Collection[date], now: datetime) -> Meant:
    """From now to each one's horizon; none on days that the site is `closed`."""
    return [(pattern, _starts(pattern, closed, now)) for pattern in patterns]


def _starts(pattern: OpeningPattern, closed: Collection[date], now: datetime) -> list[datetime]:
    today, instant = local_date(now), now.astimezone(UTC)
    last = today + timedelta(days=pattern.horizon_days)
    if pattern.whole_week:
        return list(week_starts(max(today, pattern.valid_from), min(last, pattern.valid_to or last), closed))
    weekly = Weekly(
        weekday=pattern.weekday,
        starts=pattern.starts_minute,
        ends=pattern.ends_minute,
        minutes=pattern.minutes,
        buffer=pattern.buffer_minutes,
        first=pattern.valid_from,
        last=pattern.valid_to,
    )
    return [start for start in starts_of(weekly, today, last, closed) if start > instant]


async def closed_days(site_id: int, today: date) -> set[date]:
    """The local days from today on that the site is closed."""
    days = set[date]()
    for row in await fetch(_CLOSURES, site_id, today):
        first, last = max(row["first_day"], today), row["last_day"]
        days |= {first + number * _DAY for number in range((last - first).days + 1)}
    return days


async def put_up(wanted: Meant) -> int:
    """The times that are missing, in the open transaction; the answer counts them."""
    pairs = [(start, pattern.id) for pattern, starts in wanted for start in starts]
    done = await execute(_PUT_UP, [start for start, _ in pairs], [pattern for _, pattern in pairs])
    return int(done.rpartition(" ")[2])


async def roll_all(now: datetime) -> int:
    """Bring every site's times up to its horizon, one site at a time; the answer counts the new ones."""
    by_site: dict[int, list[OpeningPattern]] = {}
    for pattern in await fetch_models(OpeningPattern, _ALL, local_date(now)):
        by_site.setdefault(pattern.site_id, []).append(pattern)
    opened = 0
    for site_id, patterns in by_site.items():
        async with transaction():
            opened += await put_up(meant(patterns, await closed_days(site_id, local_date(now)), now))
            await lock_offers([site_id])
            await refresh_next_free([site_id], now)
    return opened
