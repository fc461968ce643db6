"""The clinic's answer to a new booking: received, cannot receive, or given back because it was called off."""

from datetime import datetime

from matching.booking.seats import change_seats, lock_slots
from matching.booking.taking import step, step_plan
from matching.course.errors import GroundsMissing, ReasonUnknown
from matching.course.notes import checked, keep_note
from matching.course.opening import Course, record, taken_up
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
            await _give_up_offer(course, actor=actor, now=now)
        kind = "request_accepted" if asked else "booking_received"
        await record(course, kind, actor=actor, now=now)


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

    Raises the errors of `taken_up`, ReasonUnknown, NoteTooLong, IllegalTransition for a course that has begun, and
    GroundsMissing for another municipality's citizen, who has asked and can only be refused.
    """
    words = checked(note, needed=False)
    if reason is None:
        raise ReasonUnknown
    async with taken_up(plan_id, actor=actor, now=now, seen=seen) as course:
        if course.booking.state is BookingState.REQUESTED:
            raise GroundsMissing
        await release_seat(course, BookingState.CANNOT_RECEIVE)
        event = await record(course, "cannot_receive", actor=actor, now=now, reason=reason)
        await keep_note(event, words, vault)


async def give_back(plan_id: int, *, actor: Actor, now: datetime, seen: int) -> None:
    """The clinic calls the time off and has no other: the citizen is told, and may choose again.

    Raises the errors of `taken_up`, and IllegalTransition for a course that has begun.
    """
    async with taken_up(plan_id, actor=actor, now=now, seen=seen) as course:
        if course.begun:
            raise IllegalTransition(current="started", target="cancelled_by_provider")
        check_stop_reason(BookingState.CANCELLED_BY_PROVIDER, StopReason.EVENT)
        await release_seat(course, BookingState.CANCELLED_BY_PROVIDER)
        await record(course, "cancelled_by_provider", actor=actor, now=now, reason=StopReason.EVENT)


async def release_seat(course: Course, state: BookingState) -> None:
    """End the booking in a way that frees its seat; the plan is to be booked anew. Raises IllegalTransition."""
    await lock_slots([course.booking.slot_id])
    await step(course.booking, state)
    await change_seats({course.booking.slot_id: -1}, course.case.now)
    await step_plan(course.case, PlanState.ASSESSED)


async def _give_up_offer(course: Course, *, actor: Actor, now: datetime) -> None:
    """While the request waited, the municipality's own offer kept its seat; now the choice is certain."""
    offered = course.case.offered
    if offered is not None:
        await lock_slots([offered.slot_id])
        await step(offered, BookingState.MOVED)
        await change_seats({offered.slot_id: -1}, now)
        await record_event(
            course.case.plan, "offer_given_up", actor=actor, now=now, booking=offered, purpose="treatment"
        )
