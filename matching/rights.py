"""The seven-day clock and the four doors of Sundhedsloven § 140.

The clock: the municipality must be able to offer the start of the training within seven days of the discharge, or of
the later day that the plan sets on health grounds (§ 140 stk. 4). Days are Danish calendar days, the discharge is day
0, and neither weekends nor holidays shift anything. What counts is the day of the *offered* first contact.

The doors: the home municipality's own institutions and its contracted suppliers (stk. 3), the institutions run by
another municipality (which may refuse for lack of room, and then the seven days no longer bind: sst.dk), and the
private providers with a KL agreement (stk. 4 and 5), who open only when the municipality cannot keep the clock.

Everything here is a pure function of the facts and of `today`; correcting a fact recomputes everything.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from matching.plan_facts import Basis, Level, PlanFacts, PlanType

__all__ = [
    "GUARANTEE",
    "Basis",
    "Door",
    "Level",
    "PlanFacts",
    "PlanType",
    "Reason",
    "Rights",
    "guarantee_deadline",
    "offer_kept",
    "rights",
    "start_basis",
]

GUARANTEE = timedelta(days=7)
"""Sundhedsloven § 140 stk. 4, in force since 1 July 2018."""


class Reason(StrEnum):
    """Why a door stands as it does; `matching.rights_words` has the sentence a citizen reads."""

    ALWAYS_OPEN = "always_open"
    GUARANTEE_FALLS_AWAY = "guarantee_falls_away"
    CANNOT_OFFER = "cannot_offer"
    OFFERED_TOO_LATE = "offered_too_late"
    DEADLINE_PASSED = "deadline_passed"
    OPENS_LATER = "opens_later"
    OFFERED_IN_TIME = "offered_in_time"
    LEVEL_MISSING = "level_missing"
    PACKAGE_MISSING = "package_missing"
    HANDED_TO_MUNICIPALITY = "handed_to_municipality"
    SPECIALISED = "specialised"
    SPECIALISED_REHABILITATION = "specialised_rehabilitation"
    PLAN_CLOSED = "plan_closed"


@dataclass(frozen=True, slots=True)
class Door:
    """One basis: open or not, why, and the day it opens or opened when that depends on the clock."""

    basis: Basis
    open: bool
    reason: Reason
    opens_on: date | None = None


@dataclass(frozen=True, slots=True)
class Rights:
    """What the citizen may choose on one day.

    `days_left` counts from today to the deadline and is negative when it has passed. `choice_arisen_on` is the first
    day of the private choice, None while it has not come; `choice_exercisable` also asks for level and package.
    `extended_opens_on` is the first day on which private providers open if no offer in time is made; None = never.
    `doors` has all four, in the order own, contract, other municipality, extended.
    """

    start_basis: date
    deadline: date
    offer_kept: bool | None
    days_left: int
    choice_arisen_on: date | None
    choice_exercisable: bool
    doors: tuple[Door, ...]
    extended_opens_on: date | None

    @property
    def open_bases(self) -> frozenset[Basis]:
        return frozenset(door.basis for door in self.doors if door.open)


def start_basis(facts: PlanFacts) -> date:
    """Day 0 of the clock: the discharge, or the later start that the plan sets on health grounds (§ 140 stk. 4)."""
    return max(facts.discharge_date, facts.earliest_start or facts.discharge_date)


def guarantee_deadline(facts: PlanFacts) -> date:
    """The last day on which an offered first contact keeps the guarantee: seven calendar days after day 0."""
    return start_basis(facts) + GUARANTEE


def offer_kept(facts: PlanFacts) -> bool | None:
    """Whether the offered first contact is in time, whenever it was recorded; None = no offer."""
    return None if facts.offer_date is None else facts.offer_date <= guarantee_deadline(facts)


def rights(facts: PlanFacts, today: date) -> Rights:
    """The clock, the private choice and the four doors of a plan, as they stand on the local day `today`."""
    deadline = guarantee_deadline(facts)
    opens_on, extended = _extended_door(facts, today)
    return Rights(
        start_basis=start_basis(facts),
        deadline=deadline,
        offer_kept=offer_kept(facts),
        days_left=(deadline - today).days,
        choice_arisen_on=opens_on if opens_on is not None and opens_on <= today else None,
        choice_exercisable=extended.open,
        doors=(*_standing_doors(facts), extended),
        extended_opens_on=opens_on,
    )


def _standing_doors(facts: PlanFacts) -> Iterator[Door]:
    """The three doors that no clock governs: open for every general plan (§ 140 stk. 3; sst.dk)."""
    barred = _barred(facts)
    for basis, reason in (
        (Basis.OWN, Reason.ALWAYS_OPEN),
        (Basis.CONTRACT, Reason.ALWAYS_OPEN),
        (Basis.OTHER_MUNICIPALITY, Reason.GUARANTEE_FALLS_AWAY),
    ):
        yield Door(basis, barred is None, barred or reason)


def _extended_door(facts: PlanFacts, today: date) -> tuple[date | None, Door]:
    """The first day of the private choice (None = never) and the door as it stands today."""
    if never := _barred(facts) or _no_private_choice(facts):
        return None, Door(Basis.EXTENDED, False, never)
    opens_on, reason = min(_ways_to_arise(facts), key=lambda way: way[0])
    if opens_on > today:
        return opens_on, Door(Basis.EXTENDED, False, Reason.OPENS_LATER, opens_on)
    missing = _undecided(facts)
    return opens_on, Door(Basis.EXTENDED, missing is None, missing or reason, opens_on)


def _barred(facts: PlanFacts) -> Reason | None:
    """Why no door of this portal is open at all.

    Specialised training happens at a hospital, under the free choice of hospital (§ 140 stk. 4: "medmindre
    genoptræningen skal foregå på sygehus"). Specialised rehabilitation is covered by the law, but the scheme was
    never put into work for it (fritvalgservice.dk).
    """
    if facts.plan_type is PlanType.SPECIALISED:
        return Reason.SPECIALISED
    if facts.plan_type is PlanType.SPECIALISED_REHABILITATION:
        return Reason.SPECIALISED_REHABILITATION
    return None if facts.open else Reason.PLAN_CLOSED


def _no_private_choice(facts: PlanFacts) -> Reason | None:
    """Why the private choice cannot arise, however late it gets.

    An offer in time closes it even when the citizen declines, and whatever else the municipality has recorded.
    """
    if facts.handed_to_municipality:
        return Reason.HANDED_TO_MUNICIPALITY
    return Reason.OFFERED_IN_TIME if offer_kept(facts) else None


def _ways_to_arise(facts: PlanFacts) -> Iterator[tuple[date, Reason]]:
    """Each way in which the municipality "cannot offer within seven days" (§ 140 stk. 4), with its first day."""
    if facts.cannot_offer_recorded_on is not None:
        yield facts.cannot_offer_recorded_on, Reason.CANNOT_OFFER
    if facts.offer_recorded_on is not None:
        # Only a late offer comes this far, and offering too late is the same as saying "we cannot".
        yield facts.offer_recorded_on, Reason.OFFERED_TOO_LATE
    yield guarantee_deadline(facts) + timedelta(days=1), Reason.DEADLINE_PASSED


def _undecided(facts: PlanFacts) -> Reason | None:
    """What the municipality must still decide before the choice can be used; it never kills the right."""
    if facts.level is None:
        return Reason.LEVEL_MISSING
    return Reason.PACKAGE_MISSING if facts.package is None else None
