"""One plan of a message on its way into the database."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from matching.citizens import cpr_digests, seal_citizen
from matching.contents import PlanContents, seal_contents
from matching.intake.findings import Finding, Problem
from matching.intake.incoming import IncomingPlan, Reading
from matching.models import ArrivalState
from providers.vault import Vault


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a plan's row holds of the citizen."""

    citizen: bytes
    digests: tuple[str, ...]
    contents: bytes | None

    @property
    def digest(self) -> str:
        """The hash of the CPR number for a new row; one that is there may have any of `digests`."""
        return self.digests[0]


@dataclass(slots=True)
class Item:
    """`municipality`: for whom the plan is, once that is known. `state` and `plan_id` are the outcome."""

    raw_message_id: int
    position: int
    reading: Reading
    municipality: str | None
    sealed: Sealed | None = None
    state: ArrivalState = ArrivalState.FAILED
    plan_id: int | None = None
    findings: list[Finding] = field(default_factory=list)
    read_findings: tuple[Finding, ...] = ()

    @property
    def plan(self) -> IncomingPlan:
        """What the message says; only of an item that could be read."""
        if self.reading.plan is None:
            raise RuntimeError("this item could not be read")
        return self.reading.plan

    @property
    def readable(self) -> bool:
        return self.sealed is not None

    @property
    def residence(self) -> str | None:
        """Where the citizen lives, as far as the message tells: here, if that is possible at all."""
        homes = self.plan.residences
        return self.municipality if self.municipality in homes else next(iter(homes), None)

    def begin(self) -> None:
        """Nothing has become of it yet: what an attempt that was undone has noted is forgotten."""
        self.state, self.plan_id = ArrivalState.FAILED, None
        self.findings = list(self.read_findings)

    def fail(self, problem: Problem, place: str = "") -> None:
        """The plan cannot be taken in after all."""
        self.state, self.plan_id = ArrivalState.FAILED, None
        self.findings.append(Finding(problem, place))

    def become(self, state: ArrivalState, plan_id: int) -> None:
        """The plan that this one is."""
        self.state, self.plan_id = state, plan_id


def items_of(
    raw_message_id: int,
    readings: Iterable[Reading],
    *,
    municipality: str | None,
    names: Mapping[str, str],
    vault: Vault,
) -> list[Item]:
    """An item for each plan of a message. `municipality`: whoever brought it; it takes in what it brings.

    What is sealed is sealed here, outside of any transaction, for it takes time.
    """
    return [
        _item(Item(raw_message_id, position, reading, municipality or reading.municipality), names, vault)
        for position, reading in enumerate(readings)
    ]


def _item(item: Item, names: Mapping[str, str], vault: Vault) -> Item:
    plan = item.reading.plan
    item.read_findings = (*item.reading.findings, *(_about_place(item, plan, names) if plan else ()))
    item.begin()
    if plan is None or item.municipality is None:
        return item
    contents = seal_contents(plan.contents, vault) if plan.contents != PlanContents() else None
    item.sealed = Sealed(seal_citizen(plan.citizen, vault), tuple(cpr_digests(plan.citizen.cpr, vault)), contents)
    return item


def _about_place(item: Item, plan: IncomingPlan, names: Mapping[str, str]) -> Iterator[Finding]:
    """Whose plan it is, and where the citizen lives, if that is not the same municipality."""
    if item.municipality is None:
        yield Finding(Problem.MUNICIPALITY_MISSING)
        return
    if plan.municipality not in (None, item.municipality):
        yield Finding(Problem.ADDRESSED_ELSEWHERE, names[plan.municipality or ""])
    if item.residence not in (None, item.municipality):
        yield Finding(Problem.LIVES_ELSEWHERE, names[item.residence or ""])
