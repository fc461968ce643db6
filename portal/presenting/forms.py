"""What every form has: sentences about what is wrong, each beside its field and together in the summary on top."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import Any

from portal.language import Language
from providers.errors import GenvejError


@dataclass(frozen=True, slots=True)
class Problem:
    """One sentence, and the field that it is about; None when it is about none."""

    sentence: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One line of a list to choose from."""

    value: str
    label: str
    chosen: bool = False


def options(words: Mapping[str, str], chosen: str, *, none: str = "") -> list[Option]:
    """A line for each value, in its words; before them one that chooses nothing, if there are words for `none`."""
    first = [Option("", none, not chosen)] if none else []
    return [*first, *(Option(value, label, value == chosen) for value, label in words.items())]


Problems = Mapping[str, str]
"""Field → sentence, for the line above the field."""


def problem_values(errors: Mapping[str, GenvejError | None] | None, spoken: Language) -> dict[str, Any]:
    """What the template of every form asks for: `problems`, the summary on top, and `by_field`, the same by field."""
    problems = problems_of({field: error for field, error in (errors or {}).items() if error}, spoken)
    return {"problems": problems, "by_field": by_field(problems)}


def first_error(errors: Mapping[str, GenvejError] | None) -> GenvejError | None:
    """The one that the page's HTTP status is of."""
    return next(iter((errors or {}).values()), None)


def problems_of(errors: Mapping[str, GenvejError], spoken: Language) -> list[Problem]:
    """The summary: in the order of the fields; "" is no field."""
    return [Problem(told(error, spoken), field or None) for field, error in errors.items()]


def by_field(problems: list[Problem]) -> Problems:
    """The same sentences for the lines above the fields; a field without one has an empty sentence."""
    return defaultdict(str, {problem.field: problem.sentence for problem in problems if problem.field})


def sentence_of(error: GenvejError, spoken: Language) -> str:
    """What a person reads of an error."""
    return spoken.say(error.message, **error.details) if "%(" in error.message else spoken.say(error.message)


def told(error: GenvejError, spoken: Language) -> str:
    """The same on a page, where whoever has tried too often reads for how many minutes there is no use in trying."""
    sentence, wait = sentence_of(error, spoken), error.details.get("wait")
    if not error.code.startswith("too_many_") or not isinstance(wait, timedelta):
        return sentence
    minutes = ceil(wait / timedelta(minutes=1))
    when = spoken.say_many("Du kan prøve igen om %(count)s minut.", "Du kan prøve igen om %(count)s minutter.", minutes)
    return f"{sentence} {when}"
