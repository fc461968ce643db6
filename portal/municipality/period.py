"""From one day to another, as it is typed above a list."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from portal.days_typed import DayUnreadable, typed_day
from providers.errors import GenvejError
from providers.words import N_


class PeriodTurned(GenvejError):
    code: ClassVar[str] = "period_turned"
    message: ClassVar[str] = N_("Den første dag skal ligge før den sidste.")


def days_of(typed: Mapping[str, str]) -> tuple[dict[str, date], dict[str, GenvejError]]:
    """The days `fra` and `til` as far as they were typed, and by field what is wrong with them."""
    days: dict[str, date] = {}
    errors: dict[str, GenvejError] = {}
    for name in ("fra", "til"):
        try:
            if (day := typed_day(typed.get(name, ""))) is not None:
                days[name] = day
        except DayUnreadable as error:
            errors[name] = error
    if len(days) == 2 and days["fra"] > days["til"]:
        errors["fra"] = PeriodTurned()
    return days, errors


def shown(value: object, longest: int) -> str:
    """Of any text only what can be seen."""
    text = value if isinstance(value, str) else ""
    return "".join(letter for letter in text if letter.isprintable()).strip()[:longest]
