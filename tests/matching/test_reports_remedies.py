"""What a person may do about a report: send it again, or let it be."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
import pytest_asyncio

from matching.booking import cancel
from matching.models import AuditEntry, Report, ReportChannel, ReportState
from matching.reports.claims import LEASE, claim
from matching.reports.delivery import deliver_due, deliver_plan
from matching.reports.remedies import ReportDelivered, ReportUnknown, drop, resend
from matching.reports.sending import Sender
from providers.actors import CITIZEN, Actor
from providers.database import fetch_value
from providers.errors import Busy
from tests.support.receivers import Receiver, a_receiver
from tests.support.reporting import a_booked_plan, a_sender, only_report, reports_go_to, states
from tests.support.worlds import NOW, POLICY

CASEWORKER = Actor("b. visitator", "caseworker", "0101")


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with a_receiver() as receiver:
        yield receiver


@pytest_asyncio.fixture
async def sender(database: str, receiver: Receiver) -> AsyncIterator[Sender]:
    await reports_go_to(receiver)
    async with a_sender() as sender:
        yield sender


async def test_a_refused_report_is_sent_again_as_the_same_message(sender: Sender, receiver: Receiver) -> None:
    plan, _ = await a_booked_plan()
    receiver.trouble.failures, receiver.trouble.status = 1, 410
    await deliver_plan(plan.id, sender=sender, now=NOW)
    report = await only_report(plan)
    await resend(report.id, actor=CASEWORKER, now=NOW)
    await deliver_plan(plan.id, sender=sender, now=NOW)
    assert await states() == [ReportState.DELIVERED]
    assert [arrival.message_id for arrival in receiver.arrivals] == [str(report.id)]


async def test_what_was_delivered_may_be_sent_again_and_is_known_by_its_id(sender: Sender, receiver: Receiver) -> None:
    plan, _ = await a_booked_plan()
    await deliver_plan(plan.id, sender=sender, now=NOW)
    await resend((await only_report(plan)).id, actor=CASEWORKER, now=NOW)
    await deliver_plan(plan.id, sender=sender, now=NOW)
    assert [arrival.duplicate for arrival in receiver.arrivals] == [False, True]
    assert (await only_report(plan)).answer == "200 OK"


async def test_a_dropped_report_lets_the_later_ones_through(sender: Sender, receiver: Receiver) -> None:
    plan, booking = await a_booked_plan()
    receiver.trouble.failures, receiver.trouble.status = 1, 500
    await deliver_plan(plan.id, sender=sender, now=NOW)
    first = await only_report(plan)
    await cancel(plan.id, booking.id, actor=CITIZEN, now=NOW, policy=POLICY)
    await drop(first.id, actor=CASEWORKER, now=NOW, reason="Aftalt i telefonen")
    await deliver_plan(plan.id, sender=sender, now=NOW)
    assert await states() == [ReportState.DROPPED, ReportState.DELIVERED]
    assert (await Report.get(id=first.id)).answer == "Aftalt i telefonen"
    assert receiver.events == [("cancelled_by_citizen", 2)]


async def test_both_are_written_down_and_wake_the_worker(sender: Sender) -> None:
    plan, _ = await a_booked_plan()
    report = await only_report(plan)
    before = await fetch_value("SELECT count(*) FROM pgqueuer")
    await drop(report.id, actor=CASEWORKER, now=NOW, reason="Forkert sag")
    await resend(report.id, actor=CASEWORKER, now=NOW)
    entries = await AuditEntry.filter(plan_id=plan.id, role="caseworker").order_by("id")
    assert [(entry.action, entry.person) for entry in entries] == [
        ("report_dropped", "b. visitator"),
        ("report_resent", "b. visitator"),
    ]
    assert await fetch_value("SELECT count(*) FROM pgqueuer") == before + 2


async def test_what_is_delivered_cannot_be_dropped(sender: Sender) -> None:
    plan, _ = await a_booked_plan()
    await deliver_plan(plan.id, sender=sender, now=NOW)
    with pytest.raises(ReportDelivered):
        await drop((await only_report(plan)).id, actor=CASEWORKER, now=NOW, reason="Forkert sag")
    assert await states() == [ReportState.DELIVERED]


async def test_hands_off_while_it_is_on_its_way(sender: Sender) -> None:
    await a_booked_plan()
    channel = await ReportChannel.all().first()
    assert channel is not None
    parcel = await claim(channel.id, NOW)
    assert parcel is not None
    with pytest.raises(Busy):
        await resend(parcel.id, actor=CASEWORKER, now=NOW)
    with pytest.raises(Busy):
        await drop(parcel.id, actor=CASEWORKER, now=NOW, reason="Forkert sag")
    await drop(parcel.id, actor=CASEWORKER, now=NOW + LEASE, reason="Forkert sag")
    assert await deliver_due(sender=sender, now=NOW + timedelta(days=1)) == 0


async def test_what_does_not_exist_cannot_be_helped(database: str) -> None:
    with pytest.raises(ReportUnknown):
        await resend(uuid4(), actor=CASEWORKER, now=NOW)
    with pytest.raises(ReportUnknown):
        await drop(uuid4(), actor=CASEWORKER, now=NOW, reason="Forkert sag")


async def test_reports_that_waited_for_an_address_go_there(sender: Sender, receiver: Receiver) -> None:
    plan, _ = await a_booked_plan()
    await Report.filter(plan_id=plan.id).update(channel_id=None)
    await reports_go_to(receiver)
    await deliver_plan(plan.id, sender=sender, now=NOW)
    assert (await only_report(plan)).state is ReportState.DELIVERED
