"""Always eight weeks ahead: the invented sites put their times up as the days go by."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from providers.calendar import working_days
from providers.clock import local_date, start_of_day
from providers.database import execute, fetch, transaction
from providers.demo.copying import copy_rows
from providers.demo.progress import Progress, unseen
from providers.demo.rows import SlotRow
from providers.demo.timetable import Timetable, starts_of
from providers.models import ProviderKind
from providers.offers import lock_offers, refresh_next_free

AHEAD = timedelta(weeks=8)
_DILIGENT = timedelta(days=30)

# Demo providers are those with a business number from the range that is not in use; some keep no calendar.
_SITES = """
SELECT s.id AS site_id, p.cvr, p.kind, max(t.starts_at) AS last
FROM site s JOIN provider p ON p.id = s.provider_id LEFT JOIN slot t ON t.site_id = s.id AND NOT t.whole_week
WHERE p.cvr LIKE '9%' AND (
    NOT EXISTS (SELECT FROM opening_pattern o WHERE o.site_id = s.id AND o.whole_week)
    OR EXISTS (SELECT FROM slot n WHERE n.site_id = s.id AND NOT n.whole_week AND n.starts_at > $1)
)
GROUP BY s.id, p.cvr, p.kind ORDER BY s.id
"""

# Who was up to date at the last roll still is; who had forgotten goes on forgetting.
_CONFIRM = """
UPDATE site SET capacity_confirmed_at = $1::timestamptz - make_interval(days => (site.id % 14)::int)
WHERE site.id = ANY ($2::bigint[])
  AND site.capacity_confirmed_at > (SELECT max(t.starts_at) FROM slot t WHERE t.site_id = site.id) - $3::interval
"""


class DemoSite(NamedTuple):
    """A site and the first day for which it has no slots yet."""

    timetable: Timetable
    first: date


async def roll_slots_forward(now: datetime) -> None:
    """Give every demo site slots up to eight weeks after `now`; done again on the same day, it changes nothing."""
    today, last = local_date(now), local_date(now) + AHEAD
    async with transaction():
        sites = [_site(**record, today=today) for record in await fetch(_SITES, now)]
        behind = [site for site in sites if any(working_days(site.first, last))]
        if not behind:
            return
        ids = [site.timetable.site_id for site in behind]
        await execute(_CONFIRM, start_of_day(today), ids, AHEAD + _DILIGENT)
        await copy_slots(behind, last, unseen)
        await lock_offers(ids)
        await refresh_next_free(ids, now)


def _site(site_id: int, cvr: str, kind: str, last: datetime | None, today: date) -> DemoSite:
    first = today if last is None else max(today, local_date(last) + timedelta(days=1))
    return DemoSite(Timetable.of(site_id, cvr, ProviderKind(kind)), first)


async def copy_slots(sites: Sequence[DemoSite], last: date, progress: Progress) -> None:
    """Write the slots of the sites, each from its own first day to the common last one."""
    await copy_rows("slot", SlotRow._fields, _slots(sites, last, progress))


def _slots(sites: Sequence[DemoSite], last: date, progress: Progress) -> Iterator[SlotRow]:
    days = list(working_days(min(site.first for site in sites), last))
    starts = {day: starts_of(day) for day in days}
    for done, (timetable, first) in enumerate(sites):
        if done % 100 == 0:
            progress("slots", done, len(sites))
        for day in days:
            if day >= first:
                yield from timetable.slots(day, starts[day])
    progress("slots", len(sites), len(sites))
