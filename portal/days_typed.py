"""A day as it is typed or picked in a form of the staff: `2026-11-21` by a browser's calendar, `21.11.2026` by hand."""

import re
from datetime import date
from typing import ClassVar

from providers.errors import GenvejError
from providers.words import N_

_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_BY_HAND = re.compile(r"(\d{1,2})[./ -]+(\d{1,2})[./ -]+(\d{4})", re.ASCII)


class DayUnreadable(GenvejError):
    code: ClassVar[str] = "day_unreadable"
    message: ClassVar[str] = N_("Skriv datoen som dag, måned og år, for eksempel 21.11.2026.")


def typed_day(text: str) -> date | None:
    """The day; None for nothing typed. Raises DayUnreadable for what is no day between the years 2000 and 2100."""
    plain = text.strip()
    if not plain:
        return None
    by_hand = _BY_HAND.fullmatch(plain)
    try:
        day = date(int(by_hand[3]), int(by_hand[2]), int(by_hand[1])) if by_hand else date.fromisoformat(plain)
    except ValueError as error:
        raise DayUnreadable from error
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise DayUnreadable
    return day
