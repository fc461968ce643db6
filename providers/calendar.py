"""Working days in Denmark, and the first contacts that a weekly pattern means."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from holidays import country_holidays

from providers.clock import COPENHAGEN

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Weekly:
    """One weekday (Monday is 0) between two days, both included; minutes count from midnight by the clock on the wall.

    A contact takes `minutes`, and `buffer` more pass before the next one begins.
    """

    weekday: int
    starts: int
    ends: int
    minutes: int
    buffer: int
    first: date
    last: date | None = None


def working_days(first: date, last: date) -> Iterator[date]:
    """The days from `first` to `last`, both included, on which people work.

    Not Saturdays and Sundays, the church's holidays, 1 May, 5 June, 24 and 31 December: on those days that are no
    public holidays, places of treatment are closed all the same.
    """
    closed = closing_days(first, last)
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if day.weekday() < 5 and day not in closed:
            yield day


def closing_days(first: date, last: date) -> dict[date, str]:
    """The holidays of `working_days` by their Danish names, whatever weekday they fall on."""
    if first > last:
        return {}
    years = range(first.year, last.year + 1)
    found = country_holidays("DK", years=years, categories=("public", "optional"), language="da")
    return {day: name for day, name in sorted(found.items()) if first <= day <= last}


def starts_of(weekly: Weekly, first: date, last: date, closed: Collection[date] = ()) -> Iterator[datetime]:
    """The instants, in UTC, at which its contacts begin from `first` to `last`, both included; none on `closed` days.

    A time that the clock leaves out on the last Sunday of March is left out; the one that comes twice in October
    counts once, the first time.
    """
    begin, end = max(first, weekly.first), min(last, weekly.last or last)
    day = begin + timedelta(days=(weekly.weekday - begin.weekday()) % 7)
    while day <= end:
        if day not in closed:
            yield from _of_day(weekly, day)
        day += 7 * _DAY


def _of_day(weekly: Weekly, day: date) -> Iterator[datetime]:
    for minute in range(weekly.starts, weekly.ends - weekly.minutes + 1, weekly.minutes + weekly.buffer):
        local = datetime.combine(day, time(minute // 60, minute % 60), COPENHAGEN)
        instant = local.astimezone(UTC)
        if instant.astimezone(COPENHAGEN).replace(tzinfo=None) == local.replace(tzinfo=None):
            yield instant
