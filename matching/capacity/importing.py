"""Times from a list: put up where they are missing and changed where they differ, all of the list or nothing.

What is not in the list stays as it is; a program that wants the rest to go replaces a whole window (`window.py`).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from matching.capacity.comparing import Difference, There, Wanted, compare
from matching.capacity.errors import MinuteReserved, SeatsBooked, TimeOfPattern, TimeOver
from matching.capacity.rolling import closed_days
from matching.capacity.sites import changing_all
from matching.capacity.writing import times_at, write
from providers.clock import COPENHAGEN, local_date
from providers.models import PackageLevel
from providers.sheets.cells import clock_in, day_in, mode_in, number_in, package_levels_in
from providers.sheets.columns import Kind
from providers.sheets.errors import ClockNotRead, PackageNotRead
from providers.sheets.outcome import Outcome, in_order, read_each
from providers.sheets.places import places_of
from providers.sheets.reading import Bad, Line, Sheet
from providers.weeks import is_whole_week

_KIND = Kind.SLOTS
_AHEAD = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class _OfSite:
    """What the list says of one site; `lines` are the numbers of the lines of `wanted`."""

    site: int
    lines: Sequence[int]
    wanted: Sequence[Wanted]
    difference: Difference


async def import_slots(sheet: Sheet, *, provider: int | None, now: datetime, only_looking: bool) -> Outcome:
    """The lines' times. Without a `provider` they may be of any; the same file again changes nothing."""
    places = await places_of(sheet, provider)
    known = {level.id for level in await PackageLevel.all()}
    read, bad = read_each(sheet, lambda line: (places.place_in(line).id, _wanted(line, known)))
    by_site: defaultdict[int, dict[int, Wanted]] = defaultdict(dict)
    for number, (site, one) in read.items():
        by_site[site][number] = one
    async with changing_all(by_site, now):
        found = [await _of_site(site, lines, now) for site, lines in sorted(by_site.items())]
        bad += [one for each in found for one in _bad(each, now)]
        if not only_looking and not bad:
            for each in found:
                await write(each.site, each.difference, each.wanted)
    differences = [each.difference for each in found]
    return Outcome(
        new=sum(len(each.new) for each in differences),
        changed=sum(len(each.changed) for each in differences),
        same=sum(len(each.same) for each in differences),
        bad=in_order(bad),
    )


def _wanted(line: Line, known: set[int]) -> Wanted:
    levels = package_levels_in(line, "packages")
    if levels is not None and not known.issuperset(levels):
        raise PackageNotRead
    local = datetime.combine(day_in(line, "day", _KIND), clock_in(line, "clock"), COPENHAGEN)
    instant = local.astimezone(UTC)
    if instant.astimezone(COPENHAGEN).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise ClockNotRead
    if is_whole_week(instant):
        raise MinuteReserved
    return Wanted(
        starts_at=instant,
        minutes=number_in(line, "minutes", _KIND, 5, 480),
        mode=mode_in(line, "mode", _KIND),
        seats=number_in(line, "seats", _KIND, 1, 100),
        package_levels=None if levels is None else tuple(levels),
    )


async def _of_site(site: int, lines: Mapping[int, Wanted], now: datetime) -> _OfSite:
    closed = await closed_days(site, local_date(now))
    wanted = [replace(one, closed=local_date(one.starts_at) in closed) for one in lines.values()]
    return _OfSite(site, list(lines), wanted, compare(await times_at(site, wanted), wanted))


def _bad(found: _OfSite, now: datetime) -> Iterator[Bad]:
    """Times that are over, or that cannot be changed as the list says."""
    for number in found.difference.new:
        if not now < found.wanted[number].starts_at < now + _AHEAD:
            yield Bad(found.lines[number], TimeOver())
    for row, number in found.difference.changed:
        if error := _hindrance(row, found.wanted[number], now):
            yield Bad(found.lines[number], error)


def _hindrance(row: There, wanted: Wanted, now: datetime) -> TimeOver | TimeOfPattern | SeatsBooked | None:
    if row.starts_at <= now:
        return TimeOver()
    if row.pattern_id is not None:
        return TimeOfPattern()
    return SeatsBooked(taken=row.taken + row.blocked_seats) if row.is_too_full_for(wanted) else None
