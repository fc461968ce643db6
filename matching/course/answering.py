"""The clinic's answer to a new booking: received, cannot receive, or given back because it was called off."""

from datetime import datetime

from matching.booking.seats import change_seats, lock_slots
from matching.booking.taking import step, step_plan
from matching.course.errors import ReasonUnknown
from matching.course.notes import checked, keep_note
from matching.course.opening import Course, taken_up
from matching.course_codes import CannotReceive
from matching.events import record_event
from matching.states import BookingState, IllegalTransition, PlanState, StopReason, check_stop_reason
from providers.actors import Actor
from providers.vault import Vault


async def acknowledge(plan_id: int, *, actor: Actor, now: datetime, seen: int) -> None:
    """The clinic has taken note of a booking; a request of another municipality's citizen is said yes to.

    Raises the errors of `taken_up`, and IllegalTransition for a course that has begun.
    """
    async with taken_up(plan_id, actor=actor, now=now, seen=seen) as course:
        if course.begun:
            raise IllegalTransition(current="started", target="confirmed")
        asked = course.booking.state is BookingState.REQUESTED
        if asked:
            await step(course.booking, BookingState.CONFIRMED)
        kind = "request_accepted" if asked else "booking_received"
        await _record(course, kind, actor=actor, now=now)


async def cannot_receive(
    plan_id: int,
    reason: CannotReceive | None,
    note: str,
    *,
    actor: Actor,
    now: datetime,
    seen: int,
    vault: Vault,
) -> None:
    """The citizen may choose again and is told so; the home municipality is alerted by its report.

    Another municipality's citizen, who has asked, can be refused for capacity alone (sst.dk). Raises the errors of
    `taken_up`, ReasonUnknown, NoteTooLong, and IllegalTransition for a course that has begun.
    """
    words = checked(note, needed=False)
    if reason is None:
        raise ReasonUnknown
    async with taken_up(plan_id, actor=actor, now=now, seen=seen) as course:
        asked = course.booking.state is BookingState.REQUESTED
        if asked and reason is not CannotReceive.CAPACITY:
            raise ReasonUnknown
        await _release(course, BookingState.REFUSED if asked else BookingState.CANNOT_RECEIVE)
        kind = "refused" if asked else "cannot_receive"
        event = await record_event(
            course.case.plan, kind, actor=actor, now=now, booking=course.booking, reason=reason, purpose="treatment"
        )
        await keep_note(event, words, vault)


async def give_back(plan_id: int, *, actor: Actor, now: datetime, seen: int) -> None:
    """The clinic calls the time off and has no other: the citizen is told, and may choose again.

    Raises the errors of `taken_up`, and IllegalTransition for a course that has begun.
    """
    async with taken_up(plan_id, actor=actor, now=now, seen=seen) as course:
        if course.begun:
            raise IllegalTransition(current="started", target="cancelled_by_provider")
        check_stop_reason(BookingState.CANCELLED_BY_PROVIDER, StopReason.EVENT)
        await _release(course, BookingState.CANCELLED_BY_PROVIDER)
        await _record(course, "cancelled_by_provider", actor=actor, now=now, reason=StopReason.EVENT)


async def _release(course: Course, state: BookingState) -> None:
    """End the booking in a way that frees its seat; the plan is to be booked anew."""
    await lock_slots([course.booking.slot_id])
    await step(course.booking, state)
    await change_seats({course.booking.slot_id: -1}, course.case.now)
    await step_plan(course.case, PlanState.ASSESSED)


async def _record(course: Course, kind: str, *, actor: Actor, now: datetime, reason: str | None = None) -> None:
    await record_event(
        course.case.plan, kind, actor=actor, now=now, booking=course.booking, reason=reason, purpose="treatment"
    )
