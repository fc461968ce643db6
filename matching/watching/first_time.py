"""The first time that a citizen could have of what they wait for, by the same rules as the list."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from matching.finding import Origin, Search, Sort, find
from matching.finding.search import Terms
from matching.finding.seats import seats_of_site
from matching.finding.wishes import Wishes
from matching.watching.wanted import Wanted
from providers.clock import COPENHAGEN
from providers.database import fetch_one
from providers.weeks import is_whole_week

_MOST_SEATS = 1000
_POINT = """
SELECT ST_X(point) AS easting, ST_Y(point) AS northing FROM postal_code WHERE code = $1
UNION ALL SELECT ST_X(point), ST_Y(point) FROM municipality WHERE code = $2
LIMIT 1
"""


class FirstTime(NamedTuple):
    slot_id: int
    starts_at: datetime


async def first_time(terms: Terms, wanted: Wanted) -> FirstTime | None:
    """None when there is none."""
    return await (_in_area if wanted.site_id is None else _at_site)(terms, wanted)


async def _at_site(terms: Terms, wanted: Wanted) -> FirstTime | None:
    for seat in await seats_of_site(wanted.site_id or 0, terms, limit=_MOST_SEATS):
        if not wanted.days or _is_on(wanted.days, seat.starts_at):
            return FirstTime(seat.slot_id, seat.starts_at)
    return None


def _is_on(days: Collection[int], starts_at: datetime) -> bool:
    """As the list does it: who asks for certain days is not told of a week."""
    return not is_whole_week(starts_at) and starts_at.astimezone(COPENHAGEN).isoweekday() in days


async def _in_area(terms: Terms, wanted: Wanted) -> FirstTime | None:
    point = await fetch_one(_POINT, wanted.origin, terms.home_municipality)
    if point is None:
        return None
    radius = None if wanted.radius is None else wanted.radius * 1000.0
    wishes = Wishes(days=wanted.days)
    page = await find(Search(terms, Origin(*point), radius, 1, sort=Sort.FIRST_FREE, wishes=wishes))
    return next((FirstTime(match.slot_id, match.first_free) for match in page.items), None)
