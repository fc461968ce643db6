"""Between instants and the local days that the law counts in."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def local_date(moment: datetime) -> date:
    """The Danish calendar day of an instant. A naive datetime is a programming error: ValueError."""
    if moment.utcoffset() is None:
        raise ValueError("the moment has no time zone")
    return moment.astimezone(COPENHAGEN).date()


def start_of_day(day: date) -> datetime:
    """The instant, in UTC, of Danish midnight at the start of the day.

    Daylight saving shifts at two or three in the morning, so midnight always exists and is never doubled.
    """
    return datetime.combine(day, time.min, COPENHAGEN).astimezone(UTC)
