"""What cannot be booked, why not, and that nothing at all is written then."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from matching.booking import book, hold
from matching.booking.errors import GuaranteeLossNotAccepted, SlotNotBookable, SlotTaken
from matching.cases import PlanUnknown
from matching.finding.terms import PlanElsewhere, PlanNotReady
from matching.models import Plan
from providers.actors import CITIZEN
from providers.clock import start_of_day
from tests.support.refusals import refused
from tests.support.worlds import (
    NOW,
    POLICY,
    TODAY,
    a_hold,
    a_plan,
    a_site,
    a_slot,
)

pytestmark = pytest.mark.usefixtures("clean_world")

MONDAY, DAY = NOW + timedelta(days=7), timedelta(days=1)
LONG_WAITED = TODAY - timedelta(days=8)
"""Discharged so long ago that the private choice opens today."""

book_now = partial(book, actor=CITIZEN, now=NOW, policy=POLICY)
hold_now = partial(hold, now=NOW, policy=POLICY)


@pytest.mark.parametrize("slot_id", [0, -1, 2**62])
async def test_a_slot_that_does_not_exist(slot_id: int) -> None:
    plan = await a_plan()
    async with refused(SlotNotBookable):
        await book_now(plan.id, slot_id)


async def test_a_plan_that_does_not_exist() -> None:
    slot = await a_slot(await a_site(), MONDAY)
    for verb in (book_now, hold_now):
        async with refused(PlanUnknown):
            await verb(0, slot.id)


@pytest.mark.parametrize("until_start", [timedelta(days=-1), timedelta(0), POLICY.notice - timedelta(microseconds=1)])
async def test_a_time_that_has_passed_or_begins_too_soon(until_start: timedelta) -> None:
    slot, plan = await a_slot(await a_site(), NOW + until_start), await a_plan()
    async with refused(SlotNotBookable):
        await book_now(plan.id, slot.id)


async def test_a_time_just_at_the_notice_can_be_had() -> None:
    slot, plan = await a_slot(await a_site(), NOW + POLICY.notice), await a_plan()
    assert (await book_now(plan.id, slot.id)).slot_id == slot.id


async def test_a_time_before_the_plan_allows_the_start() -> None:
    plan = await a_plan(earliest_start=TODAY + timedelta(days=7))
    site, midnight = await a_site(), start_of_day(TODAY + timedelta(days=7))
    early, on_the_day = await a_slot(site, midnight - timedelta(minutes=1)), await a_slot(site, midnight)
    async with refused(SlotNotBookable):
        await book_now(plan.id, early.id)
    assert (await book_now(plan.id, on_the_day.id)).slot_id == on_the_day.id


@pytest.mark.parametrize("counts", [{"blocked_seats": 1}, {"seats": 3, "blocked_seats": 3}, {"seats": 0}])
async def test_a_full_time(counts: dict[str, Any]) -> None:
    slot, plan = await a_slot(await a_site(), MONDAY, **counts), await a_plan()
    async with refused(SlotTaken):
        await book_now(plan.id, slot.id)


async def test_a_time_that_somebody_else_booked_or_holds() -> None:
    site, mine, theirs = await a_site(), await a_plan(), await a_plan()
    booked, held = await a_slot(site, MONDAY), await a_slot(site, MONDAY + DAY)
    await book_now(theirs.id, booked.id)
    await a_hold(theirs, held)
    for slot in (booked, held):
        async with refused(SlotTaken):
            await book_now(mine.id, slot.id)


async def test_another_municipality_without_accepting_what_it_means() -> None:
    slot, plan = await a_slot(await a_site(municipality="0147"), MONDAY), await a_plan()
    async with refused(GuaranteeLossNotAccepted):
        await book_now(plan.id, slot.id)


async def test_a_private_site_before_its_door_opens() -> None:
    slot = await a_slot(await a_site("private"), MONDAY)
    early, offered = await a_plan(discharge_date=LONG_WAITED + DAY), await a_plan(discharge_date=LONG_WAITED)
    await Plan.filter(id=offered.id).update(offer_date=LONG_WAITED + 7 * DAY, offer_recorded_on=LONG_WAITED)
    for plan in (early, offered):
        async with refused(SlotNotBookable):
            await book_now(plan.id, slot.id)


async def test_a_contract_of_another_municipality() -> None:
    slot = await a_slot(await a_site("private", contract_with="0147"), MONDAY)
    plan = await a_plan(discharge_date=LONG_WAITED)
    async with refused(SlotNotBookable):
        await book_now(plan.id, slot.id, accepts_guarantee_loss=True)


@pytest.mark.parametrize(
    "undecided",
    [
        {"level": None},
        {"package_id": None},
        {"state": "received"},
        {"state": "handed_back"},
    ],
)
async def test_a_plan_whose_training_is_not_decided_yet(undecided: dict[str, Any]) -> None:
    slot, plan = await a_slot(await a_site(), MONDAY), await a_plan(**undecided)
    for verb in (book_now, hold_now):
        async with refused(PlanNotReady):
            await verb(plan.id, slot.id)


@pytest.mark.parametrize("plan_type", ["specialised", "specialised_rehabilitation"])
async def test_a_plan_for_which_another_authority_answers(plan_type: str) -> None:
    slot, plan = await a_slot(await a_site(), MONDAY), await a_plan(plan_type=plan_type, level=None)
    for verb in (book_now, hold_now):
        async with refused(PlanElsewhere):
            await verb(plan.id, slot.id)


@pytest.mark.parametrize("state", ["started", "completed", "stopped", "error"])
async def test_a_plan_whose_choice_is_over(state: str) -> None:
    slot, plan = await a_slot(await a_site(), MONDAY), await a_plan(state=state)
    async with refused(SlotNotBookable):
        await book_now(plan.id, slot.id)
