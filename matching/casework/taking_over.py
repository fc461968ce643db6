"""The case as the next municipality gets it: made from the one that is handed on, in that one's transaction."""

from datetime import datetime
from uuid import uuid4

from matching.booking.taking import step
from matching.events import record_event
from matching.models import Booking, Plan
from matching.plan_facts import PlanLink
from matching.states import BookingState, PlanState, check_transition
from providers.actors import Actor
from providers.clock import local_date
from providers.database import execute

TAKEN_OVER = "time_kept"
"""The kind of the event: a time at a private place goes on under the next municipality."""

_SAME = (
    *("message_id", "case_reference", "plan_type", "level", "package_id", "discharge_date", "earliest_start"),
    *("citizen", "cpr_digest", "contents", "code_issued_on"),
)
_ALONG = (
    "UPDATE course_code SET plan_id = $2 WHERE plan_id = $1",
    "UPDATE watch SET plan_id = $2 WHERE plan_id = $1",
    "UPDATE call_back SET plan_id = $2 WHERE plan_id = $1 AND done_at IS NULL",
    # What was queued for the old case is still told of there.
    "INSERT INTO contact (plan_id, email, mobile, language, stop_token, changed_at)"
    " SELECT $2, email, mobile, language, gen_random_uuid(), changed_at FROM contact WHERE plan_id = $1",
)


async def new_case(plan: Plan, municipality: str, state: PlanState, now: datetime) -> Plan:
    """The plan at another municipality, received today; `state` is how far it was. What was assessed is kept."""
    same = {name: getattr(plan, name) for name in _SAME}
    assessed = state in {PlanState.ASSESSED, PlanState.BOOKED}
    if assessed:
        check_transition(PlanState.RECEIVED, PlanState.ASSESSED)
    return await Plan.create(
        **same,
        municipality_id=municipality,
        residence_id=municipality,
        received_on=local_date(now),
        state=PlanState.ASSESSED if assessed else PlanState.RECEIVED,
        linked_to_id=plan.id,
        link=PlanLink.HANDED_ON,
    )


async def take_along(plan_id: int, there: int) -> None:
    """Codes, wishes and addresses: the citizen need not ask for anything again."""
    for statement in _ALONG:
        await execute(statement, plan_id, there)


async def carry_time(kept: Booking, there: Plan, *, actor: Actor, now: datetime) -> None:
    """The seat is the same, so no slot is counted anew; the place and the citizen are told whose case it is now."""
    await step(kept, BookingState.MOVED)
    booking = await Booking.create(
        id=uuid4(),
        plan_id=there.id,
        slot_id=kept.slot_id,
        basis=kept.basis,
        state=BookingState.CONFIRMED,
        moved_from_id=kept.id,
        created_at=now,
    )
    check_transition(there.state, PlanState.BOOKED)
    there.state = PlanState.BOOKED
    await there.save(update_fields=["state"])
    await record_event(there, TAKEN_OVER, actor=actor, now=now, booking=booking, purpose="casework")
