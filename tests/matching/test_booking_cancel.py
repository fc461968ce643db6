"""A booking ends at the citizen's wish; the seat is free at once, and the right to choose is what the dates say."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest

from matching.booking import book, cancel, move
from matching.booking.errors import BookingUnknown, TimePassed
from matching.cases import read_case
from matching.models import Booking, Plan
from matching.plan_facts import Basis
from matching.states import BookingState, IllegalTransition, PlanState, StopReason
from providers.actors import CITIZEN
from providers.database import fetch_one, fetch_value
from providers.models import Slot
from tests.support.invariants import assert_invariants
from tests.support.refusals import refused, unchanged
from tests.support.worlds import NOW, POLICY, TODAY, a_plan, a_site, a_slot

pytestmark = pytest.mark.usefixtures("clean_world")

MONDAY, TUESDAY = NOW + timedelta(days=7), NOW + timedelta(days=8)
book_now = partial(book, actor=CITIZEN, now=NOW, policy=POLICY)
cancel_now = partial(cancel, actor=CITIZEN, now=NOW, policy=POLICY)


async def a_booking() -> tuple[Plan, Slot, Booking]:
    plan, slot = await a_plan(), await a_slot(await a_site(), MONDAY)
    return plan, slot, await book_now(plan.id, slot.id)


async def test_the_seat_is_free_and_the_plan_assessed_again() -> None:
    plan, slot, booking = await a_booking()
    cancelled = await cancel_now(plan.id, booking.id)
    assert (cancelled.id, cancelled.state, cancelled.version) == (booking.id, BookingState.CANCELLED_BY_CITIZEN, 2)
    assert (await Plan.get(id=plan.id)).state is PlanState.ASSESSED
    assert await fetch_one("SELECT taken, (SELECT next_free FROM offer) FROM slot") == (0, slot.starts_at)
    assert (await book_now((await a_plan()).id, slot.id)).state is BookingState.CONFIRMED
    await assert_invariants(NOW)


@pytest.mark.parametrize("reason", list(StopReason))
async def test_the_reason_is_kept_with_the_event(reason: StopReason) -> None:
    plan, _, booking = await a_booking()
    await cancel_now(plan.id, booking.id, reason=reason)
    event = await fetch_one("SELECT sequence, kind, reason, booking_id FROM case_event ORDER BY sequence DESC")
    assert event == (2, "cancelled_by_citizen", reason.value, booking.id)


async def test_without_a_reason_it_is_the_citizens_own_wish() -> None:
    plan, _, booking = await a_booking()
    await cancel_now(plan.id, booking.id)
    assert await fetch_value("SELECT reason FROM case_event WHERE sequence = 2") == StopReason.OPTED_OUT


async def test_cancelling_again_changes_nothing() -> None:
    plan, _, booking = await a_booking()
    cancelled = await cancel_now(plan.id, booking.id)
    async with unchanged():
        assert await cancel_now(plan.id, booking.id, reason=StopReason.EVENT) == cancelled


async def test_a_new_choice_is_not_touched_when_the_old_one_is_cancelled_again() -> None:
    plan, _, booking = await a_booking()
    await cancel_now(plan.id, booking.id)
    chosen = await book_now(plan.id, (await a_slot(await a_site(), TUESDAY)).id)
    async with unchanged():
        await cancel_now(plan.id, booking.id)
    assert (await Booking.get(id=chosen.id)).state is BookingState.CONFIRMED


async def test_a_booking_that_is_not_the_plans_own() -> None:
    _, _, booking = await a_booking()
    stranger = await a_plan()
    for plan_id, booking_id in ((stranger.id, booking.id), (stranger.id, uuid4())):
        async with refused(BookingUnknown):
            await cancel_now(plan_id, booking_id)


async def test_a_booking_that_was_moved_away() -> None:
    plan, _, booking = await a_booking()
    slot = await a_slot(await a_site(), TUESDAY)
    await move(plan.id, booking.id, slot.id, actor=CITIZEN, now=NOW, policy=POLICY)
    async with refused(BookingUnknown):
        await cancel_now(plan.id, booking.id)


@pytest.mark.parametrize("ended", ["completed", "no_show", "refused", "cannot_receive", "cancelled_by_provider"])
async def test_a_booking_that_has_ended_otherwise(ended: str) -> None:
    plan, _, booking = await a_booking()
    await Booking.filter(id=booking.id).update(state=BookingState(ended))
    async with refused(IllegalTransition):
        await cancel_now(plan.id, booking.id)


async def test_a_course_that_has_begun_is_stopped_and_not_cancelled() -> None:
    plan, _, booking = await a_booking()
    await Booking.filter(id=booking.id).update(state=BookingState.STARTED)
    await Plan.filter(id=plan.id).update(state=PlanState.STARTED)
    async with refused(IllegalTransition):
        await cancel_now(plan.id, booking.id)


async def test_the_private_choice_comes_back_when_another_municipality_is_cancelled() -> None:
    plan = await a_plan(discharge_date=TODAY - timedelta(days=8))
    slot = await a_slot(await a_site(municipality="0147"), MONDAY)
    booking = await book_now(plan.id, slot.id, accepts_guarantee_loss=True)
    assert Basis.EXTENDED not in (await read_case(plan.id, NOW)).rights.open_bases
    await cancel_now(plan.id, booking.id)
    assert Basis.EXTENDED in (await read_case(plan.id, NOW)).rights.open_bases
    private = await a_slot(await a_site("private"), MONDAY)
    assert (await book_now(plan.id, private.id)).basis is Basis.EXTENDED
    await assert_invariants(NOW)


async def test_a_time_that_has_begun_can_be_neither_cancelled_nor_moved() -> None:
    site, plan = await a_site(), await a_plan()
    first, second = await a_slot(site, NOW + timedelta(days=1)), await a_slot(site, NOW + timedelta(days=9))
    booking = await book(plan.id, first.id, actor=CITIZEN, now=NOW, policy=POLICY)
    with pytest.raises(TimePassed):
        await cancel(plan.id, booking.id, actor=CITIZEN, now=first.starts_at, policy=POLICY)
    with pytest.raises(TimePassed):
        await move(plan.id, booking.id, second.id, actor=CITIZEN, now=first.starts_at, policy=POLICY)
    assert (await Booking.get(id=booking.id)).state is BookingState.CONFIRMED
