"""Cases in which a first contact has been agreed on, and what became of it."""

from datetime import date

from matching.demo.desk import Desk, Seat
from matching.demo.draft import CASEWORKER, CLINIC, Draft
from matching.demo.open_stories import DAY, WEEK, ask_another, offer, offer_in_time
from matching.demo.treatment import hold_contacts, often_at_the_demos
from matching.models import Booking
from matching.plan_facts import Basis
from matching.states import BookingState, PlanState, StopReason
from providers.actors import CITIZEN
from providers.clock import local_date
from providers.demo.logins import MUNICIPALITY


async def requested(draft: Draft, desk: Desk) -> None:
    """Another municipality has been asked and has not answered: no private choice meanwhile."""
    await ask_another(draft, desk, draft.assess(draft.days_ago(3, 12)))


async def requested_of_the_demo(draft: Draft, desk: Desk) -> None:
    """A neighbour's citizen has asked the municipality whose staff the demo has."""
    draft.plan.municipality_id = "0147"
    await ask_another(draft, desk, draft.assess(draft.days_ago(3, 12)), host=MUNICIPALITY)


async def in_another_municipality(draft: Draft, desk: Desk) -> None:
    """Another municipality has said yes."""
    told = draft.assess(draft.days_ago(6, 15))
    booking = await ask_another(draft, desk, told)
    draft.step(booking, BookingState.CONFIRMED)
    draft.happen("request_accepted", draft.soon_after(told, 3), CLINIC, booking)


async def offer_accepted(draft: Draft, desk: Desk) -> None:
    """The citizen has taken the municipality's offer."""
    offered = await offer_in_time(draft, desk)
    _accept(draft, offered)


async def with_supplier(draft: Draft, desk: Desk) -> None:
    """The citizen has chosen the municipality's contract supplier."""
    draft.plan.municipality_id = draft.random.choice(desk.with_contract)
    told = draft.assess(draft.days_ago(3, 10))
    seat = await desk.seat(draft, Basis.CONTRACT, draft.today + DAY, draft.today + 4 * WEEK)
    _book(draft, seat, Basis.CONTRACT, told)


async def with_clinic(draft: Draft, desk: Desk) -> None:
    """The private choice has opened, and the citizen has a time at a clinic."""
    await _at_clinic_to_come(draft, desk)


async def moved(draft: Draft, desk: Desk) -> None:
    """The citizen has exchanged the time for another one."""
    old = await _at_clinic_to_come(draft, desk)
    seat = await desk.seat(draft, Basis.EXTENDED, draft.today + 2 * DAY, draft.today + 6 * WEEK)
    draft.step(old, BookingState.MOVED)
    draft.begin("moved", seat.slot_id, Basis.EXTENDED, BookingState.CONFIRMED, draft.today).moved_from_id = old.id


async def cancelled(draft: Draft, desk: Desk) -> None:
    """The citizen has given the time back and may choose again."""
    booking = await _at_clinic_to_come(draft, desk)
    draft.change(booking, BookingState.CANCELLED_BY_CITIZEN, draft.today, CITIZEN, StopReason.OPTED_OUT_ILLNESS)
    draft.reach(PlanState.ASSESSED)


async def cannot_receive(draft: Draft, desk: Desk) -> None:
    """The clinic cannot take the citizen; the case is the municipality's again."""
    booking = await _at_clinic_to_come(draft, desk)
    draft.change(booking, BookingState.CANNOT_RECEIVE, draft.today, CLINIC)
    _hand_back(draft)


async def cancelled_by_provider(draft: Draft, desk: Desk) -> None:
    """The clinic has called the time off."""
    booking = await _at_clinic_to_come(draft, desk)
    draft.change(booking, BookingState.CANCELLED_BY_PROVIDER, draft.today, CLINIC, StopReason.EVENT)
    _hand_back(draft)


async def handed_back(draft: Draft, desk: Desk) -> None:
    """The need has changed: the municipality assesses anew."""
    draft.assess(draft.days_ago(10, 30))
    _hand_back(draft)


async def no_show(draft: Draft, desk: Desk) -> None:
    """The citizen did not come, and may choose again."""
    booking, day = await _at_clinic_in_the_past(draft, desk, 2, 20)
    draft.change(booking, BookingState.NO_SHOW, day, CLINIC)
    draft.reach(PlanState.ASSESSED)


async def started_at_home(draft: Draft, desk: Desk) -> None:
    """Training has begun in the home municipality."""
    await _start_at_home(draft, desk, 1, 26)


async def started_at_clinic(draft: Draft, desk: Desk) -> None:
    """Training has begun at a private clinic."""
    await _start_at_clinic(draft, desk, 1, 26)


async def completed_at_home(draft: Draft, desk: Desk) -> None:
    """Training in the home municipality has come to its end."""
    _complete(draft, await _start_at_home(draft, desk, 9, 26))


async def completed_at_clinic(draft: Draft, desk: Desk) -> None:
    """Training at a private clinic has come to its end."""
    often_at_the_demos(draft)
    _complete(draft, await _start_at_clinic(draft, desk, 9, 26))


async def stopped_early(draft: Draft, desk: Desk) -> None:
    """There was no further need before anything had begun."""
    told = draft.assess(draft.days_ago(5, 20))
    draft.reach(PlanState.STOPPED)
    draft.happen("stopped", draft.soon_after(told, 3), CASEWORKER, reason=StopReason.NO_FURTHER_NEED_CITIZEN)


async def stopped_under_way(draft: Draft, desk: Desk) -> None:
    """The citizen has ended a course that had begun."""
    often_at_the_demos(draft)
    booking = await _start_at_clinic(draft, desk, 5, 26)
    draft.change(booking, BookingState.CANCELLED_BY_CITIZEN, draft.today, CITIZEN, StopReason.OPTED_OUT_OTHER_TRAINING)
    draft.reach(PlanState.STOPPED)
    draft.happen("stopped", draft.today, CASEWORKER, booking, StopReason.OPTED_OUT_OTHER_TRAINING)


async def sent_in_error(draft: Draft, desk: Desk) -> None:
    """The hospital has withdrawn the plan."""
    draft.receive(draft.days_ago(2, 15))
    draft.send_letter(draft.soon_after(draft.plan.received_on))
    draft.reach(PlanState.ERROR)
    draft.happen("error", draft.soon_after(draft.plan.received_on, 2), CASEWORKER)


async def _at_clinic_to_come(draft: Draft, desk: Desk) -> Booking:
    """A confirmed time at a clinic, chosen after the deadline had passed."""
    draft.assess(draft.days_ago(10, 20))
    seat = await desk.seat(draft, Basis.EXTENDED, draft.today + DAY, draft.today + 4 * WEEK)
    return _book(draft, seat, Basis.EXTENDED, draft.days_ago(0, 2))


async def _at_clinic_in_the_past(draft: Draft, desk: Desk, fewest: int, most: int) -> tuple[Booking, date]:
    """A confirmed time that has gone by, as many days ago, and its day; the choice had opened before."""
    seat = await desk.seat(draft, Basis.EXTENDED, draft.days_ago(most, most), draft.days_ago(fewest, fewest))
    chosen = seat.day - draft.random.randint(1, 4) * DAY
    draft.assess(chosen - draft.random.randint(9, 14) * DAY)
    return _book(draft, seat, Basis.EXTENDED, chosen), seat.day


async def _start_at_clinic(draft: Draft, desk: Desk, fewest: int, most: int) -> Booking:
    booking, day = await _at_clinic_in_the_past(draft, desk, *_part(draft, fewest, most))
    _start(draft, booking, day)
    hold_contacts(draft, booking, day)
    return booking


async def _start_at_home(draft: Draft, desk: Desk, fewest: int, most: int) -> Booking:
    fewest, most = _part(draft, fewest, most)
    seat, basis = await desk.home_seat(draft, draft.days_ago(most, most), draft.days_ago(fewest, fewest))
    told = draft.assess(seat.day - draft.random.randint(3, 7) * DAY)
    offered = offer(draft, seat.slot_id, seat.day, basis, min(told + DAY, seat.day))
    _accept(draft, offered)
    return _start(draft, offered, seat.day)


def _part(draft: Draft, fewest: int, most: int) -> tuple[int, int]:
    """A stretch of eight days within the longer one: there is a working day in any of them."""
    start = draft.random.randint(fewest, most - WEEK.days)
    return start, start + WEEK.days


def _book(draft: Draft, seat: Seat, basis: Basis, day: date) -> Booking:
    draft.reach(PlanState.BOOKED)
    return draft.begin("booked", seat.slot_id, basis, BookingState.CONFIRMED, day)


def _accept(draft: Draft, offered: Booking) -> None:
    draft.reach(PlanState.BOOKED)
    draft.change(offered, BookingState.CONFIRMED, local_date(offered.created_at), CITIZEN)


def _start(draft: Draft, booking: Booking, day: date) -> Booking:
    draft.reach(PlanState.STARTED)
    draft.change(booking, BookingState.STARTED, day, CLINIC)
    return booking


def _complete(draft: Draft, booking: Booking) -> None:
    draft.reach(PlanState.COMPLETED)
    draft.change(booking, BookingState.COMPLETED, draft.days_ago(0, 1), CLINIC)


def _hand_back(draft: Draft) -> None:
    draft.reach(PlanState.HANDED_BACK)
    draft.happen("handed_back", draft.today, CASEWORKER)
