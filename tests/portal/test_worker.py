"""The worker at work: woken by a commit, alive for all to see, stopped cleanly, and hard to shake off."""

import asyncio
import signal
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from matching.booking import book, hold
from matching.messages import Addresses, set_contact
from matching.models import Hold, Message, MessageState, ReportState
from portal.messages.config import MessageConfig
from portal.worker.chores import refresh_passed_offers, tidy_up
from providers.actors import CITIZEN
from providers.database import WORKER_ROLE, connect, execute, fetch_value
from providers.offers import WANTED_OFFERS
from tests.support.gateways import a_gateway
from tests.support.patience import WAIT
from tests.support.receivers import a_receiver
from tests.support.reporting import a_booked_plan, reports_go_to, states
from tests.support.rows import undone
from tests.support.workers import a_worker, a_worker_process, until
from tests.support.worlds import NOW, POLICY, VAULT, a_plan, a_site, a_slot

DAY = timedelta(days=1)


def real_now() -> datetime:
    """A worker has the real clock, and so have its cases."""
    return datetime.now(UTC)


async def delivered() -> bool:
    return set(await states()) == {ReportState.DELIVERED}


async def alive() -> bool:
    return bool(await fetch_value("SELECT count(*) FROM heartbeat WHERE name = 'worker'"))


async def connections(url: str, action: str, kept: list[int]) -> list[int]:
    """Do something to each connection to the database beside the kept ones, as the owner; the answer is their ids."""
    owner = await connect(url)
    try:
        rows = await owner.fetch(
            f"SELECT pid, {action} FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND pid <> ALL ($1::int[])",
            kept,
        )
        return [row["pid"] for row in rows]
    finally:
        await owner.close()


async def test_a_commit_wakes_the_worker(database: str) -> None:
    with a_receiver(now=None) as receiver:
        await reports_go_to(receiver)
        async with a_worker(database):
            # The first one may still be part of the start; for the second the worker waits idly.
            for _ in range(2):
                plan, _ = await a_booked_plan(now=real_now())
                arrival = await receiver.next()
                assert arrival.report["case_reference"] == plan.case_reference
                await until(delivered)


async def test_a_commit_wakes_the_one_that_tells_people(database: str) -> None:
    with a_gateway() as gateway:
        ways = MessageConfig("http://localhost:8000", "00 00 00 00", sms=gateway.gateway)
        async with a_worker(database, ways):
            await until(alive)
            now = real_now()
            plan, site = await a_plan(now=now), await a_site(confirmed_at=now, now=now)
            addresses = Addresses(mobile="+4500000000")
            await set_contact(plan.id, addresses, "da", actor=CITIZEN, now=now, vault=VAULT)
            slot = await a_slot(site, now + DAY, now=now)
            await book(plan.id, slot.id, actor=CITIZEN, now=now, policy=POLICY)
            await until(told)
    assert [sms["to"] for sms in gateway.taken] == ["+4500000000"]


async def told() -> bool:
    return await Message.filter(state=MessageState.SENT).exists()


async def test_what_was_rolled_back_wakes_nobody(database: str) -> None:
    before = await fetch_value("SELECT count(*) FROM pgqueuer")
    async with undone():
        await a_booked_plan()
        assert await fetch_value("SELECT count(*) FROM pgqueuer") == before + 1
    assert await fetch_value("SELECT count(*) FROM pgqueuer") == before
    assert await states() == []


async def test_at_its_start_it_catches_up(database: str) -> None:
    """The wake-up was lost: only the outbox knows."""
    with a_receiver(now=None) as receiver:
        await reports_go_to(receiver)
        await a_booked_plan(now=real_now())
        await execute("DELETE FROM pgqueuer")
        async with a_worker(database):
            await receiver.next()
            await until(delivered)


async def test_it_says_that_it_lives(database: str) -> None:
    async with a_worker(database):
        await until(alive)
    seen = await fetch_value("SELECT seen_at FROM heartbeat WHERE name = 'worker'")
    assert abs(real_now() - seen) < timedelta(minutes=1)


async def test_it_has_the_workers_role_and_no_more(database: str) -> None:
    connection = await connect(database, role=WORKER_ROLE)
    try:
        assert await connection.fetchval("SELECT current_user") == WORKER_ROLE
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute("DELETE FROM audit_entry")
    finally:
        await connection.close()


async def test_it_outlasts_a_lost_database(database: str) -> None:
    """All its connections are cut, as by a restart of the server; it comes back and is woken as before."""
    with a_receiver(now=None) as receiver:
        await reports_go_to(receiver)
        kept = await connections(database, "true", [])
        async with a_worker_process(database) as worker:
            await a_booked_plan(now=real_now())
            await receiver.next()
            await until(delivered)
            assert len(await connections(database, "pg_terminate_backend(pid)", kept)) >= 2
            await a_booked_plan(now=real_now())
            await receiver.next()
            await until(delivered)
            assert worker.returncode is None


@pytest.mark.long
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_it_stops_when_told_to(database: str, number: signal.Signals) -> None:
    async with a_worker_process(database) as worker:
        await until(alive)
        worker.send_signal(number)
        async with asyncio.timeout(WAIT):
            assert await worker.wait() == 0


async def test_told_to_stop_it_finishes_what_is_under_way(database: str) -> None:
    with a_receiver(now=None) as receiver:
        await reports_go_to(receiver)
        receiver.trouble.hang = True
        await a_booked_plan(now=real_now())
        async with a_worker_process(database) as worker:
            await receiver.next()
            worker.terminate()
            receiver.trouble.hang = False
            assert await worker.wait() == 0
    assert await fetch_value("SELECT claimed_until FROM report") is None


async def test_passed_offers_are_refreshed_batch_by_batch(database: str) -> None:
    for _ in range(5):
        await a_site(slots=[NOW + DAY, NOW + 3 * DAY])
    empty = await a_site(slots=[NOW + DAY])
    now = NOW + 2 * DAY
    assert await refresh_passed_offers(now, batch=2) == 6
    assert await fetch_value("SELECT count(*) FROM offer WHERE next_free = $1", NOW + 3 * DAY) == 5
    assert await fetch_value("SELECT next_free FROM offer WHERE site_id = $1", empty.pk) is None
    difference = f"SELECT count(*) FROM ({WANTED_OFFERS}) w JOIN offer o USING (approval_id, agreement_id)"
    assert await fetch_value(f"{difference} WHERE w.next_free IS DISTINCT FROM o.next_free", now) == 0
    assert await refresh_passed_offers(now, batch=2) == 0


async def test_tidying_removes_what_counts_for_nothing_and_nothing_else(database: str) -> None:
    site = await a_site()
    early, late = await a_slot(site, NOW + DAY), await a_slot(site, NOW + 2 * DAY)
    await hold((await a_plan()).id, early.id, now=NOW, policy=POLICY)
    kept, _ = await hold((await a_plan()).id, late.id, now=NOW + timedelta(minutes=10), policy=POLICY)
    for name, at in (("old", NOW - 8 * DAY), ("new", NOW + DAY)):
        await execute("INSERT INTO session VALUES ($1, '{}', $2, $2, $2)", name, at)
        await execute("INSERT INTO attempt_budget VALUES ($1, 1, $2)", name, at)
        await execute(
            "INSERT INTO pgqueuer_log (created, job_id, status, priority, entrypoint, aggregated)"
            " VALUES ($2, 1, 'successful', 0, $1, true)",
            name,
            at,
        )
    await tidy_up(NOW + timedelta(minutes=20))
    assert [row.plan_id for row in await Hold.all()] == [kept.plan_id]
    for table, column in (("session", "digest"), ("attempt_budget", "bucket"), ("pgqueuer_log", "entrypoint")):
        assert await fetch_value(f"SELECT array_agg({column}) FROM {table}") == ["new"]
