"""The municipality's own offer of a first contact: it keeps a seat, and its date is what the seven days count by."""

from datetime import datetime
from uuid import uuid4

from matching.booking.errors import SlotNotBookable
from matching.booking.holding import release
from matching.booking.seats import change_seats, lock_slots, seat_for
from matching.booking.taking import step
from matching.cases import Case
from matching.casework.errors import NoOffer, NotForThisPlan, NothingToOffer, OfferStands
from matching.casework.facts import change_facts
from matching.casework.opening import opened
from matching.casework.sites import HOME
from matching.events import record_event
from matching.finding.seats import Seat
from matching.models import Booking
from matching.plan_facts import PlanType
from matching.policy import Policy
from matching.states import BookingState, StopReason
from providers.actors import Actor
from providers.clock import local_date


async def offer(plan_id: int, slot_id: int, *, actor: Actor, now: datetime, policy: Policy, seen: int) -> Booking:
    """Keep a seat at an own or contract site for the citizen, in place of an earlier offer, and tell them.

    Raises the errors of `opened`, NothingToOffer, PlanNotReady, SlotTaken, and SlotNotBookable for any other place.
    """
    async with opened(plan_id, actor=actor, now=now, seen=seen) as case:
        _check_offerable(case)
        earlier = case.offered
        if earlier is not None and earlier.slot_id == slot_id:
            return earlier
        await lock_slots([slot_id, *([earlier.slot_id] if earlier else [])])
        seat = await seat_for(case, slot_id, policy)
        if seat.basis not in HOME:
            raise SlotNotBookable
        booking = await _exchange(case, seat)
        today = local_date(now)
        changes = await change_facts(case.plan, offer_date=local_date(seat.starts_at), offer_recorded_on=today)
        await record_event(
            case.plan, "offered", actor=actor, now=now, booking=booking, purpose="casework", changes=changes
        )
    return booking


async def withdraw_offer(plan_id: int, *, actor: Actor, now: datetime, seen: int) -> None:
    """Take the offer back; its seat is free, both its dates are cleared, and the right is computed anew.

    Raises the errors of `opened` and NoOffer.
    """
    async with opened(plan_id, actor=actor, now=now, seen=seen) as case:
        if case.offered is None:
            raise NoOffer
        await lock_slots([case.offered.slot_id])
        await step(case.offered, BookingState.CANCELLED_BY_PROVIDER)
        await change_seats({case.offered.slot_id: -1}, now)
        changes = await change_facts(case.plan, offer_date=None, offer_recorded_on=None)
        await record_event(
            case.plan,
            "offer_withdrawn",
            actor=actor,
            now=now,
            booking=case.offered,
            reason=StopReason.EVENT,
            purpose="casework",
            changes=changes,
        )


async def cannot_offer(plan_id: int, *, actor: Actor, now: datetime, seen: int) -> None:
    """Record that no time can be offered within the seven days, so that the private choice opens at once.

    Recorded already, nothing changes. Raises the errors of `opened`, NotForThisPlan, NothingToOffer and OfferStands.
    """
    async with opened(plan_id, actor=actor, now=now, seen=seen) as case:
        _check_offerable(case)
        if case.rights.offer_kept:
            raise OfferStands
        if case.plan.cannot_offer_recorded_on is not None:
            return
        changes = await change_facts(case.plan, cannot_offer_recorded_on=local_date(now))
        await record_event(case.plan, "cannot_offer", actor=actor, now=now, purpose="casework", changes=changes)


def _check_offerable(case: Case) -> None:
    if case.plan.plan_type is not PlanType.GENERAL:
        raise NotForThisPlan
    if case.current is not None or not case.rights.open_bases:
        raise NothingToOffer


async def _exchange(case: Case, seat: Seat) -> Booking:
    """The new offer in place of the earlier one, whose seat is free again."""
    changes = {seat.slot_id: 1}
    if case.offered is not None:
        await step(case.offered, BookingState.MOVED)
        changes[case.offered.slot_id] = -1
    booking = await Booking.create(
        id=uuid4(),
        plan_id=case.plan.id,
        slot_id=seat.slot_id,
        basis=seat.basis,
        state=BookingState.OFFERED,
        moved_from_id=case.offered.id if case.offered else None,
        created_at=case.now,
    )
    await release(case.plan.id)
    await change_seats(changes, case.now)
    return booking
