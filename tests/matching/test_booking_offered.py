"""The municipality's own offer keeps its seat until it is accepted or another choice is certain."""

from datetime import timedelta
from functools import partial

import pytest

from matching.booking import book, cancel, move
from matching.booking.errors import SlotNotBookable, SlotTaken
from matching.cases import read_case
from matching.models import Booking, Plan
from matching.states import BookingState, PlanState
from providers.actors import CITIZEN
from providers.database import fetch_value
from tests.support.invariants import assert_invariants
from tests.support.refusals import refused
from tests.support.worlds import NOW, POLICY, a_plan, a_site, a_slot, an_offered_booking

pytestmark = pytest.mark.usefixtures("clean_world")

IN_TIME, LATER = NOW + timedelta(days=3), NOW + timedelta(days=9)
book_now = partial(book, actor=CITIZEN, now=NOW, policy=POLICY)
move_now = partial(move, actor=CITIZEN, now=NOW, policy=POLICY)
cancel_now = partial(cancel, actor=CITIZEN, now=NOW, policy=POLICY)


async def an_offer() -> tuple[Plan, Booking]:
    plan, slot = await a_plan(), await a_slot(await a_site(), IN_TIME)
    return plan, await an_offered_booking(plan, slot)


async def states(plan: Plan) -> dict[int, BookingState]:
    """The state of each of the plan's bookings, by its slot."""
    return {booking.slot_id: booking.state for booking in await Booking.filter(plan_id=plan.id)}


async def taken(slot_id: int) -> object:
    return await fetch_value("SELECT taken FROM slot WHERE id = $1", slot_id)


async def test_a_certain_choice_replaces_the_offer_and_frees_its_seat() -> None:
    plan, offered = await an_offer()
    slot = await a_slot(await a_site(), LATER)
    booking = await book_now(plan.id, slot.id)
    assert booking.moved_from_id == offered.id
    assert await states(plan) == {offered.slot_id: BookingState.MOVED, slot.id: BookingState.CONFIRMED}
    assert (await taken(offered.slot_id), await taken(slot.id)) == (0, 1)
    assert (await Plan.get(id=plan.id)).offer_date == plan.offer_date, "the offered date stands"
    await assert_invariants(NOW)


async def test_the_freed_seat_can_be_had_by_somebody_else() -> None:
    plan, offered = await an_offer()
    somebody = await a_plan()
    async with refused(SlotTaken):
        await book_now(somebody.id, offered.slot_id)
    await book_now(plan.id, (await a_slot(await a_site(), LATER)).id)
    assert (await book_now(somebody.id, offered.slot_id)).state is BookingState.CONFIRMED
    await assert_invariants(NOW)


async def test_a_request_to_another_municipality_leaves_the_offer_its_seat() -> None:
    plan, offered = await an_offer()
    slot = await a_slot(await a_site(municipality="0147"), LATER)
    booking = await book_now(plan.id, slot.id, accepts_guarantee_loss=True)
    assert booking.moved_from_id is None
    assert await states(plan) == {offered.slot_id: BookingState.OFFERED, slot.id: BookingState.REQUESTED}
    assert await taken(offered.slot_id) == 1
    await cancel_now(plan.id, booking.id)
    assert (await states(plan))[offered.slot_id] is BookingState.OFFERED
    await assert_invariants(NOW)


async def test_a_request_that_is_moved_to_a_certain_choice_ends_the_offer_too() -> None:
    plan, offered = await an_offer()
    asked, own = await a_slot(await a_site(municipality="0147"), LATER), await a_slot(await a_site(), LATER)
    request = await book_now(plan.id, asked.id, accepts_guarantee_loss=True)
    booking = await move_now(plan.id, request.id, own.id)
    assert booking.moved_from_id == request.id
    assert await states(plan) == {
        offered.slot_id: BookingState.MOVED,
        asked.id: BookingState.MOVED,
        own.id: BookingState.CONFIRMED,
    }
    await assert_invariants(NOW)


async def test_booking_the_offered_time_accepts_it() -> None:
    plan, offered = await an_offer()
    booking = await book_now(plan.id, offered.slot_id, key="k")
    assert (booking.id, booking.state, booking.version) == (offered.id, BookingState.CONFIRMED, 2)
    assert (await Plan.get(id=plan.id)).state is PlanState.BOOKED
    assert await taken(offered.slot_id) == 1
    assert await fetch_value("SELECT kind FROM case_event") == "booked"
    assert (await book_now(plan.id, offered.slot_id, key="k")).id == offered.id
    await assert_invariants(NOW)


async def test_moving_a_request_to_the_offered_time_accepts_it() -> None:
    plan, offered = await an_offer()
    asked = await a_slot(await a_site(municipality="0147"), LATER)
    request = await book_now(plan.id, asked.id, accepts_guarantee_loss=True)
    booking = await move_now(plan.id, request.id, offered.slot_id)
    assert (booking.id, booking.state, booking.moved_from_id) == (offered.id, BookingState.CONFIRMED, request.id)
    assert (await move_now(plan.id, request.id, offered.slot_id)).version == booking.version
    assert (await taken(asked.id), await taken(offered.slot_id)) == (0, 1)
    await assert_invariants(NOW)


async def test_an_offered_time_can_be_accepted_until_it_begins() -> None:
    plan, offered = await an_offer()
    async with refused(SlotNotBookable):
        await book(plan.id, offered.slot_id, actor=CITIZEN, now=IN_TIME, policy=POLICY)
    just_before = IN_TIME - timedelta(seconds=1)
    assert (await book(plan.id, offered.slot_id, actor=CITIZEN, now=just_before, policy=POLICY)).id == offered.id


async def test_the_offer_of_a_plan_that_has_ended_cannot_be_accepted() -> None:
    plan, offered = await an_offer()
    await Plan.filter(id=plan.id).update(state=PlanState.STOPPED)
    async with refused(SlotNotBookable):
        await book_now(plan.id, offered.slot_id)


async def test_declining_frees_the_seat_and_leaves_the_plan_assessed_and_the_offered_date() -> None:
    plan, offered = await an_offer()
    declined = await cancel_now(plan.id, offered.id)
    assert declined.state is BookingState.CANCELLED_BY_CITIZEN
    case = await read_case(plan.id, NOW + timedelta(days=10))
    assert (case.plan.state, case.current, case.offered) == (PlanState.ASSESSED, None, None)
    assert case.rights.extended_opens_on is None, "an offer in time that is declined opens nothing"
    assert await taken(offered.slot_id) == 0
    await assert_invariants(NOW)
