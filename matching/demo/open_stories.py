"""Cases in which the citizen still has the choice, or waits for it."""

from collections import Counter
from datetime import date, timedelta

from matching.course_codes import RefusalGround
from matching.demo.desk import Desk
from matching.demo.draft import CASEWORKER, CLINIC, Draft
from matching.models import Booking
from matching.plan_facts import Basis, PlanType
from matching.states import BookingState, PlanState, StopReason
from providers.actors import CITIZEN

WEEK = timedelta(days=7)
DAY = timedelta(days=1)


async def deadline_passed(draft: Draft, desk: Desk) -> None:
    """Nobody has offered anything in seven days: every door is open."""
    draft.assess(draft.days_ago(9, 30))


async def cannot_offer(draft: Draft, desk: Desk) -> None:
    """The municipality has said that it cannot offer in time, before the deadline."""
    told = draft.assess(draft.days_ago(3, 6))
    draft.plan.cannot_offer_recorded_on = draft.soon_after(told)
    draft.happen("cannot_offer", draft.plan.cannot_offer_recorded_on, CASEWORKER)


async def late_offer(draft: Draft, desk: Desk) -> None:
    """The municipality's offer lies after the deadline; its seat is kept until the citizen chooses."""
    await _offer_late(draft, desk)


async def late_offer_declined(draft: Draft, desk: Desk) -> None:
    """The citizen has said no to an offer that came too late."""
    offered = await _offer_late(draft, desk)
    _decline(draft, offered)


async def in_time_offer(draft: Draft, desk: Desk) -> None:
    """The municipality's offer keeps the guarantee: private providers stay closed."""
    await offer_in_time(draft, desk)


async def in_time_offer_declined(draft: Draft, desk: Desk) -> None:
    """Saying no to an offer in time opens nothing."""
    offered = await offer_in_time(draft, desk)
    _decline(draft, offered)


async def opens_later(draft: Draft, desk: Desk) -> None:
    """The deadline is still ahead."""
    draft.assess(draft.days_ago(0, 6))


async def opens_tomorrow(draft: Draft, desk: Desk) -> None:
    """Today is the last day on which the municipality can offer."""
    draft.assess(draft.today - WEEK)


async def earliest_start_later(draft: Draft, desk: Desk) -> None:
    """The plan itself asks for a later start, on health grounds."""
    draft.plan.earliest_start = draft.days_ago(-30, -3)
    draft.assess(draft.days_ago(5, 25))


async def level_missing(draft: Draft, desk: Desk) -> None:
    """The deadline has passed, but basic or advanced has not been decided."""
    draft.leave_undecided("level")
    _only_received(draft, draft.days_ago(8, 20))


async def package_missing(draft: Draft, desk: Desk) -> None:
    """The deadline has passed, but nobody has said what training it shall be."""
    draft.leave_undecided("package_id")
    _only_received(draft, draft.days_ago(8, 20))


async def just_received(draft: Draft, desk: Desk) -> None:
    """Nothing has been decided yet, and there is still time."""
    draft.leave_undecided("package_id", "level")
    _only_received(draft, draft.days_ago(1, 3))


async def specialised(draft: Draft, desk: Desk) -> None:
    """Training at a hospital: not for this portal."""
    draft.plan.plan_type = PlanType.SPECIALISED
    await just_received(draft, desk)


async def specialised_rehabilitation(draft: Draft, desk: Desk) -> None:
    """Covered by the law, never put into work."""
    draft.plan.plan_type = PlanType.SPECIALISED_REHABILITATION
    await just_received(draft, desk)


async def deferred(draft: Draft, desk: Desk) -> None:
    """The citizen has chosen to wait."""
    told = draft.assess(draft.days_ago(10, 30))
    draft.plan.deferred_on = draft.soon_after(told, 3)
    draft.happen("deferred", draft.plan.deferred_on, CITIZEN)


async def protected_address(draft: Draft, desk: Desk) -> None:
    """Where the citizen lives may be shown to nobody."""
    draft.protect_address()
    await deadline_passed(draft, desk)


async def second_plan(draft: Draft, desk: Desk) -> None:
    """The citizen has another plan already, which lies in the same municipality."""
    plans = Counter(earlier.plan.cpr_digest for earlier in desk.told)
    first = next(earlier for earlier in desk.told if plans[earlier.plan.cpr_digest] == 1)
    draft.citizen, draft.plan.municipality_id = first.citizen, first.plan.municipality_id
    await deadline_passed(draft, desk)


async def code_expired(draft: Draft, desk: Desk) -> None:
    """The municipality gave the code a short life, and it is over."""
    draft.receive(draft.days_ago(40, 60))
    draft.reach(PlanState.ASSESSED)
    day = draft.soon_after(draft.plan.received_on)
    draft.happen("assessed", day, CASEWORKER)
    draft.send_letter(day, life=timedelta(days=14))


async def code_revoked(draft: Draft, desk: Desk) -> None:
    """The letter went to the wrong place, and its codes were killed."""
    told = draft.assess(draft.days_ago(9, 20))
    draft.kill_letter(draft.soon_after(told, 3))


async def code_issued_again(draft: Draft, desk: Desk) -> None:
    """The first letter was lost; only the second one's codes are alive."""
    told = draft.assess(draft.days_ago(9, 20))
    draft.send_letter(draft.soon_after(told, 5))


async def refused(draft: Draft, desk: Desk) -> None:
    """Another municipality has said no: the rights are as if it had never been asked."""
    told = draft.assess(draft.days_ago(12, 20))
    booking = await ask_another(draft, desk, told)
    answered = draft.soon_after(told, 3)
    draft.change(booking, BookingState.REFUSED, answered, CLINIC)
    draft.events[-1].changes = {"grounds": [ground.value for ground in RefusalGround]}
    draft.reach(PlanState.ASSESSED)


async def offer_in_time(draft: Draft, desk: Desk) -> Booking:
    """An offer of a seat in the coming week, with a discharge of which it keeps the guarantee."""
    seat, basis = await desk.home_seat(draft, draft.today + DAY, draft.today + WEEK)
    told = draft.assess(max(seat.day - WEEK, draft.days_ago(0, 6)))
    return offer(draft, seat.slot_id, seat.day, basis, draft.soon_after(told))


def offer(draft: Draft, slot_id: int, day: date, basis: Basis, recorded_on: date) -> Booking:
    """The municipality offers a first contact on `day`."""
    draft.plan.offer_date, draft.plan.offer_recorded_on = day, recorded_on
    return draft.begin("offered", slot_id, basis, BookingState.OFFERED, recorded_on, actor=CASEWORKER)


async def ask_another(draft: Draft, desk: Desk, day: date, *, host: str | None = None) -> Booking:
    """The citizen asks another municipality's institution for a seat in the coming weeks; with `host`, that one's."""
    seat = await desk.seat(draft, Basis.OTHER_MUNICIPALITY, draft.today + DAY, draft.today + 3 * WEEK, host=host)
    draft.reach(PlanState.BOOKED)
    return draft.begin("requested", seat.slot_id, Basis.OTHER_MUNICIPALITY, BookingState.REQUESTED, day)


async def _offer_late(draft: Draft, desk: Desk) -> Booking:
    discharged = draft.days_ago(3, 12)
    told = draft.assess(discharged)
    first = max(discharged + WEEK, draft.today) + DAY
    seat, basis = await desk.home_seat(draft, first, first + 3 * WEEK)
    return offer(draft, seat.slot_id, seat.day, basis, draft.soon_after(told))


def _decline(draft: Draft, offered: Booking) -> None:
    day = draft.soon_after(draft.today - DAY)
    draft.change(offered, BookingState.CANCELLED_BY_CITIZEN, day, CITIZEN, StopReason.OPTED_OUT_TRANSPORT_LOGISTICS)


def _only_received(draft: Draft, discharged: date) -> None:
    """The plan lies at the municipality, and the citizen has been told so."""
    draft.receive(discharged)
    draft.send_letter(draft.soon_after(draft.plan.received_on, 2))
