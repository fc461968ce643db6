"""Weekly patterns: what a change would do is found by doing it, in a transaction that is undone unless it is wanted."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from matching.capacity.errors import PatternAcrossMidnight
from matching.capacity.exchanging import Kept, NewPattern, begin, end, forget, keep
from matching.capacity.packages import check_packages
from matching.capacity.rolling import closed_days, meant, put_up
from matching.capacity.sites import changing, close_slots
from matching.capacity.writing import take_down
from providers.clock import local_date
from providers.database import fetch_models
from providers.models import OpeningPattern


@dataclass(frozen=True, slots=True)
class Outcome:
    """`opened` and `closed` count free times; `stays` are times with citizens that the patterns no longer mean.

    `beyond` are times, with how many citizens, that now have fewer seats than that: everybody keeps theirs.
    """

    opened: int
    closed: int
    stays: Sequence[datetime]
    beyond: Sequence[tuple[datetime, int]] = field(default_factory=list)


class _OnlyLooking(Exception):
    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome


async def patterns_of(
    site_id: int, provider: int | None, today: date, *, whole_week: bool = False
) -> list[OpeningPattern]:
    """Those that still mean something, in the order of the week; or those of whole weeks."""
    query = """
    SELECT o.* FROM opening_pattern o JOIN site s ON s.id = o.site_id
    WHERE o.site_id = $1 AND s.provider_id = $2 AND (o.valid_to IS NULL OR o.valid_to >= $3) AND o.whole_week = $4
    ORDER BY o.weekday, o.starts_minute, o.lane, o.id
    """
    return await fetch_models(OpeningPattern, query, site_id, provider, today, whole_week)


async def change_patterns(
    site_id: int,
    provider: int | None,
    *,
    ended: Collection[int],
    on: date,
    new: Sequence[NewPattern],
    now: datetime,
    only_looking: bool,
) -> Outcome:
    """End some patterns before the day `on`, begin others, or exchange a whole week for another, at once.

    Free times that are meant no more go; whoever has one keeps it. With `only_looking`, everything is undone.
    Raises OwnSiteUnknown, PatternUnknown, PatternAcrossMidnight, PatternWithoutRoom, PatternOverlaps,
    WeeklyStartsTwice, PeriodTurned, PatternPackageUnknown and PatternUnreadable.
    """
    if any(one.ends_minute <= one.starts_minute for one in new):
        raise PatternAcrossMidnight
    try:
        async with changing(site_id, provider, now):
            outcome = await _change(site_id, ended, on, new, now)
            if only_looking:
                raise _OnlyLooking(outcome)
    except _OnlyLooking as looked:
        return looked.outcome
    return outcome


async def _change(site_id: int, ended: Collection[int], on: date, new: Sequence[NewPattern], now: datetime) -> Outcome:
    later = await end(site_id, ended, on, now) if ended else []
    opened, kept = 0, list[Kept]()
    if new:
        await check_packages(site_id, tuple({level for one in new for level in one.package_levels or ()}))
        closed = await closed_days(site_id, local_date(now))
        wanted = meant(await begin(site_id, new), closed, now)
        kept = await keep(wanted, later)
        opened = await put_up(wanted)
    going_on = {time.id for time in kept}
    gone = [time for time in later if time.id not in going_on]
    await take_down([time.id for time in gone if not time.taken])
    stays = [time for time in gone if time.taken]
    await close_slots([time.id for time in stays])
    await forget(ended)
    beyond = sorted((time.starts_at, time.taken) for time in kept if time.beyond)
    return Outcome(opened, len(gone) - len(stays), sorted(time.starts_at for time in stays), beyond)
