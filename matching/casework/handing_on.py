"""The citizen has moved: the case goes on at the municipality where they live now, with its history.

The case here is closed and stays this municipality's record of what it did. The other one gets a case of its own, with
the hospital's plan and what was assessed, but no offer: its own clock goes by the same discharge. Which municipality
pays for a course that has begun is NOT FOUND, so such a course is not handed on.
"""

from dataclasses import replace
from datetime import datetime
from functools import partial

from matching.cases import Case, plan_in_scope
from matching.casework.assessing import step_plan
from matching.casework.ending import give_up
from matching.casework.errors import CourseUnderWay, MunicipalityMissing
from matching.casework.opening import opened
from matching.casework.taking_over import carry_time, new_case, take_along
from matching.events import record_arrivals, record_event
from matching.models import Booking
from matching.plan_facts import Basis
from matching.states import BookingState, PlanState, StopReason
from providers.actors import Actor
from providers.database import fetch_value
from providers.scope import Scope

HANDED_ON, TIME_LOST = "handed_on", "time_given_up"
"""Kinds of events: the case is another municipality's now; a time here went with it."""

_BEFORE_IT_BEGINS = frozenset({PlanState.RECEIVED, PlanState.ASSESSED, PlanState.BOOKED, PlanState.HANDED_BACK})
_KNOWN = "SELECT EXISTS (SELECT FROM municipality WHERE code = $1 AND is_municipality)"


async def hand_on(plan_id: int, to: str | None, *, actor: Actor, now: datetime, seen: int) -> int:
    """Close the case and open it at the municipality with the code `to`; the answer is its number there.

    A time that the citizen has at a private place stays theirs; every other one, and the municipality's offer, is given
    up, and they are told. Codes, wishes and addresses for messages go along. Raises the errors of `opened`,
    MunicipalityMissing, CourseUnderWay once the course has begun, IllegalTransition for a case that is over, and
    PlanThere when the municipality has the hospital's plan already.
    """
    home = actor.scope.municipality
    if to is None or to == home or not await fetch_value(_KNOWN, to):
        raise MunicipalityMissing
    citizen = (await plan_in_scope(str(plan_id), actor.scope)).cpr_digest
    # The case that is made is not this municipality's, but it is the same citizen's.
    us = replace(actor, scope=Scope(municipality=home, citizen=citizen))
    async with opened(plan_id, actor=us, now=now, seen=seen) as case:
        if case.plan.state is PlanState.STARTED:
            raise CourseUnderWay
        state, kept = case.plan.state, _kept(case)
        await step_plan(case.plan, PlanState.STOPPED)
        await give_up(replace(case, current=None) if kept else case, BookingState.CANCELLED_BY_PROVIDER)
        await _tell(case, kept, to, actor=us)
        there = await new_case(case.plan, to, state, now)
        changes = {there.id: {"municipality": [home, to]}}
        await record_arrivals([there], actor=us, now=now, changes=changes)
        await take_along(plan_id, there.id)
        if kept is not None:
            await carry_time(kept, there, actor=us, now=now)
    return int(there.id)


def _kept(case: Case) -> Booking | None:
    """A private place treats the citizens of every municipality on one agreement (§ 140 stk. 5)."""
    time = case.current
    is_kept = time is not None and time.basis is Basis.EXTENDED and time.state is BookingState.CONFIRMED
    return time if is_kept else None


async def _tell(case: Case, kept: Booking | None, to: str, *, actor: Actor) -> None:
    """What was given up, each by itself, and at last that the case has gone."""
    record = partial(
        record_event, case.plan, actor=actor, now=case.now, reason=StopReason.EVENT.value, purpose="casework"
    )
    if case.offered is not None:
        await record(kind="offer_withdrawn", booking=case.offered)
    if case.current is not None and kept is None:
        await record(kind=TIME_LOST, booking=case.current)
    await record(kind=HANDED_ON, changes={"municipality": [case.plan.municipality_id, to]})
