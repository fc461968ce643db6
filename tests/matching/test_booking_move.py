"""One time is exchanged for another; until the new one is certain the old one stands."""

from datetime import datetime, timedelta
from functools import partial
from uuid import uuid4

import pytest

from matching.booking import book, cancel, hold, move
from matching.booking.errors import BookingUnknown, GuaranteeLossNotAccepted, SlotNotBookable, SlotTaken
from matching.models import Booking, Plan
from matching.plan_facts import Basis
from matching.states import BookingState, PlanState
from providers.actors import CITIZEN
from providers.database import fetch, fetch_value
from providers.models import Slot
from tests.support.invariants import assert_invariants
from tests.support.refusals import refused, unchanged
from tests.support.worlds import NOW, POLICY, TODAY, a_plan, a_site, a_slot

pytestmark = pytest.mark.usefixtures("clean_world")

MONDAY, TUESDAY, FRIDAY = (NOW + timedelta(days=days) for days in (7, 8, 11))
book_now = partial(book, actor=CITIZEN, now=NOW, policy=POLICY)
move_now = partial(move, actor=CITIZEN, now=NOW, policy=POLICY)


async def a_booking(starts_at: datetime = MONDAY) -> tuple[Plan, Slot, Booking]:
    plan, slot = await a_plan(), await a_slot(await a_site(), starts_at)
    return plan, slot, await book_now(plan.id, slot.id)


async def test_the_old_seat_is_freed_with_the_new_one_at_the_same_site() -> None:
    plan, old, booking = await a_booking()
    new = await a_slot(await old.site, TUESDAY)
    moved = await move_now(plan.id, booking.id, new.id)
    assert (moved.slot_id, moved.state, moved.moved_from_id) == (new.id, BookingState.CONFIRMED, booking.id)
    assert (await Booking.get(id=booking.id)).state is BookingState.MOVED
    assert await fetch("SELECT taken FROM slot ORDER BY id") == [(0,), (1,)]
    assert await fetch_value("SELECT next_free FROM offer") == old.starts_at
    assert (await Plan.get(id=plan.id)).state is PlanState.BOOKED
    assert await fetch("SELECT sequence, kind, booking_id FROM case_event ORDER BY sequence") == [
        (1, "booked", booking.id),
        (2, "moved", moved.id),
    ]
    await assert_invariants(NOW)


async def test_to_another_site_both_offers_are_right_again() -> None:
    plan, old, booking = await a_booking()
    new = await a_slot(await a_site(), TUESDAY)
    await move_now(plan.id, booking.id, new.id)
    assert await fetch("SELECT site_id, next_free FROM offer ORDER BY site_id") == [
        (old.site_id, old.starts_at),
        (new.site_id, None),
    ]
    await assert_invariants(NOW)


async def test_a_seat_that_cannot_be_had_leaves_the_old_one() -> None:
    plan, _, booking = await a_booking()
    full = await a_slot(await a_site(), TUESDAY, blocked_seats=1)
    async with refused(SlotTaken):
        await move_now(plan.id, booking.id, full.id)
    async with refused(SlotNotBookable):
        await move_now(plan.id, booking.id, 0)


async def test_to_the_same_time_nothing_is_moved() -> None:
    plan, slot, booking = await a_booking()
    async with unchanged():
        assert await move_now(plan.id, booking.id, slot.id) == booking


async def test_moving_again_answers_the_same_booking() -> None:
    plan, _, booking = await a_booking()
    new = await a_slot(await a_site(), TUESDAY)
    moved = await move_now(plan.id, booking.id, new.id)
    async with unchanged():
        assert await move_now(plan.id, booking.id, new.id) == moved


async def test_the_seat_held_for_the_move_is_given_and_the_hold_ends() -> None:
    plan, _, booking = await a_booking()
    new = await a_slot(await a_site(), TUESDAY)
    await hold(plan.id, new.id, now=NOW, policy=POLICY)
    await move_now(plan.id, booking.id, new.id)
    assert await fetch_value("SELECT count(*) FROM hold") == 0
    await assert_invariants(NOW)


async def test_there_and_back_and_on_again() -> None:
    plan, monday, booking = await a_booking()
    site = await a_site()
    tuesday, friday = await a_slot(site, TUESDAY), await a_slot(site, FRIDAY)
    for slot in (tuesday, monday, friday):
        booking = await move_now(plan.id, booking.id, slot.id)
    assert await fetch("SELECT starts_at FROM slot WHERE taken = 1") == [(FRIDAY,)]
    assert await fetch_value("SELECT count(*) FROM booking WHERE state = 'moved'") == 3
    await assert_invariants(NOW)


async def test_a_booking_that_is_not_the_plans_current_one() -> None:
    plan, _, booking = await a_booking()
    stranger, new, last = await a_plan(), await a_slot(await a_site(), TUESDAY), await a_slot(await a_site(), FRIDAY)
    for plan_id, booking_id in ((plan.id, uuid4()), (stranger.id, booking.id)):
        async with refused(BookingUnknown):
            await move_now(plan_id, booking_id, new.id)
    moved = await move_now(plan.id, booking.id, new.id)
    async with refused(BookingUnknown):
        await move_now(plan.id, booking.id, last.id)
    await cancel(plan.id, moved.id, actor=CITIZEN, now=NOW, policy=POLICY)
    async with refused(BookingUnknown):
        await move_now(plan.id, moved.id, last.id)


async def test_a_course_that_has_begun_cannot_be_moved() -> None:
    plan, _, booking = await a_booking()
    await Booking.filter(id=booking.id).update(state=BookingState.STARTED)
    await Plan.filter(id=plan.id).update(state=PlanState.STARTED)
    new = await a_slot(await a_site(), TUESDAY)
    async with refused(SlotNotBookable):
        await move_now(plan.id, booking.id, new.id)


async def test_from_the_own_to_another_municipality_it_becomes_a_request() -> None:
    plan, _, booking = await a_booking()
    new = await a_slot(await a_site(municipality="0147"), TUESDAY)
    async with refused(GuaranteeLossNotAccepted):
        await move_now(plan.id, booking.id, new.id)
    moved = await move_now(plan.id, booking.id, new.id, accepts_guarantee_loss=True)
    assert (moved.basis, moved.state) == (Basis.OTHER_MUNICIPALITY, BookingState.REQUESTED)
    assert (await Plan.get(id=plan.id)).state is PlanState.BOOKED
    await assert_invariants(NOW)


async def test_from_another_municipality_back_to_the_own_it_is_confirmed() -> None:
    plan, away = await a_plan(), await a_slot(await a_site(municipality="0147"), MONDAY)
    request = await book_now(plan.id, away.id, accepts_guarantee_loss=True)
    home = await a_slot(await a_site(), TUESDAY)
    moved = await move_now(plan.id, request.id, home.id)
    assert (moved.basis, moved.state) == (Basis.OWN, BookingState.CONFIRMED)
    await assert_invariants(NOW)


async def test_from_the_own_to_a_private_one_only_when_that_choice_is_open() -> None:
    private = await a_slot(await a_site("private"), TUESDAY)
    plan, _, booking = await a_booking()
    async with refused(SlotNotBookable):
        await move_now(plan.id, booking.id, private.id)
    await Plan.filter(id=plan.id).update(discharge_date=TODAY - timedelta(days=8))
    assert (await move_now(plan.id, booking.id, private.id)).basis is Basis.EXTENDED
    await assert_invariants(NOW)
