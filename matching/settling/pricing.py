"""What is due for a course: a package's price on the day it began, and of a course that ended early a part.

Neither the agreed prices nor the rule for a part are public. Both are dated rows, and say whether they are a demo's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from providers.models import PartRule


class Dated(Protocol):
    """Something that holds from a local day on."""

    @property
    def valid_from(self) -> date: ...


D = TypeVar("D", bound=Dated)


@dataclass(frozen=True, slots=True)
class Price:
    """What a package at a level costs, in øre, and for how many contacts."""

    valid_from: date
    ore: int
    contacts: int
    demo: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """What is paid of a course that ended before its goal."""

    valid_from: date
    part: PartRule
    demo: bool


def in_force(rows: Sequence[D], day: date) -> D | None:
    """The newest row that holds on the day; None before the first."""
    return max((row for row in rows if row.valid_from <= day), key=lambda row: row.valid_from, default=None)


def due(price: Price, rule: Rule | None, contacts: int, *, completed: bool) -> int | None:
    """Øre, rounded to the nearest, for a course of so many contacts; None for an early end when no rule is known."""
    if completed:
        return price.ore
    if rule is None:
        return None
    if rule.part is PartRule.WHOLE:
        return price.ore
    return round(price.ore * min(contacts, price.contacts) / price.contacts)
