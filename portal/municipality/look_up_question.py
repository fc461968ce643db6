"""What is asked of the look-up log, read from an address or a form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from matching.auditing import Question
from portal.municipality.period import days_of, shown
from providers.actors import CITIZEN
from providers.clock import start_of_day
from providers.errors import GenvejError

_LONGEST = 120
_FIELDS = ("sag", "person", "handling", "fra", "til")
_CITIZEN = frozenset({"borger", "borgeren", "citizen"})


@dataclass(frozen=True, slots=True)
class Asked:
    """The question, what was typed of it, and by field what could not be read."""

    question: Question
    typed: Mapping[str, str]
    errors: Mapping[str, GenvejError]


def asked_of(given: Mapping[str, object]) -> Asked:
    """Read the fields; of any text only what can be seen counts."""
    typed = {name: text for name in _FIELDS if (text := shown(given.get(name), _LONGEST))}
    days, errors = days_of(typed)
    person = typed.get("person")
    question = Question(
        case=typed.get("sag"),
        person=CITIZEN.person if person and person.lower() in _CITIZEN else person,
        action=typed.get("handling"),
        since=start_of_day(days["fra"]) if "fra" in days else None,
        until=start_of_day(days["til"] + timedelta(days=1)) if "til" in days else None,
    )
    return Asked(question, typed, errors)
