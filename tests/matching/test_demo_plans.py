"""The invented cases: the same every time, of every kind, and true to the rules they were made by."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import pytest_asyncio
from stdnum.dk import cpr

from matching.cases import facts_of
from matching.citizens import open_citizen
from matching.demo import build_plans
from matching.models import Booking, CaseEvent, Plan
from matching.plan_facts import Basis
from matching.rights import rights
from matching.states import STOPPING, BookingState, PlanState
from providers.clock import local_date
from providers.database import connected, fetch, fetch_value
from providers.demo import build_registry
from tests.support.databases import Databases
from tests.support.invariants import assert_invariants
from tests.support.worlds import VAULT

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
SEED = b"a seed that only the tests know"
TABLES = ("plan", "booking", "case_event", "course_code", "report", "slot", "offer")


@pytest_asyncio.fixture(scope="module")
async def demo(databases: Databases) -> AsyncIterator[str]:
    """A database with the whole demo, which no test here changes."""
    async with databases.fresh() as url, connected(url):
        await build_registry(seed=7, now=NOW, sites=150)
        await build_plans(seed=SEED, vault=VAULT, now=NOW)
        yield url


async def test_everything_that_must_hold_of_cases_holds(demo: str) -> None:
    await assert_invariants(NOW)


@pytest.mark.parametrize("state", PlanState)
async def test_there_are_plans_in_every_state(demo: str, state: PlanState) -> None:
    assert await Plan.filter(state=state).exists()


@pytest.mark.parametrize("state", BookingState)
async def test_there_are_bookings_in_every_state(demo: str, state: BookingState) -> None:
    assert await Booking.filter(state=state).exists()


@pytest.mark.parametrize("basis", Basis)
async def test_there_are_bookings_on_every_basis(demo: str, basis: Basis) -> None:
    assert await Booking.filter(basis=basis).exists()


@pytest.mark.parametrize(
    "condition",
    [
        "offer_date <= discharge_date + 7",
        "offer_date > discharge_date + 7",
        "cannot_offer_recorded_on IS NOT NULL",
        "state = 'assessed' AND discharge_date < '2026-11-11' AND offer_date IS NULL AND earliest_start IS NULL",
        "state = 'assessed' AND discharge_date > '2026-11-11' AND offer_date IS NULL",
        "state = 'assessed' AND discharge_date = '2026-11-11'",
        "state = 'assessed' AND earliest_start > '2026-11-18'",
        "plan_type = 'general' AND level IS NULL AND package_id IS NOT NULL",
        "plan_type = 'general' AND level IS NOT NULL AND package_id IS NULL",
        "plan_type = 'specialised'",
        "plan_type = 'specialised_rehabilitation'",
        "deferred_on IS NOT NULL",
        "state = 'booked' AND EXISTS (SELECT FROM booking b WHERE b.plan_id = plan.id AND b.state = 'requested')",
        "offer_date IS NOT NULL AND state = 'assessed'"
        " AND EXISTS (SELECT FROM booking b WHERE b.plan_id = plan.id AND b.state = 'cancelled_by_citizen')",
        "EXISTS (SELECT FROM course_code c WHERE c.plan_id = plan.id AND c.revoked_at IS NULL"
        " AND c.expires_at < '2026-11-18')",
        "(SELECT count(*) FROM course_code c WHERE c.plan_id = plan.id) = 2"
        " AND (SELECT count(*) FROM course_code c WHERE c.plan_id = plan.id AND c.revoked_at IS NULL) = 1",
        "NOT EXISTS (SELECT FROM course_code c WHERE c.plan_id = plan.id AND c.revoked_at IS NULL)",
        "(SELECT count(*) FROM plan other WHERE other.cpr_digest = plan.cpr_digest) = 2",
        "EXISTS (SELECT FROM booking b WHERE b.plan_id = plan.id AND b.moved_from_id IS NOT NULL)",
    ],
)
async def test_there_are_plans_in_every_condition(demo: str, condition: str) -> None:
    assert await fetch_value(f"SELECT count(*) FROM plan WHERE {condition}") > 0


async def test_plans_are_spread_over_the_country_by_population(demo: str) -> None:
    found = await fetch("SELECT municipality_id AS code, count(*) FROM plan GROUP BY 1")
    plans = {row["code"]: row["count"] for row in found}

    assert sum(plans.values()) == 300
    assert len(plans) > 60
    assert plans["0101"] > 10


async def test_citizens_cannot_be_real(demo: str) -> None:
    for plan in await Plan.all():
        person = open_citizen(plan.citizen, VAULT)
        assert cpr.checksum(person.cpr) != 0
        assert cpr.get_birth_date(person.cpr) == person.date_of_birth < date(2000, 1, 1)
        assert (person.date_of_birth.month, person.date_of_birth.day) != (1, 1)
        assert person.name.startswith("Demo Borger ")
        assert person.phone == "00 00 00 00"
        assert person.email is not None
        assert person.email.endswith("@borger.example")
        assert person.address is not None
        assert person.address.startswith("Opdigtet Allé ")


async def test_some_addresses_are_protected(demo: str) -> None:
    people = [open_citizen(plan.citizen, VAULT) for plan in await Plan.all()]

    assert 0 < sum(person.address_protected for person in people) < 20


async def test_every_booking_is_of_a_seat_that_the_plan_could_be_given(demo: str) -> None:
    wrong = await fetch(
        "SELECT b.id FROM booking b JOIN plan p ON p.id = b.plan_id JOIN slot t ON t.id = b.slot_id"
        " JOIN package_level l ON l.package_id = p.package_id AND l.level = p.level"
        " WHERE NOT EXISTS (SELECT FROM offer o WHERE o.site_id = t.site_id AND o.package_level_id = l.id"
        " AND t.starts_at >= o.valid_from AND (o.valid_until IS NULL OR t.starts_at < o.valid_until)"
        " AND (t.package_levels IS NULL OR l.id = ANY (t.package_levels))"
        " AND CASE b.basis WHEN 'own' THEN o.kind = 'municipal' AND o.municipality_id = p.municipality_id"
        " WHEN 'contract' THEN o.kind = 'contract' AND o.municipality_id = p.municipality_id"
        " WHEN 'other_municipality' THEN o.kind = 'municipal' AND o.municipality_id <> p.municipality_id"
        " ELSE o.kind = 'extended' END)"
    )

    assert wrong == []
    assert await Booking.all().count() == await fetch_value(
        "SELECT count(*) FROM booking b JOIN plan p ON p.id = b.plan_id WHERE p.level IS NOT NULL"
    )


async def test_private_clinics_were_chosen_only_when_the_choice_had_arisen(demo: str) -> None:
    bookings = await Booking.filter(basis=Basis.EXTENDED).select_related("plan")

    for booking in bookings:
        facts = replace(facts_of(booking.plan, []), open=True)
        assert Basis.EXTENDED in rights(facts, local_date(booking.created_at)).open_bases
    assert len(bookings) > 40


async def test_what_has_begun_lies_behind_and_what_is_agreed_lies_ahead(demo: str) -> None:
    bookings = await Booking.all().select_related("slot")
    behind = {booking.state for booking in bookings if booking.slot.starts_at < NOW}
    ahead = {booking.state for booking in bookings if booking.slot.starts_at >= NOW}

    assert behind == {
        BookingState.STARTED,
        BookingState.COMPLETED,
        BookingState.NO_SHOW,
        BookingState.CANCELLED_BY_CITIZEN,
    }
    assert not ahead & (behind - {BookingState.CANCELLED_BY_CITIZEN})


async def test_the_offered_date_is_the_day_of_the_offered_slot(demo: str) -> None:
    events = await CaseEvent.filter(kind="offered").select_related("plan", "booking__slot")

    assert [event.plan.offer_date for event in events] == [
        local_date(event.booking.slot.starts_at) for event in events if event.booking
    ]
    assert [event.plan.offer_recorded_on for event in events] == [local_date(event.at) for event in events]


async def test_events_are_in_the_order_of_time_and_none_lies_ahead(demo: str) -> None:
    disordered = await fetch_value(
        "SELECT count(*) FROM case_event a JOIN case_event b ON b.plan_id = a.plan_id AND b.sequence = a.sequence + 1"
        " WHERE b.at < a.at"
    )

    assert disordered == 0
    assert await fetch_value("SELECT max(at) <= $1 FROM case_event", NOW)
    assert await CaseEvent.filter(kind="received", sequence=1).count() == 300


async def test_a_stop_reason_stands_if_and_only_if_something_was_stopped(demo: str) -> None:
    kinds = await fetch("SELECT DISTINCT kind, reason IS NOT NULL AS has_reason FROM case_event")

    assert {row["kind"] for row in kinds if row["has_reason"]} == {state.value for state in STOPPING}
    assert not {row["kind"] for row in kinds if not row["has_reason"]} & {state.value for state in STOPPING}


async def test_no_report_is_waiting_to_be_sent(demo: str) -> None:
    assert await fetch_value("SELECT bool_and(state = 'delivered' AND delivered_at <= $1) FROM report", NOW)


async def test_as_many_seats_are_sold_as_before(demo: str) -> None:
    sold = await fetch_value("SELECT sum(taken + blocked_seats)::float / sum(seats) FROM slot")

    assert sold == pytest.approx(0.85, abs=0.025)
