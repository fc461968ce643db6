"""Delivery to real receivers over real HTTP: what arrives, in what order, and what becomes of the outbox."""

import asyncio
import base64
import hashlib
import hmac
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

import orjson
import pytest
import pytest_asyncio

from matching.booking import cancel, move
from matching.models import ReportChannel, ReportState
from matching.reports.claims import LEASE, claim
from matching.reports.delivery import deliver_due, deliver_plan
from matching.reports.sending import Sender
from providers.actors import CITIZEN
from providers.database import connect, transaction
from tests.support.patience import WAIT
from tests.support.receivers import Receiver, a_receiver
from tests.support.reporting import a_booked_plan, a_sender, only_report, reports_go_to, states
from tests.support.worlds import HOME, NOW, POLICY, a_citizen, a_site, a_slot

MINUTE = timedelta(minutes=1)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with a_receiver() as receiver:
        yield receiver


@pytest_asyncio.fixture
async def sender(database: str, receiver: Receiver) -> AsyncIterator[Sender]:
    """The home municipality has the receiver; the sender has not sent anything yet."""
    await reports_go_to(receiver)
    async with a_sender() as sender:
        yield sender


async def test_a_booking_is_told_with_a_signature(sender: Sender, receiver: Receiver) -> None:
    plan, booking = await a_booked_plan()
    assert await deliver_plan(plan.id, sender=sender, now=NOW) == 1
    (arrival,) = receiver.arrivals
    report = await only_report(plan)
    assert arrival.message_id == str(report.id)
    assert (arrival.report["event"], arrival.report["booking"]["id"]) == ("booked", str(booking.id))
    assert (report.state, report.attempts, report.answer) == (ReportState.DELIVERED, 1, "204 No Content")
    assert report.delivered_at is not None
    assert timedelta(0) <= report.delivered_at - NOW < MINUTE


async def test_the_signature_is_the_one_of_the_standard(sender: Sender, receiver: Receiver) -> None:
    """Computed here by hand: neither side's library could hide an error of the other's."""
    plan, _ = await a_booked_plan()
    await deliver_plan(plan.id, sender=sender, now=NOW)
    head, body = receiver.requests[0].split(b"\n\n", 1)
    headers = dict(line.split(b": ", 1) for line in head.splitlines() if b": " in line)
    key = base64.b64decode(receiver.secret.removeprefix("whsec_"))
    signed = b".".join([headers[b"webhook-id"], headers[b"webhook-timestamp"], body])
    expected = base64.b64encode(hmac.digest(key, signed, hashlib.sha256))
    assert headers[b"webhook-signature"] == b"v1," + expected
    assert int(headers[b"webhook-timestamp"]) - int(NOW.timestamp()) in range(30)
    assert headers[b"content-type"] == b"application/json"
    assert body == (await only_report(plan)).body


async def test_nothing_personal_leaves_the_house(sender: Sender, receiver: Receiver) -> None:
    citizen = a_citizen(name="Kirsten Prøvekvist", address="Kvistevej 77, 1050 København K")
    site = await a_site()
    plan, booking = await a_booked_plan(site, citizen=citizen)
    other = await a_slot(site, NOW + timedelta(days=3))
    moved = await move(plan.id, booking.id, other.id, actor=CITIZEN, now=NOW, policy=POLICY)
    await cancel(plan.id, moved.id, actor=CITIZEN, now=NOW, policy=POLICY)
    assert await deliver_plan(plan.id, sender=sender, now=NOW) == 3
    everything = b"\n".join(receiver.requests).lower()
    assert plan.case_reference.lower().encode() in everything
    born = citizen.date_of_birth.isoformat()
    personal = [citizen.cpr, citizen.cpr[:6], born, plan.message_id, "kirsten", "prøvekvist", "kvistevej"]
    assert [text for text in personal if text.encode() in everything] == []


async def test_a_case_is_told_in_order(sender: Sender, receiver: Receiver) -> None:
    site = await a_site()
    plan, booking = await a_booked_plan(site)
    other = await a_slot(site, NOW + timedelta(days=3))
    moved = await move(plan.id, booking.id, other.id, actor=CITIZEN, now=NOW, policy=POLICY)
    await cancel(plan.id, moved.id, actor=CITIZEN, now=NOW, policy=POLICY)
    receiver.trouble.failures, receiver.trouble.status = 1, 500
    # The first one fails: the later ones wait behind it, also when they alone are asked for.
    assert await deliver_plan(plan.id, sender=sender, now=NOW) == 1
    assert await deliver_due(sender=sender, now=NOW) == 0
    assert receiver.events == []
    assert await deliver_due(sender=sender, now=NOW + MINUTE) == 3
    assert receiver.events == [("booked", 1), ("moved", 2), ("cancelled_by_citizen", 3)]


async def test_one_case_does_not_wait_for_another(sender: Sender, receiver: Receiver) -> None:
    await a_booked_plan()
    second, _ = await a_booked_plan()
    receiver.trouble.failures, receiver.trouble.status = 1, 500
    await deliver_due(sender=sender, now=NOW)
    assert await states() == [ReportState.QUEUED, ReportState.DELIVERED]
    assert [arrival.report["case_reference"] for arrival in receiver.arrivals] == [second.case_reference]


async def test_nothing_is_sent_before_its_time(sender: Sender, receiver: Receiver) -> None:
    plan, _ = await a_booked_plan()
    assert await deliver_plan(plan.id, sender=sender, now=NOW - MINUTE) == 0
    assert receiver.requests == []


async def test_what_is_delivered_is_not_sent_again(sender: Sender, receiver: Receiver) -> None:
    plan, _ = await a_booked_plan()
    assert [await deliver_plan(plan.id, sender=sender, now=NOW) for _ in range(2)] == [1, 0]
    assert await deliver_due(sender=sender, now=NOW + timedelta(days=30)) == 0
    assert len(receiver.requests) == 1


async def test_a_claim_keeps_others_away_until_it_lapses(sender: Sender, receiver: Receiver) -> None:
    """The worker that made the claim dies between sending and marking: the same message goes out again."""
    plan, _ = await a_booked_plan()
    channel = await ReportChannel.get(municipality_id=HOME)
    parcel = await claim(channel.id, NOW)
    assert parcel is not None
    assert await deliver_plan(plan.id, sender=sender, now=NOW + LEASE - timedelta(seconds=1)) == 0
    assert await deliver_due(sender=sender, now=NOW + LEASE) == 1
    assert [arrival.message_id for arrival in receiver.arrivals] == [str(parcel.id)]


async def test_a_claim_waits_for_no_lock(sender: Sender, database: str) -> None:
    """Whoever holds a report's row, another worker for instance, has it: the next one is taken."""
    site = await a_site()
    plans = [(await a_booked_plan(site))[0] for _ in range(2)]
    channel = await ReportChannel.get(municipality_id=HOME)
    other = await connect(database)
    try:
        async with other.transaction():
            await other.execute("SELECT FROM report WHERE plan_id = $1 FOR UPDATE", plans[0].id)
            async with asyncio.timeout(WAIT):
                parcel = await claim(channel.id, NOW)
                assert await claim(channel.id, NOW) is None
    finally:
        await other.close()
    assert parcel is not None
    assert parcel.plan_id == plans[1].id


@pytest.mark.parametrize("has_channel", [False, True])
async def test_without_a_channel_in_use_reports_wait(database: str, receiver: Receiver, has_channel: bool) -> None:
    if has_channel:
        await reports_go_to(receiver)
    plan, _ = await a_booked_plan()
    await ReportChannel.all().update(active=False)
    async with a_sender() as sender:
        assert await deliver_plan(plan.id, sender=sender, now=NOW) == 0
        assert await deliver_due(sender=sender, now=NOW + timedelta(days=30)) == 0
    for channel in await ReportChannel.all():
        assert await claim(channel.id, NOW) is None
    assert await states() == [ReportState.QUEUED]


async def test_no_new_attempt_begins_once_told_to_stop(sender: Sender, receiver: Receiver) -> None:
    plan, _ = await a_booked_plan()
    sender.stop.set()
    assert await deliver_plan(plan.id, sender=sender, now=NOW) == 0
    assert (await only_report(plan)).claimed_until is None


async def test_sending_inside_a_transaction_is_refused(sender: Sender) -> None:
    async with transaction():
        with pytest.raises(RuntimeError, match="inside a transaction"):
            await deliver_due(sender=sender, now=NOW)


async def test_the_bytes_are_those_of_the_event_however_late(sender: Sender, receiver: Receiver) -> None:
    plan, _ = await a_booked_plan()
    stored = (await only_report(plan)).body
    receiver.trouble.failures, receiver.trouble.status = 1, 500
    await deliver_due(sender=sender, now=NOW)
    receiver.now = NOW + timedelta(hours=1)
    await deliver_due(sender=sender, now=receiver.now)
    assert [request.split(b"\n\n", 1)[1] for request in receiver.requests] == [stored, stored]
    assert orjson.loads(stored)["event_time"] == "2026-11-16T10:00:00+01:00"
