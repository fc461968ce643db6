"""A seat is kept for one citizen while they decide, and for nobody longer than fifteen minutes."""

from datetime import datetime, timedelta

import pytest

from matching.booking import book, drop_expired_holds, held_seat, hold, release
from matching.booking.errors import SlotNotBookable, SlotTaken
from matching.cases import read_case
from matching.finding.seats import seats_of_site
from matching.finding.terms import terms_of_case
from matching.models import Plan
from matching.plan_facts import Basis
from providers.actors import CITIZEN
from providers.database import fetch_value
from providers.models import Slot
from tests.support.invariants import assert_invariants
from tests.support.refusals import refused
from tests.support.worlds import NOW, POLICY, a_plan, a_site, a_slot

pytestmark = pytest.mark.usefixtures("clean_world")

MONDAY, TUESDAY = NOW + timedelta(days=7), NOW + timedelta(days=8)
QUARTER = timedelta(minutes=15)
INSTANT = timedelta(microseconds=1)


async def two_slots() -> tuple[Slot, Slot]:
    site = await a_site()
    return await a_slot(site, MONDAY), await a_slot(site, TUESDAY)


async def free_to(plan: Plan, slot: Slot, now: datetime = NOW) -> int:
    """How many seats of the slot the list of times shows to a plan's citizen."""
    seats = await seats_of_site(slot.site_id, terms_of_case(await read_case(plan.id, now), POLICY))
    return next((seat.free_seats for seat in seats if seat.slot_id == slot.id), 0)


async def test_a_seat_is_kept_for_fifteen_minutes() -> None:
    slot, _ = await two_slots()
    plan = await a_plan()
    kept, seat = await hold(plan.id, slot.id, now=NOW, policy=POLICY)
    assert (kept.plan_id, kept.slot_id, kept.until) == (plan.id, slot.id, NOW + QUARTER)
    assert (seat.slot_id, seat.starts_at, seat.basis) == (slot.id, MONDAY, Basis.OWN)
    assert await held_seat(plan.id, NOW + QUARTER - INSTANT) == kept
    assert await held_seat(plan.id, NOW + QUARTER) is None
    await assert_invariants(NOW)


async def test_a_held_seat_is_free_to_its_holder_and_to_nobody_else() -> None:
    slot, _ = await two_slots()
    mine, theirs = await a_plan(), await a_plan()
    await hold(mine.id, slot.id, now=NOW, policy=POLICY)
    assert (await free_to(mine, slot), await free_to(theirs, slot)) == (1, 0)
    async with refused(SlotTaken):
        await hold(theirs.id, slot.id, now=NOW, policy=POLICY)
    async with refused(SlotTaken):
        await book(theirs.id, slot.id, actor=CITIZEN, now=NOW + QUARTER - INSTANT, policy=POLICY)
    assert (await book(mine.id, slot.id, actor=CITIZEN, now=NOW, policy=POLICY)).slot_id == slot.id
    await assert_invariants(NOW)


async def test_a_group_has_room_for_as_many_holds_as_seats() -> None:
    slot = await a_slot(await a_site(), MONDAY, seats=3, taken=0, blocked_seats=1)
    first, second, third = await a_plan(), await a_plan(), await a_plan()
    assert (await hold(first.id, slot.id, now=NOW, policy=POLICY))[1].free_seats == 2
    assert (await hold(second.id, slot.id, now=NOW, policy=POLICY))[1].free_seats == 1
    async with refused(SlotTaken):
        await hold(third.id, slot.id, now=NOW, policy=POLICY)
    await assert_invariants(NOW)


async def test_a_plan_holds_one_seat_and_the_second_frees_the_first() -> None:
    first, second = await two_slots()
    mine, theirs = await a_plan(), await a_plan()
    await hold(mine.id, first.id, now=NOW, policy=POLICY)
    await hold(mine.id, second.id, now=NOW, policy=POLICY)
    assert await fetch_value("SELECT array_agg(slot_id) FROM hold") == [second.id]
    assert await free_to(theirs, first) == 1
    await hold(theirs.id, first.id, now=NOW, policy=POLICY)
    await assert_invariants(NOW)


async def test_holding_again_begins_anew() -> None:
    slot, _ = await two_slots()
    plan, later = await a_plan(), NOW + timedelta(minutes=14)
    await hold(plan.id, slot.id, now=NOW, policy=POLICY)
    kept, _ = await hold(plan.id, slot.id, now=later, policy=POLICY)
    assert kept.until == later + QUARTER
    assert await fetch_value("SELECT count(*) FROM hold") == 1


async def test_a_seat_that_cannot_be_had_leaves_the_earlier_hold() -> None:
    taken, kept = await two_slots()
    mine, theirs = await a_plan(), await a_plan()
    await hold(theirs.id, taken.id, now=NOW, policy=POLICY)
    await hold(mine.id, kept.id, now=NOW, policy=POLICY)
    async with refused(SlotTaken):
        await hold(mine.id, taken.id, now=NOW, policy=POLICY)


async def test_going_back_frees_the_seat_at_once() -> None:
    slot, _ = await two_slots()
    mine, theirs = await a_plan(), await a_plan()
    await hold(mine.id, slot.id, now=NOW, policy=POLICY)
    await release(theirs.id)
    assert await free_to(theirs, slot) == 0, "somebody else's going back frees nothing of mine"
    await release(mine.id)
    assert await free_to(theirs, slot) == 1


async def test_an_expired_hold_counts_for_nothing_before_it_is_tidied_up() -> None:
    slot, _ = await two_slots()
    mine, theirs, later = await a_plan(), await a_plan(), NOW + QUARTER
    await hold(mine.id, slot.id, now=NOW, policy=POLICY)
    assert await free_to(theirs, slot, later) == 1
    await hold(theirs.id, slot.id, now=later, policy=POLICY)
    async with refused(SlotTaken):
        await book(mine.id, slot.id, actor=CITIZEN, now=later, policy=POLICY)
    await drop_expired_holds(later)
    assert await fetch_value("SELECT array_agg(plan_id) FROM hold") == [theirs.id]
    await assert_invariants(later)


async def test_a_seat_may_be_held_until_the_notice_and_no_later() -> None:
    slot, _ = await two_slots()
    plan, latest = await a_plan(), MONDAY - POLICY.notice
    await hold(plan.id, slot.id, now=latest, policy=POLICY)
    async with refused(SlotNotBookable):
        await hold(plan.id, slot.id, now=latest + INSTANT, policy=POLICY)
