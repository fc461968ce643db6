"""A date of birth as three fields, each as people write it: "3", "03", "marts", "Mar."."""

from datetime import date

from babel.dates import get_month_names

from providers.errors import GenvejError
from providers.words import N_

_OLDEST = 1900
_SHORTEST_MONTH = 3


class BirthDateInvalid(GenvejError):
    code = "birth_date_invalid"
    message = N_("Skriv din fødselsdato med dag, måned og år, for eksempel 14 3 1951.")


def read_birth_date(day: str, month: str, year: str, today: date) -> date:
    """The day that the three texts name; raises BirthDateInvalid for anything but a real day in the past."""
    try:
        born = date(_number(year, 4), _month(month), _number(day, 2))
    except ValueError as error:
        raise BirthDateInvalid from error
    if not born.year >= _OLDEST or born > today:
        raise BirthDateInvalid
    return born


def _month(text: str) -> int:
    word = text.strip().strip(".").lower()
    if len(word) < _SHORTEST_MONTH:
        return _number(text, 2)
    for locale in ("da", "en"):
        for number, name in get_month_names("wide", locale=locale).items():
            if name.lower().startswith(word):
                return int(number)
    raise ValueError(word)


def _number(text: str, figures: int) -> int:
    plain = text.strip().strip(".")
    if not (plain.isascii() and plain.isdigit()) or len(plain) > figures:
        raise ValueError(plain)
    return int(plain)
