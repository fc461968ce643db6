"""Row-level security: whatever the query forgets, the database shows a transaction its own scope and nothing else."""

from collections.abc import AsyncIterator
from datetime import timedelta

import asyncpg
import pytest
import pytest_asyncio

from matching.audit import audit
from matching.booking import book
from matching.cases import PlanUnknown, read_case
from matching.messages import Addresses, set_contact
from matching.models import Plan
from matching.reports.claims import claim, due_channels
from matching.watching import Wanted, watch
from providers.actors import CITIZEN, Actor
from providers.clock import local_date
from providers.database import (
    APP_ROLE,
    WORKER_ROLE,
    connected,
    execute,
    fetch,
    fetch_seeing,
    fetch_value,
    transaction,
)
from providers.scope import NOBODY, Scope
from tests.support.worlds import NOW, POLICY, VAULT, a_plan, a_site, a_slot

TABLES = ("plan", "booking", "case_event", "report", "audit_entry", "idempotency_key", "contact", "message", "watch")
SOON = NOW + timedelta(days=2)


@pytest_asyncio.fixture
async def two_cases(database: str) -> AsyncIterator[tuple[str, Plan, Plan]]:
    """Two citizens of two municipalities, each booked at a clinic of its own; and the database's address."""
    today = local_date(NOW)
    plans = [await a_plan(municipality_id=code, cannot_offer_recorded_on=today) for code in ("0101", "0851")]
    for plan in plans:
        slot = await a_slot(await a_site("private"), SOON)
        await set_contact(plan.id, Addresses("a@b.example"), "da", actor=CITIZEN, now=NOW, vault=VAULT)
        await watch(plan.id, Wanted(), actor=CITIZEN, now=NOW, policy=POLICY)
        await book(plan.id, slot.id, actor=CITIZEN, now=NOW, policy=POLICY, key="k")
        await audit("looked", actor=CITIZEN, now=NOW, purpose="choice", plan_id=plan.id)
    yield database, plans[0], plans[1]


async def seen(table: str) -> set[int]:
    """The plans whose rows a query without any condition returns."""
    column = "id" if table == "plan" else "plan_id"
    return {record[0] for record in await fetch(f"SELECT {column} FROM {table}")}


@pytest.mark.parametrize("role", [APP_ROLE, WORKER_ROLE])
@pytest.mark.parametrize("table", TABLES)
async def test_without_a_scope_nothing_is_seen(two_cases: tuple[str, Plan, Plan], table: str, role: str) -> None:
    async with connected(two_cases[0], role=role):
        assert await seen(table) == set()
        async with transaction(NOBODY):
            assert await seen(table) == set()


@pytest.mark.parametrize("table", TABLES)
async def test_each_scope_shows_its_own_rows(two_cases: tuple[str, Plan, Plan], table: str) -> None:
    url, mine, other = two_cases
    assert await seen(table) == {mine.id, other.id}, "the owner is not bound"
    clinic = await fetch_value(
        "SELECT s.provider_id FROM booking b JOIN slot t ON t.id = b.slot_id JOIN site s ON s.id = t.site_id"
        " WHERE b.plan_id = $1",
        mine.id,
    )
    scopes = [
        Scope(plan=mine.id),
        Scope(citizen=mine.cpr_digest),
        Scope(municipality="0101"),
        Scope(provider=clinic),
    ]
    async with connected(url, role=APP_ROLE):
        for scope in scopes:
            async with transaction(scope):
                assert await seen(table) == {mine.id}, scope


async def test_a_scope_ends_with_its_transaction(two_cases: tuple[str, Plan, Plan]) -> None:
    async with connected(two_cases[0], role=APP_ROLE, pool_size=1):
        async with transaction(Scope(plan=two_cases[1].id)):
            assert await seen("plan")
        assert await seen("plan") == set()


async def test_a_clinic_sees_nobody_who_has_not_chosen_it(two_cases: tuple[str, Plan, Plan]) -> None:
    site = await a_site()
    async with connected(two_cases[0], role=APP_ROLE), transaction(Scope(provider=site.provider_id)):
        assert await seen("plan") == set()


async def test_a_stranger_cannot_change_or_add_either(two_cases: tuple[str, Plan, Plan]) -> None:
    url, mine, other = two_cases
    async with connected(url, role=APP_ROLE):
        async with transaction(Scope(municipality=mine.municipality_id)):
            assert await execute("UPDATE plan SET case_reference = 'x' WHERE id = $1", other.id) == "UPDATE 0"
            assert await execute("DELETE FROM booking WHERE plan_id = $1", other.id) == "DELETE 0"
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with transaction(Scope(plan=mine.id)):
                await execute(
                    "INSERT INTO case_event (plan_id, sequence, kind, at, actor) VALUES ($1, 9, 'x', now(), 'x')",
                    other.id,
                )


async def test_verbs_see_only_the_plan_they_are_asked_about(two_cases: tuple[str, Plan, Plan]) -> None:
    url, mine, other = two_cases
    async with connected(url, role=APP_ROLE):
        assert (await read_case(mine.id, NOW)).plan.id == mine.id
        async with transaction(Scope(plan=mine.id)):
            with pytest.raises(PlanUnknown):
                await read_case(other.id, NOW)


async def test_everybody_may_write_to_the_look_up_log_and_read_only_their_own(
    two_cases: tuple[str, Plan, Plan],
) -> None:
    url, mine, other = two_cases
    async with connected(url, role=APP_ROLE):
        await audit("looked", actor=Actor("x", "visitator"), now=NOW, purpose="choice", plan_id=other.id)
        async with transaction(Scope(plan=mine.id)):
            assert await seen("audit_entry") == {mine.id}


async def test_the_worker_finds_whom_to_serve_but_sees_one_municipality_at_a_time(
    two_cases: tuple[str, Plan, Plan],
) -> None:
    url, mine, other = two_cases
    await execute(
        "INSERT INTO report_channel (municipality_id, kind, url, secret)"
        " VALUES ('0101', 'webhook', 'http://127.0.0.1:1/', ''), ('0851', 'webhook', 'http://127.0.0.1:1/', '')"
    )
    await execute(
        "UPDATE report r SET channel_id = c.id, waits_for_id = NULL FROM plan p, report_channel c"
        " WHERE p.id = r.plan_id AND c.municipality_id = p.municipality_id"
    )
    async with connected(url, role=WORKER_ROLE):
        parcels = [await claim(channel, NOW) for channel in await due_channels(NOW)]
        assert {parcel.plan_id for parcel in parcels if parcel} == {mine.id, other.id}
    async with connected(url, role=APP_ROLE):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await due_channels(NOW)


async def test_one_statement_has_its_scope_before_it_reads_and_leaves_none(
    two_cases: tuple[str, Plan, Plan],
) -> None:
    url, mine, _ = two_cases
    for way in ("enable_indexscan", "enable_seqscan", "enable_nestloop", "enable_material"):
        async with connected(url, role=APP_ROLE, pool_size=1):
            await execute(f"SET plan_cache_mode = force_generic_plan; SET {way} = off")
            for table in TABLES:
                column = "id" if table == "plan" else "plan_id"
                for scope, found in ((Scope(plan=mine.id), {mine.id}), (NOBODY, set())):
                    records = await fetch_seeing(scope, f"SELECT {column} AS seen FROM {table} WHERE $1 > 0", 1)
                    assert {record["seen"] for record in records} == found, (way, table)
                assert await seen(table) == set(), "the scope ended with the statement"


async def test_a_case_is_read_alone_and_inside_as_far_as_the_transaction_may(two_cases: tuple[str, Plan, Plan]) -> None:
    url, mine, other = two_cases
    async with connected(url, role=APP_ROLE):
        case = await read_case(mine.id, NOW)
        assert (case.plan.id, case.current is not None) == (mine.id, True)
        async with transaction(Scope(plan=mine.id)):
            assert (await read_case(mine.id, NOW)).current == case.current
            with pytest.raises(PlanUnknown):
                await read_case(other.id, NOW)


async def test_a_site_that_was_asked_to_ring_sees_the_call_and_nothing_of_the_case(
    two_cases: tuple[str, Plan, Plan],
) -> None:
    url, mine, _ = two_cases
    asked, other = await a_site("private"), await a_site("private")
    await execute(
        "INSERT INTO call_back (plan_id, site_id, asked_at, due_on, person) VALUES ($1, $2, now(), current_date, 'x')",
        mine.id,
        asked.pk,
    )
    async with connected(url, role=APP_ROLE):
        for scope, rows in (
            (Scope(provider=asked.provider_id), {mine.id}),
            (Scope(provider=other.provider_id), set()),
            (NOBODY, set()),
        ):
            async with transaction(scope):
                assert await seen("call_back") == rows, scope
                assert await seen("plan") == set()
