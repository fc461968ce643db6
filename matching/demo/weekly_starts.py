"""Invented sites without a calendar: they only say how many can begin in a week."""

from datetime import datetime

from matching.capacity.rolling import meant, put_up
from providers.clock import local_date
from providers.database import execute, fetch_models, transaction
from providers.models import OpeningPattern
from providers.offers import lock_offers, refresh_next_free

# One private site in twelve that nobody comes to, and, beside its calendar, the one to which most do.
_SAID = """
WITH taken AS (
    SELECT s.id, coalesce(sum(t.taken), 0) AS coming
    FROM site s JOIN provider p ON p.id = s.provider_id JOIN slot t ON t.site_id = s.id AND t.starts_at > $1
    WHERE p.kind = 'private' GROUP BY s.id
)
INSERT INTO opening_pattern (site_id, whole_week, weekday, starts_minute, ends_minute, minutes, mode, seats, valid_from,
                             notice_hours)
SELECT id, true, 0, 0, 1440, 45, 'individual', 1 + id % 4, $2, 72 FROM taken
WHERE coming = 0 AND id % 12 = 0 OR id = (SELECT id FROM taken ORDER BY coming DESC, id LIMIT 1)
RETURNING *
"""
_NO_CALENDAR = """
DELETE FROM slot t WHERE t.site_id = ANY ($1::int[]) AND t.starts_at > $2 AND NOT EXISTS (
    SELECT FROM slot n WHERE n.site_id = t.site_id AND n.taken > 0 AND n.starts_at > $2
) AND NOT EXISTS (SELECT FROM booking b WHERE b.slot_id = t.id)
"""


async def add_weekly_starts(now: datetime) -> None:
    """Once, after the bookings were made; the registry's own roll passes these sites over."""
    async with transaction():
        said = await fetch_models(OpeningPattern, _SAID, now, local_date(now))
        sites = [one.site_id for one in said]
        await execute(_NO_CALENDAR, sites, now)
        await put_up(meant(said, (), now))
        await lock_offers(sites)
        await refresh_next_free(sites, now)
