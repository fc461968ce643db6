"""A seat becomes the citizen's: on whose basis, in which state, and once however often it is asked for."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from matching.booking import book, cancel, hold, move
from matching.booking.errors import AlreadyBooked, IdempotencyKeyReused
from matching.models import Booking, Plan
from matching.plan_facts import Basis
from matching.states import BookingState, PlanState
from providers.actors import CITIZEN
from providers.database import fetch_one, fetch_value
from providers.models import Slot
from tests.support.invariants import assert_invariants
from tests.support.refusals import refused, unchanged
from tests.support.worlds import HOME, NOW, POLICY, TODAY, a_plan, a_provider, a_site, a_slot, an_agreement

pytestmark = pytest.mark.usefixtures("clean_world")

MONDAY, TUESDAY = NOW + timedelta(days=7), NOW + timedelta(days=8)
book_now = partial(book, actor=CITIZEN, now=NOW, policy=POLICY)
cancel_now = partial(cancel, actor=CITIZEN, now=NOW, policy=POLICY)


async def two_slots() -> tuple[Slot, Slot]:
    site = await a_site()
    return await a_slot(site, MONDAY), await a_slot(site, TUESDAY)


async def test_a_booked_seat_is_taken_and_the_plan_and_the_offer_know_it() -> None:
    slot, next_slot = await two_slots()
    plan = await a_plan()
    booking = await book_now(plan.id, slot.id)
    assert await Booking.get(id=booking.id) == booking
    assert (booking.plan_id, booking.slot_id, booking.version, booking.created_at) == (plan.id, slot.id, 1, NOW)
    assert (await Plan.get(id=plan.id)).state is PlanState.BOOKED
    assert await fetch_value("SELECT array_agg(taken ORDER BY id) FROM slot") == [1, 0]
    assert await fetch_value("SELECT next_free FROM offer") == next_slot.starts_at
    await assert_invariants(NOW)


async def test_booking_the_held_seat_ends_the_hold() -> None:
    held, other = await two_slots()
    plan = await a_plan()
    await hold(plan.id, held.id, now=NOW, policy=POLICY)
    await book_now(plan.id, other.id)
    assert await fetch_value("SELECT count(*) FROM hold") == 0
    await assert_invariants(NOW)


@pytest.mark.parametrize(
    ("site", "basis", "state"),
    [
        ({"kind": "municipal"}, Basis.OWN, BookingState.CONFIRMED),
        ({"kind": "private", "contract_with": HOME}, Basis.CONTRACT, BookingState.CONFIRMED),
        ({"kind": "municipal", "municipality": "0147"}, Basis.OTHER_MUNICIPALITY, BookingState.REQUESTED),
        ({"kind": "private"}, Basis.EXTENDED, BookingState.CONFIRMED),
    ],
)
async def test_each_basis_gives_its_own_kind_of_booking(
    site: dict[str, Any], basis: Basis, state: BookingState
) -> None:
    slot = await a_slot(await a_site(**site), MONDAY)
    plan = await a_plan(discharge_date=TODAY - timedelta(days=8))
    booking = await book_now(plan.id, slot.id, accepts_guarantee_loss=True)
    assert (booking.basis, booking.state) == (basis, state)
    kind = "requested" if state is BookingState.REQUESTED else "booked"
    assert await fetch_one("SELECT kind, booking_id FROM case_event") == (kind, booking.id)
    await assert_invariants(NOW)


async def test_a_seat_that_can_be_had_in_two_ways_is_given_under_the_contract() -> None:
    provider = await a_provider("private")
    await an_agreement(provider, "extended")
    await an_agreement(provider, "contract", municipality=HOME)
    slot = await a_slot(await a_site(provider=provider), MONDAY)
    plan = await a_plan(discharge_date=TODAY - timedelta(days=8))
    assert (await book_now(plan.id, slot.id)).basis is Basis.CONTRACT


async def test_the_last_seat_of_a_group_can_be_had() -> None:
    slot = await a_slot(await a_site(), MONDAY, seats=4, blocked_seats=2)
    for plan in (await a_plan(), await a_plan()):
        await book_now(plan.id, slot.id)
    assert await fetch_one("SELECT taken, (SELECT next_free FROM offer) FROM slot") == (2, None)
    await assert_invariants(NOW)


async def test_the_same_key_gives_the_same_booking_and_writes_nothing_more() -> None:
    slot, _ = await two_slots()
    plan = await a_plan()
    first = await book_now(plan.id, slot.id, key="k1")
    async with unchanged():
        assert await book_now(plan.id, slot.id, key="k1") == first


async def test_the_same_slot_without_a_key_gives_the_same_booking_and_writes_nothing_more() -> None:
    slot, _ = await two_slots()
    plan = await a_plan()
    first = await book_now(plan.id, slot.id)
    async with unchanged():
        assert await book_now(plan.id, slot.id) == first


@pytest.mark.parametrize("late_key", ["first", "second"])
async def test_a_late_repetition_does_not_book_what_was_cancelled_meanwhile(late_key: str) -> None:
    slot, _ = await two_slots()
    plan = await a_plan()
    booking = await book_now(plan.id, slot.id, key="first")
    assert await book_now(plan.id, slot.id, key="second") == booking
    await cancel_now(plan.id, booking.id)
    async with unchanged():
        repeated = await book_now(plan.id, slot.id, key=late_key)
    assert (repeated.id, repeated.state) == (booking.id, BookingState.CANCELLED_BY_CITIZEN)


async def test_a_late_repetition_does_not_undo_a_move() -> None:
    slot, other = await two_slots()
    plan = await a_plan()
    booking = await book_now(plan.id, slot.id, key="k")
    await move(plan.id, booking.id, other.id, actor=CITIZEN, now=NOW, policy=POLICY)
    async with unchanged():
        assert (await book_now(plan.id, slot.id, key="k")).state is BookingState.MOVED


@pytest.mark.parametrize("key", ["k", ""])
async def test_a_key_belongs_to_one_slot(key: str) -> None:
    slot, other = await two_slots()
    plan = await a_plan()
    booking = await book_now(plan.id, slot.id, key=key)
    async with refused(IdempotencyKeyReused):
        await book_now(plan.id, other.id, key=key)
    await cancel_now(plan.id, booking.id)
    async with refused(IdempotencyKeyReused):
        await book_now(plan.id, other.id, key=key)


async def test_a_key_belongs_to_one_plan() -> None:
    slot, other = await two_slots()
    mine, theirs = await a_plan(), await a_plan()
    booking = await book_now(mine.id, slot.id, key="k")
    assert (await book_now(theirs.id, other.id, key="k")).id != booking.id


@pytest.mark.parametrize("key", [None, "another"])
async def test_whoever_has_a_time_must_move_it_to_have_another(key: str | None) -> None:
    slot, other = await two_slots()
    plan = await a_plan()
    await book_now(plan.id, slot.id, key="k")
    async with refused(AlreadyBooked):
        await book_now(plan.id, other.id, key=key)


async def test_a_cancelled_time_can_be_had_again_by_the_same_citizen() -> None:
    slot, _ = await two_slots()
    plan = await a_plan()
    first = await book_now(plan.id, slot.id)
    await cancel_now(plan.id, first.id)
    second = await book_now(plan.id, slot.id)
    assert (second.id != first.id, second.state) == (True, BookingState.CONFIRMED)
    await assert_invariants(NOW)
