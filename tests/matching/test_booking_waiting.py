"""Waiting is a choice that costs no right and can be undone; an offer can be declined, and opens nothing."""

from datetime import timedelta
from functools import partial

import pytest

from matching.booking import ask_municipality, book, cancel, hold, stop_waiting, wait
from matching.booking.errors import WaitingNotPossible
from matching.cases import PlanUnknown, read_case
from matching.models import Booking, Hold, Plan
from matching.plan_facts import Basis
from matching.states import BookingState, PlanState
from providers.actors import CITIZEN
from providers.database import fetch, fetch_value
from tests.support.invariants import assert_invariants
from tests.support.refusals import refused, unchanged
from tests.support.worlds import NOW, POLICY, TODAY, a_plan, a_site, a_slot, an_offered_booking

pytestmark = pytest.mark.usefixtures("clean_world")

SOON = NOW + timedelta(days=3)
wait_now = partial(wait, actor=CITIZEN, now=NOW)
stop_now = partial(stop_waiting, actor=CITIZEN, now=NOW)


async def events() -> list[str]:
    return [record["kind"] for record in await fetch("SELECT kind FROM case_event ORDER BY sequence")]


async def test_waiting_is_noted_reported_and_takes_no_right_away() -> None:
    plan = await a_plan(discharge_date=TODAY - timedelta(days=10))
    before = (await read_case(plan.id, NOW)).rights
    await wait_now(plan.id)
    case = await read_case(plan.id, NOW)
    assert (case.plan.deferred_on, case.plan.state, case.rights) == (TODAY, PlanState.ASSESSED, before)
    assert await events() == ["deferred"]
    await assert_invariants(NOW)


async def test_a_held_time_is_given_back() -> None:
    plan, slot = await a_plan(), await a_slot(await a_site(), SOON)
    await hold(plan.id, slot.id, now=NOW, policy=POLICY)
    await wait_now(plan.id)
    assert await Hold.all().count() == 0


async def test_doing_it_again_changes_nothing_and_it_can_be_undone_and_done_anew() -> None:
    plan = await a_plan()
    async with unchanged():
        await stop_now(plan.id)
    await wait_now(plan.id)
    async with unchanged():
        await wait_now(plan.id)
    await stop_now(plan.id)
    assert (await Plan.get(id=plan.id)).deferred_on is None
    await wait_now(plan.id)
    assert await events() == ["deferred", "deferral_ended", "deferred"]


async def test_choosing_a_time_ends_the_waiting() -> None:
    plan, slot = await a_plan(), await a_slot(await a_site(), SOON)
    await wait_now(plan.id)
    await book(plan.id, slot.id, actor=CITIZEN, now=NOW, policy=POLICY)
    assert (await Plan.get(id=plan.id)).deferred_on is None
    assert await events() == ["deferred", "deferral_ended", "booked"]


@pytest.mark.parametrize("values", [{"state": "started"}, {"state": "stopped"}, {"plan_type": "specialised"}])
async def test_where_there_is_nothing_to_choose_there_is_nothing_to_wait_for(values: dict[str, str]) -> None:
    plan = await a_plan(**values | ({"level": None} if "plan_type" in values else {}))
    async with refused(WaitingNotPossible):
        await wait_now(plan.id)


async def test_who_has_a_time_cancels_it_first() -> None:
    plan, slot = await a_plan(), await a_slot(await a_site(), SOON)
    booking = await book(plan.id, slot.id, actor=CITIZEN, now=NOW, policy=POLICY)
    async with refused(WaitingNotPossible):
        await wait_now(plan.id)
    await cancel(plan.id, booking.id, actor=CITIZEN, now=NOW, policy=POLICY)
    await wait_now(plan.id)
    await assert_invariants(NOW)


async def test_nobody_waits_for_a_plan_that_does_not_exist() -> None:
    for verb in (wait_now, stop_now):
        async with refused(PlanUnknown):
            await verb(99)


async def test_an_offer_that_is_declined_gives_its_seat_back_and_opens_no_door() -> None:
    plan, slot = await a_plan(), await a_slot(await a_site(), SOON)
    offered = await an_offered_booking(plan, slot)
    declined = await cancel(plan.id, offered.id, actor=CITIZEN, now=NOW, policy=POLICY)
    assert declined.state is BookingState.CANCELLED_BY_CITIZEN
    assert await events() == ["offer_declined"]
    assert await fetch_value("SELECT taken FROM slot") == 0
    case = await read_case(plan.id, NOW + timedelta(days=20))
    assert (case.plan.state, case.plan.offer_date) == (PlanState.ASSESSED, SOON.date())
    assert Basis.EXTENDED not in case.rights.open_bases
    await assert_invariants(NOW)


async def test_the_choice_stays_while_the_offer_beside_it_is_declined() -> None:
    plan, offered_slot = await a_plan(), await a_slot(await a_site(), SOON)
    offered = await an_offered_booking(plan, offered_slot)
    asked = await a_slot(await a_site(municipality="0147"), SOON)
    request = await book(plan.id, asked.id, actor=CITIZEN, now=NOW, policy=POLICY, accepts_guarantee_loss=True)
    await cancel(plan.id, offered.id, actor=CITIZEN, now=NOW, policy=POLICY)
    assert (await Booking.get(id=request.id)).state is BookingState.REQUESTED
    assert (await Plan.get(id=plan.id)).state is PlanState.BOOKED
    await assert_invariants(NOW)


async def test_the_municipality_is_asked_once_a_day_and_gets_a_report() -> None:
    plan, slot = await a_plan(), await a_slot(await a_site(), NOW + timedelta(days=2))
    await hold(plan.id, slot.id, now=NOW, policy=POLICY)
    for moment in (NOW, NOW + timedelta(hours=1), NOW + timedelta(days=1)):
        await ask_municipality(plan.id, actor=CITIZEN, now=moment)
    assert await events() == ["municipality_asked", "municipality_asked"]
    assert await Hold.all() == []
    await book(plan.id, slot.id, actor=CITIZEN, now=NOW, policy=POLICY)
    with pytest.raises(WaitingNotPossible):
        await ask_municipality(plan.id, actor=CITIZEN, now=NOW + timedelta(days=2))
