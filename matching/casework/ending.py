"""The municipality ends a course with a national reason, or takes the case back to assess it anew."""

from datetime import datetime

from matching.booking.holding import release
from matching.booking.seats import change_seats, lock_slots
from matching.booking.taking import step
from matching.cases import Case
from matching.casework.assessing import step_plan
from matching.casework.facts import change_facts
from matching.casework.opening import opened
from matching.events import record_event
from matching.states import BookingState, PlanState, StopReason, StopReasonMissing
from providers.actors import Actor

_CHOSEN_BY_THE_CITIZEN = frozenset(
    {
        StopReason.NO_FURTHER_NEED_CITIZEN,
        StopReason.OPTED_OUT,
        StopReason.OPTED_OUT_ILLNESS,
        StopReason.OPTED_OUT_TRANSPORT_COST,
        StopReason.OPTED_OUT_TRANSPORT_LOGISTICS,
        StopReason.OPTED_OUT_OTHER_TRAINING,
    }
)


async def stop(plan_id: int, reason: StopReason | None, *, actor: Actor, now: datetime, seen: int) -> None:
    """End the case for good; times that lie ahead are free again, and a course that had begun is reported as stopped.

    Raises the errors of `opened`, StopReasonMissing, and IllegalTransition for a case that is over.
    """
    if reason is None:
        raise StopReasonMissing
    async with opened(plan_id, actor=actor, now=now, seen=seen) as case:
        await step_plan(case.plan, PlanState.STOPPED)
        by_citizen = reason in _CHOSEN_BY_THE_CITIZEN
        await give_up(case, BookingState.CANCELLED_BY_CITIZEN if by_citizen else BookingState.CANCELLED_BY_PROVIDER)
        about = case.current or case.offered
        await record_event(case.plan, "stopped", actor=actor, now=now, booking=about, reason=reason, purpose="casework")


async def take_back(plan_id: int, *, actor: Actor, now: datetime, seen: int) -> None:
    """The case is the municipality's again: the citizen's time is given up, and package and level are decided anew.

    An offer of the municipality's own falls with it, so its dates are cleared. A time that lay ahead makes it an event
    of its own, `taken_back`, which the citizen is told of. Raises the errors of `opened`, and IllegalTransition for a
    case that was never assessed, or is over.
    """
    async with opened(plan_id, actor=actor, now=now, seen=seen) as case:
        await step_plan(case.plan, PlanState.HANDED_BACK)
        about = case.current or case.offered
        ahead = about is not None and about.state is not BookingState.STARTED
        await give_up(case, BookingState.CANCELLED_BY_PROVIDER, begun=True)
        offered = case.offered is not None
        changes = await change_facts(case.plan, offer_date=None, offer_recorded_on=None) if offered else None
        kind = "taken_back" if ahead else "handed_back"
        await record_event(case.plan, kind, actor=actor, now=now, booking=about, purpose="casework", changes=changes)


async def give_up(case: Case, state: BookingState, *, begun: bool = False) -> None:
    """End what the case has of times; a course that has begun only when it is not the whole case that ends."""
    live = [
        booking
        for booking in (case.current, case.offered)
        if booking is not None and (begun or booking.state is not BookingState.STARTED)
    ]
    await lock_slots([booking.slot_id for booking in live])
    for booking in live:
        # An offer that lapses is the municipality's own doing.
        offered = booking.state is BookingState.OFFERED
        await step(booking, BookingState.CANCELLED_BY_PROVIDER if offered else state)
    await release(case.plan.id)
    await change_seats({booking.slot_id: -1 for booking in live}, case.now)
