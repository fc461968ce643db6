"""Take a seat, and give up what it replaces. A plan can have one current booking only, so the old one ends first."""

from collections import Counter
from uuid import uuid4

from matching.booking.errors import GuaranteeLossNotAccepted, SlotNotBookable
from matching.booking.holding import release
from matching.booking.seats import change_seats, lock_slots, seat_for
from matching.cases import Case
from matching.finding.seats import Seat
from matching.models import Booking
from matching.plan_facts import Basis
from matching.policy import Policy
from matching.states import BookingState, PlanState, check_transition
from providers.database import execute, fetch_models, fetch_value

_CREATE = """
INSERT INTO booking (id, plan_id, slot_id, basis, state, moved_from_id, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING *
"""
_STEP = "UPDATE booking SET state = $2, version = $3, moved_from_id = $4 WHERE id = $1"


async def take(case: Case, slot_id: int, policy: Policy, *, accepts_guarantee_loss: bool) -> Booking:
    """The seat in place of the citizen's booking and, once the choice is certain, of the municipality's offer.

    Another municipality may refuse, and then everything is as before: a request leaves the offer its seat. The slot
    that the municipality offered is accepted rather than booked beside the offer.
    """
    live = [booking for booking in (case.current, case.offered) if booking is not None]
    await lock_slots([slot_id, *(booking.slot_id for booking in live)])
    if case.offered is not None and case.offered.slot_id == slot_id:
        return await _accept(case, case.offered)
    seat = await seat_for(case, slot_id, policy)
    requested = seat.basis is Basis.OTHER_MUNICIPALITY
    if requested and not accepts_guarantee_loss:
        raise GuaranteeLossNotAccepted
    given_up = [booking for booking in live if booking is not case.offered or not requested]
    for booking in given_up:
        await step(booking, BookingState.MOVED)
    booking = await _create(case, seat, given_up[0] if given_up else None)
    await _settle(case, given_up, seat)
    return booking


async def step(booking: Booking, state: BookingState) -> None:
    """Bring a booking from one state to another; raises IllegalTransition."""
    check_transition(booking.state, state)
    booking.state = state
    booking.version += 1
    await execute(_STEP, booking.id, state.value, booking.version, booking.moved_from_id)


async def step_plan(case: Case, state: PlanState) -> None:
    """Bring the case's plan from one state to another; raises IllegalTransition."""
    check_transition(case.plan.state, state)
    case.plan.state = state
    await execute("UPDATE plan SET state = $2 WHERE id = $1", case.plan.id, state.value)


async def _accept(case: Case, offered: Booking) -> Booking:
    """The municipality keeps this seat for the citizen already, so neither notice nor room is asked for."""
    starts_at = await fetch_value("SELECT starts_at FROM slot WHERE id = $1", offered.slot_id)
    if starts_at <= case.now or offered.basis not in case.rights.open_bases:
        raise SlotNotBookable
    given_up = [] if case.current is None else [case.current]
    for booking in given_up:
        await step(booking, BookingState.MOVED)
        offered.moved_from_id = booking.id
    await step(offered, BookingState.CONFIRMED)
    await _settle(case, given_up)
    return offered


async def _create(case: Case, seat: Seat, replaced: Booking | None) -> Booking:
    requested = seat.basis is Basis.OTHER_MUNICIPALITY
    state = BookingState.REQUESTED if requested else BookingState.CONFIRMED
    moved_from = replaced.id if replaced else None
    values = (uuid4(), case.plan.id, seat.slot_id, seat.basis.value, state.value, moved_from, case.now)
    return (await fetch_models(Booking, _CREATE, *values))[0]


async def _settle(case: Case, given_up: list[Booking], seat: Seat | None = None) -> None:
    """Count the seats anew; what was held while the citizen decided is held no longer."""
    changes = Counter[int]({seat.slot_id: 1} if seat else {})
    changes.subtract(booking.slot_id for booking in given_up)
    await release(case.plan.id)
    await change_seats(changes, case.now)
