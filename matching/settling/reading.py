"""The courses that ended in a period, each with its price, and their sums."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from matching.plan_facts import Basis, Level
from matching.settling.pricing import Price, Rule, due, in_force
from providers.clock import local_date, start_of_day
from providers.database import fetch, looking
from providers.identifiers import is_cpr
from providers.models import PackageSource, PartRule
from providers.packages import package_level_id
from providers.scope import Scope

_COURSES = "SELECT * FROM genvej_ended_courses($1, $2) WHERE basis <> 'own'"
_PRICES = "SELECT package_level_id, valid_from, ore, contacts, source FROM package_price"
_RULES = "SELECT valid_from, part, source FROM settlement_rule"
_TEN_FIGURES = re.compile(r"(?<!\d)(\d{6})[ -]?(\d{4})(?!\d)", re.ASCII)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Course:
    """A time at which somebody began, and how it ended; `ended_by` is the kind of the event. `contacts` has the first.

    `case_reference` is the municipality's own number of the case, and never a CPR number.
    """

    booking_id: UUID
    case_reference: str
    package_id: str | None
    level: Level | None
    basis: Basis
    provider: str
    cvr: str
    gln: str | None
    site_name: str
    started_at: datetime
    ended_at: datetime
    ended_by: str
    reason: str | None
    contacts: int

    @property
    def completed(self) -> bool:
        """Whether it has come to its goal."""
        return self.ended_by == "completed"


@dataclass(frozen=True, slots=True)
class Settled:
    """A course with what holds for it; `ore` is None where no price or no rule is known for the day it began."""

    course: Course
    price: Price | None
    rule: Rule | None
    ore: int | None

    @property
    def demo(self) -> bool:
        """Whether the amount rests on anything invented."""
        part = self.rule is not None and self.rule.demo and not self.course.completed
        return part or (self.price is not None and self.price.demo)


@dataclass(frozen=True, slots=True)
class Sum:
    """Of one provider: its courses, what is due for them, and how many have no price."""

    provider: str
    cvr: str
    gln: str | None
    courses: int
    ore: int
    unpriced: int


async def settle(municipality: str, first: date, last: date) -> list[Settled]:
    """The municipality's citizens' courses that ended between two local days, both included, in order.

    Its own institutions are left out: nothing is settled with them.
    """
    async with looking(Scope(municipality=municipality)):
        rows = await fetch(_COURSES, start_of_day(first), start_of_day(last + _DAY))
        prices, rules = await _prices(), [_rule(row) for row in await fetch(_RULES)]
    return [_settled(_course(row), prices, rules) for row in rows]


def sums(settled: Sequence[Settled]) -> list[Sum]:
    """By provider, in the order of their names."""
    by_provider: dict[tuple[str, str, str | None], list[Settled]] = defaultdict(list)
    for one in settled:
        by_provider[one.course.provider, one.course.cvr, one.course.gln].append(one)
    return [
        Sum(*who, len(ones), sum(one.ore or 0 for one in ones), sum(one.ore is None for one in ones))
        for who, ones in sorted(by_provider.items(), key=lambda item: item[0][:2])
    ]


def without_cpr(reference: str, booking_id: UUID) -> str:
    """The reference, or another name of the course where somebody has used a CPR number as a case's."""
    found = _TEN_FIGURES.search(reference)
    return f"forløb {booking_id.hex[:8]}" if found and is_cpr(found[1] + found[2]) else reference


def _settled(course: Course, prices: dict[int, list[Price]], rules: list[Rule]) -> Settled:
    began = local_date(course.started_at)
    kind = package_level_id(course.package_id, course.level) if course.package_id and course.level else 0
    price, rule = in_force(prices.get(kind, []), began), in_force(rules, began)
    ore = due(price, rule, course.contacts, completed=course.completed) if price else None
    return Settled(course, price, rule, ore)


async def _prices() -> dict[int, list[Price]]:
    found: dict[int, list[Price]] = defaultdict(list)
    for row in await fetch(_PRICES):
        demo = row["source"] == PackageSource.DEMO
        found[row["package_level_id"]].append(Price(row["valid_from"], row["ore"], row["contacts"], demo))
    return found


def _rule(row: Any) -> Rule:
    return Rule(row["valid_from"], PartRule(row["part"]), row["source"] == PackageSource.DEMO)


def _course(row: Any) -> Course:
    booking_id = UUID(bytes=row["booking_id"].bytes)
    kinds = {
        "booking_id": booking_id,
        "case_reference": without_cpr(row["case_reference"], booking_id),
        "level": Level(row["level"]) if row["level"] else None,
        "basis": Basis(row["basis"]),
    }
    return Course(**{**row, **kinds})
