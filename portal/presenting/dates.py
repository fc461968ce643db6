"""Days and times as they are said: Danish calendar days, 24 hours, in the visitor's language."""

from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date

from portal.language import Language
from providers.clock import COPENHAGEN, local_date
from providers.weeks import is_whole_week

_DAY = {"da": "EEEE 'den' d. MMMM", "en": "EEEE d MMMM"}
_DATE = {"da": "d. MMMM y", "en": "d MMMM y"}
_SHORT = {"da": "d. MMM", "en": "d MMM"}
_BETWEEN = {"da": ".", "en": ":"}
_AT = {"da": "{day} kl. {time}", "en": "{day} at {time}"}


def day(moment: date, spoken: Language, *, year: bool = True) -> str:
    """`mandag den 23. november 2026` / `Monday 23 November 2026`."""
    pattern = _DAY[spoken.code] + (" y" if year else "")
    return _written(_local_day(moment), pattern, spoken.locale)


def short_date(moment: date, spoken: Language) -> str:
    """`23. november 2026` / `23 November 2026`."""
    return _written(_local_day(moment), _DATE[spoken.code], spoken.locale)


def day_and_month(moment: date, spoken: Language) -> str:
    """`23. nov.` / `23 Nov`: where there is little room."""
    return _written(_local_day(moment), _SHORT[spoken.code], spoken.locale)


def clock(moment: datetime, spoken: Language) -> str:
    """`10.30` / `10:30`, by Danish clocks."""
    local = moment.astimezone(COPENHAGEN)
    return f"{local.hour:02}{_BETWEEN[spoken.code]}{local.minute:02}"


def day_and_time(moment: datetime, spoken: Language, *, year: bool = True) -> str:
    """`mandag den 23. november 2026 kl. 10.30` / `Monday 23 November 2026 at 10:30`."""
    return _AT[spoken.code].format(day=day(moment, spoken, year=year), time=clock(moment, spoken))


@lru_cache(maxsize=4096)
def start(moment: datetime, spoken: Language, *, year: bool = True) -> str:
    """A first contact: as `day_and_time`, or `i uge 49, senest fredag den 4. december 2026 (stedet ringer …)`.

    Many begin at the same hour, and a list has ten.
    """
    if not is_whole_week(moment):
        return day_and_time(moment, spoken, year=year)
    return spoken.say("%(week)s (stedet ringer og aftaler tid)", week=start_day(moment, spoken, year=year))


def start_day(moment: datetime, spoken: Language, *, year: bool = True) -> str:
    """A first contact without its hour: as `day`, or `i uge 49, senest fredag den 4. december 2026`."""
    said = day(moment, spoken, year=year)
    if not is_whole_week(moment):
        return said
    return spoken.say("i uge %(week)s, senest %(day)s", week=local_date(moment).isocalendar().week, day=said)


def start_clock(moment: datetime, spoken: Language) -> str:
    """A first contact's hour: as `clock`, or that it is to be agreed."""
    return spoken.say("Efter aftale") if is_whole_week(moment) else clock(moment, spoken)


def days_left(days: int, spoken: Language) -> str:
    """How far a deadline is away; `days` is negative when it has passed."""
    if days == 0:
        return spoken.say("Fristen er i dag.")
    if days > 0:
        return spoken.say_many("Der er %(count)s dag til fristen.", "Der er %(count)s dage til fristen.", days)
    return spoken.say_many(
        "Fristen blev overskredet for %(count)s dag siden.", "Fristen blev overskredet for %(count)s dage siden.", -days
    )


def against_deadline(moment: datetime, deadline: date, spoken: Language) -> str:
    """A first contact against the guarantee: `4 dage før fristen`."""
    days = (deadline - local_date(moment)).days
    if days == 0:
        return spoken.say("på dagen for fristen")
    if days > 0:
        return spoken.say_many("%(count)s dag før fristen", "%(count)s dage før fristen", days)
    return spoken.say_many("%(count)s dag efter fristen", "%(count)s dage efter fristen", -days)


def first_letter_up(text: str) -> str:
    """The text as the beginning of a line: Danish days are written small, headings are not."""
    return text[:1].upper() + text[1:]


@lru_cache(maxsize=4096)
def _written(day: date, pattern: str, locale: str) -> str:
    """Babel reads the pattern and the locale anew each time; a page has a dozen dates, and most are on other pages."""
    return format_date(day, pattern, locale=locale)


def _local_day(moment: date) -> date:
    return local_date(moment) if isinstance(moment, datetime) else moment
