"""A plan as everybody who acts on it sees it: its bookings, its rights today, and one actor at a time."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import asyncpg
import pytest

from matching.cases import PlanUnknown, facts_of, lock_case, read_case
from matching.models import Booking, Plan
from matching.plan_facts import Basis, Level, PlanFacts, PlanType
from matching.rights import rights
from matching.states import CURRENT, BookingState, PlanState
from providers.database import connect, transaction
from providers.models import Slot
from tests.support.patience import WAIT
from tests.support.worlds import NOW, PACKAGE, TODAY, a_plan, a_site, a_slot

DAY = timedelta(days=1)

FACTS = PlanFacts(
    plan_type=PlanType.GENERAL,
    level=Level.BASIC,
    package=PACKAGE,
    discharge_date=TODAY - 3 * DAY,
    earliest_start=TODAY + DAY,
    offer_date=TODAY + 2 * DAY,
    offer_recorded_on=TODAY - DAY,
    cannot_offer_recorded_on=TODAY,
    handed_to_municipality=False,
)


async def a_plan_with_every_fact() -> Plan:
    return await a_plan(
        discharge_date=FACTS.discharge_date,
        earliest_start=FACTS.earliest_start,
        offer_date=FACTS.offer_date,
        offer_recorded_on=FACTS.offer_recorded_on,
        cannot_offer_recorded_on=FACTS.cannot_offer_recorded_on,
    )


async def a_booking(plan: Plan, slot: Slot, state: BookingState, basis: Basis = Basis.OWN) -> Booking:
    return await Booking.create(id=uuid4(), plan_id=plan.id, slot_id=slot.id, basis=basis, state=state, created_at=NOW)


async def test_the_facts_of_a_plan_are_its_columns(clean_world: None) -> None:
    plan = await a_plan_with_every_fact()
    assert facts_of(plan, []) == FACTS


async def test_the_rights_of_a_case_are_those_of_its_facts_on_the_danish_day(clean_world: None) -> None:
    plan = await a_plan_with_every_fact()
    late_evening = NOW.replace(hour=23, minute=30)
    assert (await read_case(plan.id, NOW)).rights == rights(FACTS, TODAY)
    assert (await read_case(plan.id, late_evening)).rights == rights(FACTS, TODAY + DAY)


@pytest.mark.parametrize("state", PlanState)
async def test_the_choice_is_over_once_the_course_has_begun_or_ended(clean_world: None, state: PlanState) -> None:
    over = {PlanState.STARTED, PlanState.COMPLETED, PlanState.STOPPED, PlanState.ERROR}
    assert facts_of(await a_plan(state=state), []).open == (state not in over)


@pytest.mark.parametrize("basis", Basis)
@pytest.mark.parametrize("state", BookingState)
async def test_the_plan_is_handed_over_while_another_municipality_is_asked_or_has_said_yes(
    clean_world: None, state: BookingState, basis: Basis
) -> None:
    plan, slot = await a_plan_with_every_fact(), await a_slot(await a_site(), NOW + DAY)
    await a_booking(plan, slot, state, basis)
    handed = basis is Basis.OTHER_MUNICIPALITY and state in CURRENT
    expected = replace(FACTS, handed_to_municipality=handed)
    assert (await read_case(plan.id, NOW)).rights == rights(expected, TODAY)


async def test_a_case_knows_the_choice_and_the_offer_and_nothing_that_has_ended(clean_world: None) -> None:
    plan, slot = await a_plan(), await a_slot(await a_site(), NOW + DAY, seats=20)
    made = {state: await a_booking(plan, slot, state) for state in BookingState if state not in CURRENT}
    case = await read_case(plan.id, NOW)
    assert (case.plan, case.current, case.offered) == (plan, None, made[BookingState.OFFERED])
    for state in CURRENT:
        current = await a_booking(plan, slot, state)
        assert (await read_case(plan.id, NOW)).current == current
        await current.delete()


async def test_somebody_elses_bookings_are_not_in_the_case(clean_world: None) -> None:
    mine, theirs, slot = await a_plan(), await a_plan(), await a_slot(await a_site(), NOW + DAY)
    await a_booking(theirs, slot, BookingState.CONFIRMED)
    case = await read_case(mine.id, NOW)
    assert (case.current, case.offered) == (None, None)


async def test_a_plan_that_does_not_exist(clean_world: None) -> None:
    with pytest.raises(PlanUnknown):
        await read_case(0, NOW)
    with pytest.raises(PlanUnknown):
        await lock_case(0, NOW)


async def test_a_case_is_locked_inside_a_transaction_only(database: str) -> None:
    plan = await a_plan()
    with pytest.raises(RuntimeError, match="inside a transaction"):
        await lock_case(plan.id, NOW)


async def test_a_locked_case_is_seen_by_the_next_one_as_the_first_left_it(database: str) -> None:
    plan, slot = await a_plan(), await a_slot(await a_site(), NOW + DAY)
    first = await connect(database)

    async def second() -> BookingState | None:
        async with transaction():
            case = await lock_case(plan.id, NOW)
            return None if case.current is None else case.current.state

    async with first.transaction():
        await first.execute("SELECT FROM plan WHERE id = $1 FOR UPDATE", plan.id)
        waiting = asyncio.create_task(second())
        await someone_waits_for(first)
        assert (await read_case(plan.id, NOW)).plan == plan, "reading does not wait"
        await first.execute(
            "INSERT INTO booking (id, plan_id, slot_id, basis, state, created_at)"
            " VALUES (gen_random_uuid(), $1, $2, 'own', 'confirmed', now())",
            plan.id,
            slot.id,
        )
    assert await waiting is BookingState.CONFIRMED
    await first.close()


async def someone_waits_for(connection: asyncpg.Connection) -> None:
    """Return when somebody waits for a lock that this connection has; it is a fault when nobody ever does."""
    blocked = "SELECT count(*) FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))"
    async with asyncio.timeout(WAIT):
        while not await connection.fetchval(blocked):
            pass
