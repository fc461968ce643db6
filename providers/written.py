"""Days and times of the day as people and systems write them."""

import re
from datetime import date, datetime, time

from providers.clock import local_date

DAY_FIRST = r"(\d{1,2})[-./ ]{1,2}(\d{1,2})[-./ ]{1,2}(\d{4})"
"""`24-05-2026`, `24.5.2026`, `24/5-2026`: day, month and year."""

_DAY_FIRST = re.compile(DAY_FIRST)
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?|(\d{4})(\d{2})(\d{2})")


def parse_day(text: str) -> date:
    """The local day of a date or an instant: `2026-05-24`, `20260524`, `24-05-2026`, `24.5.2026`, `24/5-2026`.

    An instant with a zone is the Danish day on which it happens. Raises ValueError for anything else.
    """
    wanted = text.strip()
    if "T" in wanted and len(wanted) > len("2026-05-24T10:00"):
        moment = datetime.fromisoformat(wanted)
        return local_date(moment) if moment.tzinfo else moment.date()
    if found := _YEAR_FIRST.fullmatch(wanted):
        year, month, day = (part for part in found.groups() if part)
    elif found := _DAY_FIRST.fullmatch(wanted):
        day, month, year = found.groups()
    else:
        raise ValueError("not a day")
    return date(int(year), int(month), int(day))


def typed_time(text: str) -> time | None:
    """`10.30`, `10:30` or `1030`; None for what is no time of a day."""
    digits = text.strip().replace(".", ":")
    if ":" not in digits:
        digits = f"{digits[:-2]}:{digits[-2:]}"
    hour, _, minute = digits.partition(":")
    known = hour.isascii() and hour.isdigit() and minute.isascii() and minute.isdigit() and len(minute) == 2
    return time(int(hour), int(minute)) if known and len(hour) < 3 and int(hour) < 24 and int(minute) < 60 else None
