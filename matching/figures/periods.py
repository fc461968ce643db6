"""The weeks, the months and the year that the figures are counted by. A case belongs to the period of its day 0.

Only periods are counted in which the seven days of every case are over: else the newest would always look worse.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

WEEKS, MONTHS = 26, 13
"""How many are shown. Thirteen months, so that the newest can be held against the same month a year ago."""

_WEEK, _DAY = timedelta(days=7), timedelta(days=1)


class Span(StrEnum):
    """`year`: the newest twelve of the months together."""

    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Stretch:
    """The periods of one span: the first day of each, in order, and the day after the last one."""

    span: Span
    begins: tuple[date, ...]
    until: date

    @property
    def first(self) -> date:
        return self.begins[0]


def stretches(as_of: date) -> dict[Span, Stretch]:
    """The periods that can be counted on the local day `as_of`."""
    monday = as_of - 2 * _WEEK - (as_of - 2 * _WEEK).weekday() * _DAY
    weeks = tuple(monday - n * _WEEK for n in reversed(range(WEEKS)))
    until = (as_of - _WEEK).replace(day=1)
    months = tuple(months_before(until, n) for n in range(MONTHS, 0, -1))
    return {
        Span.WEEK: Stretch(Span.WEEK, weeks, monday + _WEEK),
        Span.MONTH: Stretch(Span.MONTH, months, until),
        Span.YEAR: Stretch(Span.YEAR, (months_before(until, 12),), until),
    }


def months_before(first: date, count: int) -> date:
    """The first day of the month `count` months before one that begins on `first`."""
    year, month = divmod(first.year * 12 + first.month - 1 - count, 12)
    return date(year, month + 1, 1)
