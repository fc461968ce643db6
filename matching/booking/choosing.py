"""Book, move and cancel: one transaction each, with its event and its report, or nothing at all."""

from datetime import datetime
from uuid import UUID

from matching.booking.errors import AlreadyBooked, BookingUnknown, IdempotencyKeyReused
from matching.booking.notice import check_changeable
from matching.booking.seats import change_seats, lock_slots
from matching.booking.taking import step, step_plan, take
from matching.booking.waiting import end_waiting
from matching.cases import Case, lock_case
from matching.events import record_event
from matching.models import Booking
from matching.policy import Policy
from matching.states import CURRENT, BookingState, PlanState, StopReason, check_stop_reason
from providers.actors import Actor
from providers.database import execute, fetch_models, fetch_value, transaction
from providers.scope import Scope

_BY_KEY = """
SELECT b.* FROM booking b JOIN idempotency_key k ON k.booking_id = b.id WHERE k.plan_id = $1 AND k.key = $2
"""
_KEEP_KEY = """
INSERT INTO idempotency_key (plan_id, key, slot_id, booking_id, created_at) VALUES ($1, $2, $3, $4, $5)
"""


async def book(
    plan_id: int,
    slot_id: int,
    *,
    actor: Actor,
    now: datetime,
    policy: Policy,
    key: str | None = None,
    accepts_guarantee_loss: bool = False,
) -> Booking:
    """Give the citizen a seat. Asked again, with the same key or for the same slot, it answers the same booking.

    At another municipality's institution the booking is a request, and the citizen must accept that the seven days
    no longer bind. Raises the errors of `matching.booking.errors` and PlanNotReady.
    """
    async with transaction(Scope(plan=plan_id)):
        case = await lock_case(plan_id, now)
        if earlier := await _earlier_answer(case, key, slot_id):
            return earlier
        booking = await take(case, slot_id, policy, accepts_guarantee_loss=accepts_guarantee_loss)
        await step_plan(case, PlanState.BOOKED)
        await _remember(case, key, booking)
        await end_waiting(case, actor=actor)
        await _record_given_up_offer(case, actor=actor, now=now)
        kind = "requested" if booking.state is BookingState.REQUESTED else "booked"
        await record_event(case.plan, kind, actor=actor, now=now, booking=booking)
    return booking


async def move(
    plan_id: int,
    booking_id: UUID,
    slot_id: int,
    *,
    actor: Actor,
    now: datetime,
    policy: Policy,
    accepts_guarantee_loss: bool = False,
) -> Booking:
    """Exchange the citizen's booking for another seat, or nothing at all when that one is not to be had.

    A plan has one current booking: who asks another municipality gives the present time up, whatever it answers.
    """
    async with transaction(Scope(plan=plan_id)):
        case = await lock_case(plan_id, now)
        current = case.current
        if current is not None and current.moved_from_id == booking_id and current.slot_id == slot_id:
            return current
        if current is None or current.id != booking_id:
            raise BookingUnknown
        if current.slot_id == slot_id:
            return current
        await check_changeable(current, actor=actor, now=now, policy=policy)
        booking = await take(case, slot_id, policy, accepts_guarantee_loss=accepts_guarantee_loss)
        await _record_given_up_offer(case, actor=actor, now=now)
        await record_event(case.plan, "moved", actor=actor, now=now, booking=booking)
    return booking


async def cancel(
    plan_id: int,
    booking_id: UUID,
    *,
    actor: Actor,
    now: datetime,
    policy: Policy,
    reason: StopReason = StopReason.OPTED_OUT,
) -> Booking:
    """End the citizen's booking at their wish, or decline the municipality's offer; neither ends a right.

    Cancelling a second time changes nothing. Raises BookingUnknown, ChangeTooLate, TimePassed and
    IllegalTransition.
    """
    async with transaction(Scope(plan=plan_id)):
        case = await lock_case(plan_id, now)
        booking = await Booking.get_or_none(id=booking_id, plan_id=plan_id)
        if booking is None or booking.state is BookingState.MOVED:
            raise BookingUnknown
        if booking.state is BookingState.CANCELLED_BY_CITIZEN:
            return booking
        await check_changeable(booking, actor=actor, now=now, policy=policy)
        check_stop_reason(BookingState.CANCELLED_BY_CITIZEN, reason)
        await lock_slots([booking.slot_id])
        was_current = booking.state in CURRENT
        await step(booking, BookingState.CANCELLED_BY_CITIZEN)
        await change_seats({booking.slot_id: -1}, now)
        if was_current:
            await step_plan(case, PlanState.ASSESSED)
        kind = "cancelled_by_citizen" if was_current else "offer_declined"
        await record_event(case.plan, kind, actor=actor, now=now, booking=booking, reason=reason)
    return booking


async def _record_given_up_offer(case: Case, *, actor: Actor, now: datetime) -> None:
    """The municipality is told that the time which it offered is free again."""
    if case.offered is not None and case.offered.state is BookingState.MOVED:
        await record_event(case.plan, "offer_given_up", actor=actor, now=now, booking=case.offered)


async def _earlier_answer(case: Case, key: str | None, slot_id: int) -> Booking | None:
    """The booking that an earlier, equal request made; raises when the new request contradicts it."""
    if key is not None and (known := await _answered(case.plan.id, key)):
        asked_before, booking = known
        if asked_before != slot_id:
            raise IdempotencyKeyReused
        return booking
    if case.current is None:
        return None
    if case.current.slot_id != slot_id:
        raise AlreadyBooked
    await _remember(case, key, case.current)
    return case.current


async def _answered(plan_id: int, key: str) -> tuple[int, Booking] | None:
    """The slot that was asked for with this key, and the booking that it gave."""
    slot_id = await fetch_value("SELECT slot_id FROM idempotency_key WHERE plan_id = $1 AND key = $2", plan_id, key)
    if slot_id is None:
        return None
    return slot_id, (await fetch_models(Booking, _BY_KEY, plan_id, key))[0]


async def _remember(case: Case, key: str | None, booking: Booking) -> None:
    """A key that was answered once is answered alike for ever, also when the booking has ended meanwhile."""
    if key is not None:
        await execute(_KEEP_KEY, case.plan.id, key, booking.slot_id, booking.id, case.now)
