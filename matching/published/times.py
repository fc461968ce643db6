"""Times that are free: for something that the site may deliver then, and with a seat that nobody holds."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from matching.finding.qualifying import CURRENT_SITE, FREE_SEATS, OPEN_SLOT
from matching.published.listing import Key, Listing
from matching.published.services import ACTORS


class FreeTime(NamedTuple):
    """A first contact, its SlotMode, and all that it may be given for."""

    number: int
    site: int
    starts_at: datetime
    minutes: int
    mode: str
    package_levels: Sequence[int]


FREE_TIMES = Listing(
    made=FreeTime,
    rows=f"""
    SELECT t.id AS number, t.site_id AS site, t.starts_at, t.minutes, t.mode, given.package_levels
    FROM slot t JOIN site s ON s.id = t.site_id CROSS JOIN LATERAL (
        SELECT array_agg(DISTINCT o.package_level_id) AS package_levels FROM offer o WHERE {OPEN_SLOT}
    ) given
    WHERE given.package_levels IS NOT NULL AND {FREE_SEATS} > 0 AND {CURRENT_SITE}
      AND t.taken + t.blocked_seats < t.seats AND t.starts_at >= {{not_before}}
    """,
    key=(Key("starts_at", "t.starts_at", "timestamptz"), Key("number", "t.id")),
    filters={
        "numbers": "t.id = ANY ({numbers}::bigint[])",
        "places": "t.site_id = ANY ({places}::bigint[])",
        "actors": ACTORS,
        # Twice the same: the second is what finds the few sites of a rare package first.
        "package_levels": "given.package_levels && {package_levels}::smallint[] AND t.site_id IN ("
        "SELECT f.site_id FROM offer f WHERE f.package_level_id = ANY ({package_levels}::smallint[])"
        " AND f.next_free IS NOT NULL)",
        "starts": "t.starts_at >= coalesce({starts_from}::timestamptz, '-infinity')"
        " AND t.starts_at < coalesce({starts_until}::timestamptz, 'infinity')",
    },
)
"""In order of their beginning."""
