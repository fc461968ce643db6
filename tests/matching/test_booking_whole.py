"""A choice with everything that belongs to it is one transaction: whole, or as if nobody had asked."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from typing import Any

import asyncpg
import pytest

from matching.booking import book, cancel, hold, move
from matching.models import Booking
from providers import database as ground
from providers.actors import CITIZEN
from providers.database import connect, fetch
from providers.errors import Busy
from tests.support.invariants import assert_invariants
from tests.support.refusals import unchanged
from tests.support.worlds import NOW, POLICY, a_plan, a_site, a_slot

MONDAY, TUESDAY = NOW + timedelta(days=7), NOW + timedelta(days=8)
book_now = partial(book, actor=CITIZEN, now=NOW, policy=POLICY)
move_now = partial(move, actor=CITIZEN, now=NOW, policy=POLICY)
cancel_now = partial(cancel, actor=CITIZEN, now=NOW, policy=POLICY)

TOLD = {"audit_entry", "audit_unsealed", "case_event", "pgqueuer", "report"}
WRITTEN = {
    "booked": {"booking", "hold", "idempotency_key", "offer", "plan", "slot"} | TOLD,
    "moved": {"booking", "hold", "offer", "slot"} | TOLD,
    "cancelled": {"booking", "offer", "plan", "slot"} | TOLD,
}
"""The tables that each verb writes: a fault in any one of them must undo all the others."""

STEPS = [
    pytest.param(verb, table, marks=[] if verb == "booked" else pytest.mark.long)
    for verb, tables in WRITTEN.items()
    for table in sorted(tables)
]


async def about_to_be(verb: str) -> partial[Coroutine[Any, Any, Booking]]:
    """A citizen who has done all but the last step, and that step."""
    site, plan = await a_site(), await a_plan()
    monday, tuesday = await a_slot(site, MONDAY), await a_slot(site, TUESDAY)
    if verb != "booked":
        booking = await book_now(plan.id, monday.id)
    if verb == "cancelled":
        return partial(cancel_now, plan.id, booking.id)
    await hold(plan.id, tuesday.id, now=NOW, policy=POLICY)
    if verb == "moved":
        return partial(move_now, plan.id, booking.id, tuesday.id)
    return partial(book_now, plan.id, tuesday.id, key="k")


@asynccontextmanager
async def breaking(url: str, table: str, fault: str) -> AsyncIterator[None]:
    """As long as the block runs, whoever writes to the table meets the fault (PL/pgSQL), after the row is written."""
    owner = await connect(url)
    try:
        await owner.execute(
            "CREATE FUNCTION break() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS"
            f" $$ BEGIN {fault}; RETURN NULL; END $$;"
            f"CREATE TRIGGER break AFTER INSERT OR UPDATE OR DELETE ON {table} EXECUTE FUNCTION break()"
        )
        yield
        await owner.execute("DROP FUNCTION break CASCADE")
    finally:
        await owner.close()


@pytest.mark.parametrize("verb", WRITTEN)
async def test_everything_that_a_verb_writes_is_written_by_one_transaction(database: str, verb: str) -> None:
    last_step = await about_to_be(verb)
    before = {table: await row_versions(table) for table in WRITTEN["booked"]}
    await last_step()
    written = {table: await row_versions(table) - before[table] for table in WRITTEN["booked"]}
    # A row that is deleted leaves no version behind.
    assert {table for table, versions in written.items() if versions} == WRITTEN[verb] - {"hold"}
    assert len(set().union(*written.values())) == 1


async def row_versions(table: str) -> set[str]:
    """The transactions that wrote the table's rows as they are now."""
    return {xmin for (xmin,) in await fetch(f"SELECT DISTINCT xmin::text FROM {table}")}


@pytest.mark.parametrize(("verb", "table"), STEPS)
async def test_a_fault_at_any_step_undoes_every_other(world: str, verb: str, table: str) -> None:
    last_step = await about_to_be(verb)
    async with breaking(world, table, "RAISE EXCEPTION 'broken'"), unchanged():
        with pytest.raises(asyncpg.RaiseError, match="broken"):
            await last_step()
    await last_step()
    await assert_invariants(NOW)


@pytest.mark.parametrize("verb", WRITTEN)
async def test_a_connection_that_breaks_in_the_middle_leaves_nothing_half_done(world: str, verb: str) -> None:
    last_step = await about_to_be(verb)
    async with breaking(world, "report", "PERFORM pg_terminate_backend(pg_backend_pid())"), unchanged():
        with pytest.raises((asyncpg.PostgresError, asyncpg.InterfaceError)):
            await last_step()
    await last_step()
    await assert_invariants(NOW)


async def test_who_waits_too_long_for_a_lock_is_told_to_try_again(world: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ground, "LOCK_TIMEOUT_MS", 100)
    steps = [await about_to_be("moved") for _ in range(3)]
    locks = {
        "SELECT FROM plan WHERE id = $1 FOR UPDATE": steps[0].args[0],
        "SELECT FROM slot WHERE id = $1 FOR UPDATE": steps[1].args[2],
        "SELECT FROM offer WHERE site_id = (SELECT site_id FROM slot WHERE id = $1) FOR UPDATE": steps[2].args[2],
    }
    other = await connect(world)
    async with unchanged(), other.transaction():
        for lock, number in locks.items():
            await other.execute(lock, number)
        answers = await asyncio.gather(*(step() for step in steps), return_exceptions=True)
        assert [type(answer) for answer in answers] == [Busy, Busy, Busy]
    await other.close()
    for step in steps:
        await step()
    await assert_invariants(NOW)
