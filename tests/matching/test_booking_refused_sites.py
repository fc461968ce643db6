"""Sites that may not deliver, by approval, agreement, staff or silence: whatever was shown, nothing is booked."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from matching.booking import book, hold
from matching.booking.errors import SlotNotBookable
from providers.actors import CITIZEN
from providers.database import execute
from providers.models import Approval, Practitioner
from providers.offers import rebuild_offers
from tests.support.refusals import refused
from tests.support.worlds import (
    HOME,
    KNEE_BASIC,
    NOW,
    OCCUPATIONAL_THERAPIST,
    POLICY,
    TODAY,
    a_plan,
    a_provider,
    a_site,
    a_slot,
    an_agreement,
    an_approval,
)

pytestmark = pytest.mark.usefixtures("clean_world")

MONDAY, DAY = NOW + timedelta(days=7), timedelta(days=1)
book_now = partial(book, actor=CITIZEN, now=NOW, policy=POLICY)
hold_now = partial(hold, now=NOW, policy=POLICY)


@pytest.mark.parametrize("approved_for", [KNEE_BASIC + 1, KNEE_BASIC + 2, KNEE_BASIC + 4])
async def test_a_site_that_is_approved_for_another_level_track_or_area(approved_for: int) -> None:
    slot, plan = await a_slot(await a_site(package_levels=[approved_for]), MONDAY), await a_plan()
    async with refused(SlotNotBookable):
        await book_now(plan.id, slot.id)


async def test_a_time_that_the_site_keeps_for_another_package() -> None:
    site = await a_site(package_levels=[KNEE_BASIC, KNEE_BASIC + 4])
    slot, plan = await a_slot(site, MONDAY, package_levels=[KNEE_BASIC + 4]), await a_plan()
    async with refused(SlotNotBookable):
        await book_now(plan.id, slot.id)


@pytest.mark.parametrize(
    "approval",
    [
        {"valid_to": TODAY + 6 * DAY},
        {"valid_from": TODAY + 8 * DAY},
        {"state": "suspended"},
        {"state": "applied"},
        {"state": "withdrawn"},
    ],
)
async def test_an_approval_that_does_not_hold_on_the_day(approval: dict[str, Any]) -> None:
    site, plan = await a_site(package_levels=[]), await a_plan()
    await an_approval(site, **approval)
    slot = await a_slot(site, MONDAY)
    async with refused(SlotNotBookable):
        await book_now(plan.id, slot.id)


@pytest.mark.parametrize("days", [{"valid_to": TODAY + 7 * DAY}, {"valid_from": TODAY + 7 * DAY}])
async def test_an_approval_holds_on_its_first_and_its_last_day(days: dict[str, Any]) -> None:
    site, plan = await a_site(package_levels=[]), await a_plan()
    await an_approval(site, **days)
    slot = await a_slot(site, MONDAY)
    assert (await book_now(plan.id, slot.id)).slot_id == slot.id


async def test_an_agreement_that_has_ended_by_then() -> None:
    provider = await a_provider("private")
    await an_agreement(provider, "contract", municipality=HOME, valid_to=TODAY + 6 * DAY)
    slot, plan = await a_slot(await a_site(provider=provider), MONDAY), await a_plan()
    async with refused(SlotNotBookable):
        await book_now(plan.id, slot.id)


async def test_what_is_suspended_after_it_was_shown_and_held() -> None:
    site, plan = await a_site(), await a_plan()
    slot = await a_slot(site, MONDAY)
    await hold_now(plan.id, slot.id)
    await Approval.filter(site_id=site.pk).update(state="suspended")
    await rebuild_offers(NOW, [site.pk])
    async with refused(SlotNotBookable):
        await book_now(plan.id, slot.id)


@pytest.mark.parametrize(
    "staff",
    [{"withdrawn_at": NOW}, {"checked_at": None}, {"profession": OCCUPATIONAL_THERAPIST}, {"role": "assistant"}],
)
async def test_a_site_without_an_authorised_therapist_of_the_right_profession(staff: dict[str, Any]) -> None:
    site, plan = await a_site(), await a_plan()
    await Practitioner.filter(site_id=site.pk).update(**staff)
    slot = await a_slot(site, MONDAY)
    async with refused(SlotNotBookable):
        await book_now(plan.id, slot.id)


async def test_a_site_that_has_not_confirmed_its_times_for_too_long() -> None:
    site, plan = await a_site(confirmed_at=NOW - POLICY.stale_after), await a_plan()
    slot = await a_slot(site, MONDAY)
    assert (await hold_now(plan.id, slot.id))[1].slot_id == slot.id
    await execute("UPDATE site SET capacity_confirmed_at = capacity_confirmed_at - interval '1 microsecond'")
    async with refused(SlotNotBookable):
        await book_now(plan.id, slot.id)
