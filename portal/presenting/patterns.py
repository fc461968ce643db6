"""Weekly times in words and as a form."""

from collections.abc import Sequence
from datetime import date

from babel.dates import get_day_names

from portal.language import Language
from portal.presenting import dates
from portal.presenting.forms import Option, options
from portal.presenting.weekly import WeeklyLine, new_fields, weekly_fields, weekly_line
from providers.models import OpeningPattern
from providers.reference import Catalogue

_LIKELY = {"ugedag": "0", "fra": "08.00", "til": "12.00", "pause": "0", "pladser": "1", "hvem": ""}


def weekday_options(chosen: str, spoken: Language) -> list[Option]:
    """Monday first."""
    names = get_day_names("wide", locale=spoken.locale)
    return options({str(day): dates.first_letter_up(names[day]) for day in range(7)}, chosen)


def pattern_fields(pattern: OpeningPattern | None, today: date) -> dict[str, str]:
    """The form's fields: of a pattern that is to be changed, or what is likely."""
    if pattern is None:
        return new_fields(today) | _LIKELY | {"varsel": "0", "frem": "56"}
    return weekly_fields(pattern, today) | {
        "ugedag": str(pattern.weekday),
        "fra": _clock(pattern.starts_minute),
        "til": _clock(pattern.ends_minute),
        "pause": str(pattern.buffer_minutes),
        "pladser": str(pattern.seats),
        "hvem": pattern.lane,
        "varsel": str(pattern.notice_hours),
        "frem": str(pattern.horizon_days),
    }


def pattern_lines(found: Sequence[OpeningPattern], catalogue: Catalogue, spoken: Language) -> list[WeeklyLine]:
    """In the order of the week."""
    return [_line(one, catalogue, spoken) for one in found]


def _line(one: OpeningPattern, catalogue: Catalogue, spoken: Language) -> WeeklyLine:
    day = dates.first_letter_up(get_day_names("wide", locale=spoken.locale)[one.weekday])
    seats = spoken.say_many("%(count)s plads", "%(count)s pladser", one.seats)
    when = f"{day} {_clock(one.starts_minute)}–{_clock(one.ends_minute)}"
    return weekly_line(one, when, (seats, one.lane), catalogue, spoken)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}.{minute % 60:02}"
