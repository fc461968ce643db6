"""Working days in Denmark."""

from collections.abc import Iterator
from datetime import date, timedelta

from holidays import country_holidays


def working_days(first: date, last: date) -> Iterator[date]:
    """The days from `first` to `last`, both included, on which people work.

    Not Saturdays and Sundays, the church's holidays, 1 May, 5 June, 24 and 31 December: on those days that are no
    public holidays, places of treatment are closed all the same.
    """
    years = range(first.year, last.year + 1)
    closed = country_holidays("DK", years=years, categories=("public", "optional")) if first <= last else {}
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if day.weekday() < 5 and day not in closed:
            yield day
