"""What is asked of the look-up log, read from an address or a form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from matching.auditing import Question
from portal.days_typed import DayUnreadable, typed_day
from providers.actors import CITIZEN
from providers.clock import start_of_day
from providers.errors import GenvejError
from providers.words import N_

_LONGEST = 120
_FIELDS = ("sag", "person", "handling", "fra", "til")
_CITIZEN = frozenset({"borger", "borgeren", "citizen"})


class PeriodTurned(GenvejError):
    code: ClassVar[str] = "period_turned"
    message: ClassVar[str] = N_("Den første dag skal ligge før den sidste.")


@dataclass(frozen=True, slots=True)
class Asked:
    """The question, what was typed of it, and by field what could not be read."""

    question: Question
    typed: Mapping[str, str]
    errors: Mapping[str, GenvejError]


def asked_of(given: Mapping[str, object]) -> Asked:
    """Read the fields; of any text only what can be seen counts."""
    typed = {name: text for name in _FIELDS if (text := _plain(given.get(name)))}
    days, errors = _days(typed)
    person = typed.get("person")
    question = Question(
        case=typed.get("sag"),
        person=CITIZEN.person if person and person.lower() in _CITIZEN else person,
        action=typed.get("handling"),
        since=start_of_day(days["fra"]) if "fra" in days else None,
        until=start_of_day(days["til"] + timedelta(days=1)) if "til" in days else None,
    )
    return Asked(question, typed, errors)


def _days(typed: Mapping[str, str]) -> tuple[dict[str, date], dict[str, GenvejError]]:
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


def _plain(value: object) -> str:
    text = value if isinstance(value, str) else ""
    return "".join(letter for letter in text if letter.isprintable()).strip()[:_LONGEST]
