"""Book, move and cancel: one transaction each, with its event and its report, or nothing at all."""

from datetime import datetime
from uuid import UUID, uuid4

from matching.booking.errors import (
    AlreadyBooked,
    BookingUnknown,
    GuaranteeLossNotAccepted,
    IdempotencyKeyReused,
    SlotNotBookable,
)
from matching.booking.holding import release
from matching.booking.seats import change_seats, lock_slots, seat_for
from matching.cases import Case, lock_case
from matching.events import record_event
from matching.finding.seats import Seat
from matching.models import Booking, IdempotencyKey
from matching.plan_facts import Basis
from matching.policy import Policy
from matching.states import (
    CURRENT,
    BookingState,
    PlanState,
    StopReason,
    check_stop_reason,
    check_transition,
)
from providers.actors import Actor
from providers.database import transaction


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
    async with transaction():
        case = await lock_case(plan_id, now)
        if earlier := await _earlier_answer(case, key, slot_id):
            return earlier
        await lock_slots([slot_id, *([case.offered.slot_id] if case.offered else [])])
        seat = await seat_for(case, slot_id, policy)
        _check_consent(seat, accepts_guarantee_loss)
        booking = await _choose(case, seat, case.offered)
        if case.plan.state is not PlanState.BOOKED:
            check_transition(case.plan.state, PlanState.BOOKED)
            case.plan.state = PlanState.BOOKED
            await case.plan.save(update_fields=["state"])
        if key is not None:
            await IdempotencyKey.create(
                plan_id=plan_id, key=key, slot_id=slot_id, booking_id=booking.id, created_at=now
            )
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
    """Exchange the citizen's booking for another seat; the old seat is kept until the new one is certain."""
    async with transaction():
        case = await lock_case(plan_id, now)
        current = case.current
        if current is not None and current.moved_from_id == booking_id and current.slot_id == slot_id:
            return current
        if current is None or current.id != booking_id:
            raise BookingUnknown
        if current.slot_id == slot_id:
            return current
        await lock_slots([slot_id, current.slot_id])
        seat = await seat_for(case, slot_id, policy)
        _check_consent(seat, accepts_guarantee_loss)
        booking = await _choose(case, seat, current)
        await record_event(case.plan, "moved", actor=actor, now=now, booking=booking)
    return booking


async def cancel(
    plan_id: int,
    booking_id: UUID,
    *,
    actor: Actor,
    now: datetime,
    reason: StopReason = StopReason.OPTED_OUT,
) -> Booking:
    """End the citizen's booking at their wish. The right to choose is then what the dates say.

    Cancelling a second time changes nothing. Raises BookingUnknown and IllegalTransition.
    """
    async with transaction():
        case = await lock_case(plan_id, now)
        booking = await Booking.get_or_none(id=booking_id, plan_id=plan_id)
        if booking is None or booking.state is BookingState.MOVED:
            raise BookingUnknown
        if booking.state is BookingState.CANCELLED_BY_CITIZEN:
            return booking
        check_stop_reason(BookingState.CANCELLED_BY_CITIZEN, reason)
        await lock_slots([booking.slot_id])
        was_current = booking.state in CURRENT
        await _end(booking, BookingState.CANCELLED_BY_CITIZEN)
        await change_seats({booking.slot_id: -1}, now)
        if was_current:
            check_transition(case.plan.state, PlanState.ASSESSED)
            case.plan.state = PlanState.ASSESSED
            await case.plan.save(update_fields=["state"])
        await record_event(case.plan, "cancelled_by_citizen", actor=actor, now=now, booking=booking, reason=reason)
    return booking


async def _earlier_answer(case: Case, key: str | None, slot_id: int) -> Booking | None:
    """The booking that an earlier, equal request made; raises when the new request contradicts it."""
    known = await IdempotencyKey.get_or_none(plan_id=case.plan.id, key=key).select_related("booking") if key else None
    if known is not None:
        if known.slot_id != slot_id:
            raise IdempotencyKeyReused
        return known.booking
    if case.current is not None and case.current.slot_id != slot_id:
        raise AlreadyBooked
    return case.current


def _check_consent(seat: Seat, accepts_guarantee_loss: bool) -> None:
    if seat.basis is Basis.OTHER_MUNICIPALITY and not accepts_guarantee_loss:
        raise GuaranteeLossNotAccepted


async def _choose(case: Case, seat: Seat, replaced: Booking | None) -> Booking:
    """Take the seat in place of another booking. The old one ends first: a plan can have one current booking only."""
    changes = {seat.slot_id: 1}
    if replaced is not None:
        if replaced.slot_id == seat.slot_id:
            raise SlotNotBookable
        await _end(replaced, BookingState.MOVED)
        changes[replaced.slot_id] = -1
    requested = seat.basis is Basis.OTHER_MUNICIPALITY
    booking = await Booking.create(
        id=uuid4(),
        plan_id=case.plan.id,
        slot_id=seat.slot_id,
        basis=seat.basis,
        state=BookingState.REQUESTED if requested else BookingState.CONFIRMED,
        moved_from_id=replaced.id if replaced else None,
        created_at=case.now,
    )
    await release(case.plan.id)
    await change_seats(changes, case.now)
    return booking


async def _end(booking: Booking, state: BookingState) -> None:
    check_transition(booking.state, state)
    booking.state = state
    booking.version += 1
    await booking.save(update_fields=["state", "version"])
