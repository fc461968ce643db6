"""Workers that die at the worst moment, and workers that get in each other's way: real processes, real HTTP."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from matching.booking import cancel, move
from matching.models import ReportState
from matching.reports.delivery import deliver_due
from providers.actors import CITIZEN
from providers.database import execute, fetch_value
from tests.support.receivers import Receiver, a_receiver
from tests.support.reporting import a_booked_plan, a_sender, only_report, reports_go_to, states
from tests.support.workers import a_worker_process, until
from tests.support.worlds import POLICY, a_site, a_slot

CASES = 12


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with a_receiver(now=None) as receiver:
        yield receiver


async def all_delivered() -> bool:
    return set(await states()) == {ReportState.DELIVERED}


async def the_lease_lapses() -> None:
    await execute("UPDATE report SET claimed_until = now() WHERE claimed_until IS NOT NULL")


async def test_killed_between_sending_and_marking_it_arrives_again_as_the_same_message(
    database: str, receiver: Receiver
) -> None:
    await reports_go_to(receiver)
    receiver.trouble.hang = True
    plan, _ = await a_booked_plan(now=datetime.now(UTC))
    async with a_worker_process(database) as worker:
        # The recipient has it, the worker does not know yet.
        first = await receiver.next()
        worker.kill()
        await worker.wait()
    receiver.trouble.hang = False
    assert await states() == [ReportState.QUEUED]
    # Nobody can tell a dead worker from a slow one: until the lease lapses it is left alone.
    async with a_sender() as sender:
        assert await deliver_due(sender=sender, now=datetime.now(UTC)) == 0
    await the_lease_lapses()
    async with a_worker_process(database):
        second = await receiver.next()
        await until(all_delivered)
    report = await only_report(plan)
    assert first.message_id == second.message_id == str(report.id)
    assert (first.duplicate, second.duplicate) == (False, True)
    assert first.report == second.report


@pytest.mark.long
async def test_killed_before_anything_was_sent_it_arrives_once(database: str, receiver: Receiver) -> None:
    """The wake-up job dies with its worker; the outbox does not."""
    await reports_go_to(receiver)
    await a_booked_plan(now=datetime.now(UTC))
    await execute("UPDATE pgqueuer SET status = 'picked', queue_manager_id = gen_random_uuid()")
    await execute("UPDATE report SET claimed_until = now() + interval '1 minute'")
    await the_lease_lapses()
    async with a_worker_process(database):
        await receiver.next()
        await until(all_delivered)
    assert len(receiver.requests) == 1


@pytest.mark.long
async def test_two_workers_tell_each_case_once_and_in_order(database: str, receiver: Receiver) -> None:
    await reports_go_to(receiver)
    now = datetime.now(UTC)
    site = await a_site(confirmed_at=now, now=now)
    for number in range(CASES):
        plan, booking = await a_booked_plan(site, now=now)
        later = await a_slot(site, now + timedelta(days=3, minutes=number), now=now)
        moved = await move(plan.id, booking.id, later.id, actor=CITIZEN, now=now, policy=POLICY)
        await cancel(plan.id, moved.id, actor=CITIZEN, now=now, policy=POLICY)
    async with a_worker_process(database), a_worker_process(database):
        await until(all_delivered)
    told = defaultdict(list)
    for arrival in receiver.arrivals:
        told[arrival.report["case_reference"]].append(arrival.report["sequence"])
    assert list(told.values()) == [[1, 2, 3]] * CASES
    assert Counter(arrival.duplicate for arrival in receiver.arrivals) == {False: 3 * CASES}


async def test_it_is_the_lease_that_keeps_two_workers_apart(database: str, receiver: Receiver) -> None:
    """The control: without the lease, the same report goes out a second time while the first is under way."""
    await reports_go_to(receiver)
    receiver.trouble.hang = True
    now = datetime.now(UTC)
    await a_booked_plan(now=now)
    async with a_sender() as one, a_sender() as two:
        under_way = [asyncio.create_task(deliver_due(sender=one, now=now))]
        first = await receiver.next()
        assert await deliver_due(sender=two, now=now) == 0
        await the_lease_lapses()
        under_way.append(asyncio.create_task(deliver_due(sender=two, now=datetime.now(UTC))))
        second = await receiver.next()
        receiver.trouble.hang = False
        assert sum(await asyncio.gather(*under_way)) == 2
    assert (first.message_id, first.duplicate, second.duplicate) == (second.message_id, False, True)
    # The first worker's claim had lapsed when its answer came; the second worker's answer is the one that counts.
    assert await fetch_value("SELECT attempts FROM report WHERE state = 'delivered'") == 1
