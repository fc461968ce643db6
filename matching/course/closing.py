"""The end of a course that had begun. Afterwards nobody at the clinic writes in it any more."""

from datetime import datetime

from matching.booking.taking import step, step_plan
from matching.course.notes import checked, keep_note
from matching.course.opening import record, taken_up
from matching.states import BookingState, IllegalTransition, PlanState, StopReason, check_stop_reason
from providers.actors import Actor
from providers.vault import Vault


async def stop(
    plan_id: int,
    reason: StopReason | None,
    note: str,
    *,
    actor: Actor,
    now: datetime,
    seen: int,
    vault: Vault,
) -> None:
    """The course ends before its goal, for a national reason. The booking stays as it was used.

    Raises the errors of `taken_up`, StopReasonMissing, NoteTooLong, and IllegalTransition before it has begun.
    """
    check_stop_reason(PlanState.STOPPED, reason)
    words = checked(note, needed=False)
    async with taken_up(plan_id, actor=actor, now=now, seen=seen) as course:
        if not course.begun:
            raise IllegalTransition(current=course.case.plan.state.value, target="stopped")
        await step_plan(course.case, PlanState.STOPPED)
        event = await record(course, "stopped", actor=actor, now=now, reason=reason)
        await keep_note(event, words, vault)


async def complete(plan_id: int, note: str, *, actor: Actor, now: datetime, seen: int, vault: Vault) -> None:
    """The course has come to its end, with a closing note. Raises the errors of `taken_up`, NoteMissing, NoteTooLong,
    and IllegalTransition before it has begun."""
    words = checked(note, needed=True)
    async with taken_up(plan_id, actor=actor, now=now, seen=seen) as course:
        await step(course.booking, BookingState.COMPLETED)
        await step_plan(course.case, PlanState.COMPLETED)
        event = await record(course, "completed", actor=actor, now=now)
        await keep_note(event, words, vault)
