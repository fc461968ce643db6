"""Package, level and the reference training place: what the municipality decides about a general plan."""

from dataclasses import dataclass
from datetime import datetime

from matching.booking.holding import release
from matching.casework.errors import AssessmentIncomplete, NotForThisPlan, SiteNotOurs
from matching.casework.facts import change_facts
from matching.casework.opening import opened
from matching.casework.sites import is_ours
from matching.events import record_event
from matching.models import Plan
from matching.plan_facts import Level, PlanType
from matching.states import PlanState, check_transition
from providers.actors import Actor
from providers.clock import local_date

_NOT_YET = frozenset({PlanState.RECEIVED, PlanState.HANDED_BACK})


@dataclass(frozen=True, slots=True)
class Assessment:
    """`reference_site` is the municipality's place by which the transport under free choice is measured."""

    package: str | None
    level: Level | None
    reference_site: int | None = None


async def assess(plan_id: int, decided: Assessment, *, actor: Actor, now: datetime, seen: int) -> None:
    """Decide, or decide otherwise; a time that the citizen has stays theirs. Decided the same again, nothing changes.

    Raises the errors of `opened`, NotForThisPlan, AssessmentIncomplete, SiteNotOurs and IllegalTransition.
    """
    async with opened(plan_id, actor=actor, now=now, seen=seen) as case:
        plan = case.plan
        if plan.plan_type is not PlanType.GENERAL:
            raise NotForThisPlan
        if decided.package is None or decided.level is None:
            raise AssessmentIncomplete
        if decided.reference_site is not None and not await is_ours(
            decided.reference_site, plan.municipality_id, local_date(now)
        ):
            raise SiteNotOurs
        first = plan.state in _NOT_YET
        changes = await change_facts(
            plan, package_id=decided.package, level=decided.level, reference_site_id=decided.reference_site
        )
        if first:
            await step_plan(plan, PlanState.ASSESSED)
        if first or changes:
            # A seat that is held for the old package may not be one for the new.
            await release(plan_id)
            await record_event(plan, "assessed", actor=actor, now=now, purpose="casework", changes=changes)


async def step_plan(plan: Plan, state: PlanState) -> None:
    """Bring a locked plan from one state to another; raises IllegalTransition."""
    check_transition(plan.state, state)
    plan.state = state
    await plan.save(update_fields=["state"])
