"""Starts without a day and an hour: a site that keeps no calendar says how many it takes in a week, rings, and agrees.

Such a start is one instant like any other, a minute before midnight on the last working day of its week; no other time
begins then (`slot_whole_week`). So it is sorted, and held against the seven days, by the latest day that it can mean.
"""

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta

from providers.calendar import working_days
from providers.clock import COPENHAGEN, local_date, start_of_day

_MARK = time(23, 59)
_DAYS = timedelta(days=1)


def is_whole_week(starts_at: datetime) -> bool:
    """Whether a first contact has a week, and no day and hour yet."""
    return starts_at.astimezone(COPENHAGEN).time() == _MARK


def week_of(starts_at: datetime) -> date:
    """The Monday of the week that it lies in."""
    day = local_date(starts_at)
    return day - day.weekday() * _DAYS


def earliest(starts_at: datetime) -> datetime:
    """The first instant that it can mean: itself, or the beginning of its week."""
    return start_of_day(week_of(starts_at)) if is_whole_week(starts_at) else starts_at


def week_starts(first: date, last: date, closed: Collection[date] = ()) -> Iterator[datetime]:
    """One start, in UTC, for each week of which every working day lies from `first` to `last`, both included.

    A week whose working days are all `closed` has none, and neither has the one in which `first` is no Monday.
    """
    monday = first + (-first.weekday() % 7) * _DAYS
    while monday <= last:
        days = list(working_days(monday, monday + 4 * _DAYS))
        if days and days[-1] <= last and not set(days).issubset(closed):
            yield datetime.combine(days[-1], _MARK, COPENHAGEN).astimezone(UTC)
        monday += 7 * _DAYS
