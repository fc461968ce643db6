"""A hospital's plan as it came in: typed, checked, and not yet anybody's case."""

from dataclasses import dataclass, field
from datetime import date

from matching.citizens import Citizen
from matching.contents import PlanContents
from matching.intake.findings import Finding
from matching.plan_facts import Level, PlanFacts, PlanLink, PlanType


@dataclass(frozen=True, slots=True)
class EarlierPlan:
    """What a plan is to an earlier one of the same citizen, named by its message id."""

    link: PlanLink
    message_id: str


@dataclass(frozen=True, slots=True)
class IncomingPlan:
    """All dates are local days. `municipality` is a code, None while nobody has said it.

    `residences`: the municipalities that the citizen may live in, by what the message says of their address.
    `offered_on`: the day on which somebody recorded the offer of `offer_date`.
    """

    message_id: str
    municipality: str | None
    citizen: Citizen
    plan_type: PlanType
    discharge_date: date
    received_on: date
    level: Level | None = None
    package: str | None = None
    earliest_start: date | None = None
    offer_date: date | None = None
    offered_on: date | None = None
    case_reference: str | None = None
    residences: tuple[str, ...] = ()
    contents: PlanContents = field(default_factory=PlanContents)
    earlier: EarlierPlan | None = None

    @property
    def facts(self) -> PlanFacts:
        """What the law asks for, as the message says it."""
        return PlanFacts(
            plan_type=self.plan_type,
            level=self.level,
            package=self.package,
            discharge_date=self.discharge_date,
            earliest_start=self.earliest_start,
            offer_date=self.offer_date,
            offer_recorded_on=self.offered_on,
            cannot_offer_recorded_on=None,
            handed_to_municipality=False,
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """One plan of a message: `plan` is None when it cannot be read, and then a finding says why.

    `municipality` is the one that the message names, if it is known; it stands also when the rest cannot be read.
    """

    plan: IncomingPlan | None
    findings: tuple[Finding, ...] = field(default=())
    message_id: str | None = None
    municipality: str | None = None

    @property
    def faults(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.problem.stops)
