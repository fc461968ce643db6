"""The municipality's own work on a case: each step is one event, recomputes the right, and counts every seat."""

from datetime import date, timedelta
from functools import partial

import pytest

from matching.booking import book
from matching.booking.errors import SlotNotBookable
from matching.cases import PlanUnknown, read_case
from matching.casework import Assessment, assess, cannot_offer, correct_days, offer, stop, take_back, withdraw_offer
from matching.casework.errors import (
    AssessmentIncomplete,
    CaseChanged,
    DayImpossible,
    NoOffer,
    NotForThisPlan,
    NothingToOffer,
    OfferStands,
    SiteNotOurs,
)
from matching.casework.sites import home_sites, home_times
from matching.models import Booking, CaseEvent, Plan
from matching.plan_facts import Basis, Level, PlanType
from matching.states import BookingState, PlanState, StopReason, StopReasonMissing
from providers.actors import CITIZEN, Actor
from providers.database import fetch_value
from providers.scope import Scope
from tests.support.invariants import assert_invariants
from tests.support.worlds import HOME, NOW, PACKAGE, POLICY, TODAY, a_plan, a_site, a_slot

pytestmark = pytest.mark.usefixtures("clean_world")

VISITATOR = Actor("account:1", "visitator", f"municipality:{HOME}", Scope(municipality=HOME))
ELSEWHERE = Actor("account:2", "visitator", "municipality:0147", Scope(municipality="0147"))
SOON, LATE = NOW + timedelta(days=3), NOW + timedelta(days=20)
AS_US = {"actor": VISITATOR, "now": NOW}
offer_it = partial(offer, policy=POLICY, **AS_US)
BASIC = Assessment(PACKAGE, Level.BASIC)


async def last(plan: Plan) -> CaseEvent:
    event = await CaseEvent.filter(plan_id=plan.id).order_by("-sequence").first()
    assert event
    return event


async def test_assessing_decides_and_says_what_it_was_before() -> None:
    plan = await a_plan(state=PlanState.RECEIVED, level=None, package_id=None)
    site = await a_site()
    await assess(plan.id, Assessment(PACKAGE, Level.ADVANCED, site.pk), seen=0, **AS_US)
    await assess(plan.id, Assessment(PACKAGE, Level.ADVANCED, site.pk), seen=1, **AS_US)
    case, event = await read_case(plan.id, NOW), await last(plan)
    assert (case.plan.state, case.plan.level, case.plan.reference_site_id) == (PlanState.ASSESSED, "advanced", site.pk)
    assert (event.sequence, event.kind) == (1, "assessed")
    assert event.changes == {
        "package_id": [None, PACKAGE],
        "level": [None, "advanced"],
        "reference_site_id": [None, str(site.pk)],
    }


async def test_what_cannot_be_decided_changes_nothing() -> None:
    plan, other = await a_plan(state=PlanState.RECEIVED), await a_site(municipality="0147")
    special = await a_plan(plan_type=PlanType.SPECIALISED, level=None)
    for wrong, error in (
        (Assessment(PACKAGE, None), AssessmentIncomplete),
        (Assessment(PACKAGE, Level.BASIC, other.pk), SiteNotOurs),
    ):
        with pytest.raises(error):
            await assess(plan.id, wrong, seen=0, **AS_US)
    with pytest.raises(NotForThisPlan):
        await assess(special.id, BASIC, seen=0, **AS_US)
    with pytest.raises(PlanUnknown):
        await assess(plan.id, BASIC, seen=0, actor=ELSEWHERE, now=NOW)
    with pytest.raises(CaseChanged):
        await assess(plan.id, BASIC, seen=7, **AS_US)
    assert not await CaseEvent.exists(plan_id__in=[plan.id, special.id])


async def test_an_offer_keeps_its_seat_and_a_later_one_takes_its_place() -> None:
    home, plan = await a_site(slots=[SOON]), await a_plan()
    late = await a_slot(await a_site("private", contract_with=HOME), LATE)
    found = await home_times(await read_case(plan.id, NOW), POLICY)
    assert [(time.basis, time.starts_at) for time in found] == [(Basis.OWN, SOON), (Basis.CONTRACT, LATE)]
    first = await offer_it(plan.id, found[0].slot_id, seen=0)
    assert first == await offer_it(plan.id, found[0].slot_id, seen=1)
    assert (await read_case(plan.id, NOW)).rights.offer_kept
    await offer_it(plan.id, late.id, seen=1)
    case = await read_case(plan.id, NOW)
    assert case.offered
    assert (case.offered.slot_id, case.offered.moved_from_id, case.rights.choice_arisen_on) == (
        late.id,
        first.id,
        TODAY,
    )
    assert await fetch_value("SELECT taken FROM slot WHERE site_id = $1", home.pk) == 0
    await assert_invariants(NOW)


async def test_only_what_is_the_municipalitys_own_can_be_offered() -> None:
    plan = await a_plan(cannot_offer_recorded_on=TODAY)
    for site in (await a_site(municipality="0147"), await a_site("private")):
        slot = await a_slot(site, SOON)
        with pytest.raises(SlotNotBookable):
            await offer_it(plan.id, slot.id, seen=0)
    booked = await a_slot(await a_site(), SOON, seats=2)
    await book(plan.id, booked.id, actor=CITIZEN, now=NOW, policy=POLICY)
    with pytest.raises(NothingToOffer):
        await offer_it(plan.id, booked.id, seen=1)
    assert list((await home_sites(HOME, TODAY)).keys()) == [booked.site_id]


async def test_a_withdrawn_offer_leaves_the_right_as_if_it_had_never_been() -> None:
    plan, slot = await a_plan(), await a_slot(await a_site(), SOON)
    with pytest.raises(NoOffer):
        await withdraw_offer(plan.id, seen=0, **AS_US)
    await offer_it(plan.id, slot.id, seen=0)
    with pytest.raises(OfferStands):
        await cannot_offer(plan.id, seen=1, **AS_US)
    await withdraw_offer(plan.id, seen=1, **AS_US)
    await cannot_offer(plan.id, seen=2, **AS_US)
    case = await read_case(plan.id, NOW)
    assert (case.plan.offer_date, case.offered, case.rights.choice_arisen_on) == (None, None, TODAY)
    assert (await last(plan)).kind == "cannot_offer"
    await assert_invariants(NOW)


async def test_a_corrected_day_moves_the_deadline_and_leaves_a_choice_alone() -> None:
    plan, slot = await a_plan(discharge_date=TODAY - timedelta(days=9)), await a_slot(await a_site("private"), SOON)
    booking = await book(plan.id, slot.id, actor=CITIZEN, now=NOW, policy=POLICY)
    await correct_days(plan.id, discharge=TODAY, earliest_start=TODAY + timedelta(days=2), seen=1, **AS_US)
    case = await read_case(plan.id, NOW)
    assert case.current
    assert (case.rights.deadline, case.current.id) == (TODAY + timedelta(days=9), booking.id)
    for wrong in ((date(2018, 6, 30), None), (TODAY + timedelta(days=61), None), (TODAY, TODAY - timedelta(days=1))):
        with pytest.raises(DayImpossible):
            await correct_days(plan.id, discharge=wrong[0], earliest_start=wrong[1], seen=2, **AS_US)


@pytest.mark.parametrize(
    ("reason", "ended"),
    [
        (StopReason.OPTED_OUT_ILLNESS, BookingState.CANCELLED_BY_CITIZEN),
        (StopReason.NO_CONTACT, BookingState.CANCELLED_BY_PROVIDER),
    ],
)
async def test_stopping_needs_a_reason_and_frees_the_time(reason: StopReason, ended: BookingState) -> None:
    plan, slot = await a_plan(), await a_slot(await a_site(), SOON)
    booking = await book(plan.id, slot.id, actor=CITIZEN, now=NOW, policy=POLICY)
    with pytest.raises(StopReasonMissing):
        await stop(plan.id, None, seen=1, **AS_US)
    await stop(plan.id, reason, seen=1, **AS_US)
    await booking.refresh_from_db()
    event = await last(plan)
    assert (booking.state, event.kind, event.reason) == (ended, "stopped", reason.value)
    await assert_invariants(NOW)


async def test_a_course_that_has_begun_stays_begun_when_it_is_stopped() -> None:
    plan, slot = await a_plan(), await a_slot(await a_site(), SOON)
    booking = await book(plan.id, slot.id, actor=CITIZEN, now=NOW, policy=POLICY)
    await Booking.filter(id=booking.id).update(state=BookingState.STARTED)
    await Plan.filter(id=plan.id).update(state=PlanState.STARTED)
    await stop(plan.id, StopReason.EVENT, seen=1, **AS_US)
    await booking.refresh_from_db()
    assert booking.state is BookingState.STARTED
    await assert_invariants(NOW)


async def test_a_case_taken_back_is_to_be_assessed_again() -> None:
    plan, slot = await a_plan(), await a_slot(await a_site(), SOON)
    await offer_it(plan.id, slot.id, seen=0)
    await take_back(plan.id, seen=1, **AS_US)
    case = await read_case(plan.id, NOW)
    assert (case.plan.state, case.plan.offer_date, case.offered) == (PlanState.HANDED_BACK, None, None)
    assert (await last(plan)).kind == "taken_back"
    await assess(plan.id, BASIC, seen=2, **AS_US)
    assert (await read_case(plan.id, NOW)).plan.state is PlanState.ASSESSED
    await assert_invariants(NOW)
