"""What municipalities send us: kept word for word, answered, and acted on once, whoever dies over it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID, uuid4

import orjson
import pytest
import pytest_asyncio

from matching.models import (
    CaseEvent,
    ChannelKind,
    InboundKind,
    InboundMessage,
    Plan,
    Report,
    ReportChannel,
    ReportState,
)
from matching.plan_facts import PlanLink
from matching.reports.formats.acknowledgement import AckCode, Acknowledgement, read_acknowledgement
from matching.reports.formats.incoming import incoming
from matching.reports.inbound import UNREADABLE, keep
from matching.reports.interpreting import interpret, interpret_waiting
from matching.reports.receipts import receive_message
from providers import database as ground
from providers.database import APP_ROLE, WORKER_ROLE, connect, connected, execute
from tests.support.cases_reported import OURS
from tests.support.fhir_recipient import acknowledgement_of
from tests.support.judge import Judge
from tests.support.messages_in import a_bundle, a_request
from tests.support.replies import a_reply, without
from tests.support.reporting import a_booked_plan, only_report, received, states
from tests.support.worlds import HOME, NOW, VAULT

NOT_OURS = "Answers no report of this municipality"
MINUTE = timedelta(minutes=1)


@pytest_asyncio.fixture
async def sent(clean_world: None) -> AsyncIterator[Report]:
    """A message that the home municipality has taken, and has still to acknowledge."""
    channel = await ReportChannel.create(
        municipality_id=HOME, kind=ChannelKind.MEDCOM, url="https://kommune.example", secret=b""
    )
    plan, _ = await a_booked_plan()
    await Report.filter(plan_id=plan.id).update(state=ReportState.SENT, attempts=1, channel_id=channel.id)
    yield await only_report(plan)


def an_answer(report: Report, code: AckCode) -> bytes:
    header = {"resourceType": "MessageHeader", "id": str(report.id)}
    return acknowledgement_of({"entry": [{"resource": header}]}, code)


@pytest.mark.parametrize(
    ("code", "state"),
    [
        (AckCode.OK, ReportState.DELIVERED),
        (AckCode.TRANSIENT, ReportState.QUEUED),
        (AckCode.FATAL, ReportState.REFUSED),
    ],
)
async def test_an_acknowledgement_is_believed_once(sent: Report, code: AckCode, state: ReportState) -> None:
    answer = an_answer(sent, code)
    messages = [await received(answer) for _ in range(2)]
    assert messages[0].id == messages[1].id
    assert (messages[0].kind, messages[0].plan_id) == (InboundKind.ACKNOWLEDGEMENT, sent.plan_id)
    assert await states() == [state]
    await received(an_answer(sent, AckCode.FATAL))
    assert await states() == [ReportState.REFUSED if state is ReportState.QUEUED else state]


async def test_another_municipality_cannot_answer_for_this_one(database: str) -> None:
    plan, _ = await a_booked_plan()
    report = await only_report(plan)
    async with connected(database, role=APP_ROLE):
        assert NOT_OURS in (await answered(a_reply(UUID(str(report.id))), "0400")).said
        kept = await keep(an_answer(report, AckCode.OK), incoming(b"", OURS), "0400", now=NOW, vault=VAULT)
        assert not kept.known
    await execute("UPDATE inbound_message SET kind = NULL, note = NULL")
    async with connected(database, role=WORKER_ROLE):
        assert await interpret_waiting(now=NOW, vault=VAULT) == 2
    assert {message.note for message in await InboundMessage.all()} == {NOT_OURS}
    assert await states() == [ReportState.QUEUED]


async def test_an_acknowledgement_of_something_unknown_is_noted(sent: Report) -> None:
    sent.id = uuid4()
    assert (await received(an_answer(sent, AckCode.OK))).note == NOT_OURS


@pytest.mark.parametrize(
    "body",
    [
        b"<html>",
        b"\xff",
        b"[]",
        b'{"entry": [{"resource": {"resourceType": "Communication"}}]}',
        b'{"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Communication"}}]}',
        b'{"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "MessageHeader", "id": 7}}]}',
        orjson.dumps({"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Bundle"}}]}),
    ],
)
async def test_what_nobody_can_read_is_kept_and_changes_nothing(clean_world: None, body: bytes) -> None:
    message = await received(body)
    assert (message.kind, message.note) == (InboundKind.UNREADABLE, UNREADABLE)
    assert VAULT.open(message.body) == body


async def answered(body: bytes, municipality: str = HOME) -> Acknowledgement:
    found = incoming(body, OURS)
    assert found.message is not None
    receipt = await receive_message(body, found, found.message, municipality, ours=OURS, now=NOW, vault=VAULT)
    with_words = read_acknowledgement(receipt)
    assert with_words.answers == str(found.message.header)
    return with_words


async def test_a_reply_is_answered_ok_and_filed_with_its_case(sent: Report) -> None:
    reply, again = UUID(int=1, version=4), UUID(int=2, version=4)
    first = a_reply(UUID(str(sent.id)), header=reply)
    assert (await answered(first)).code is AckCode.OK
    message = await InboundMessage.get()
    assert (message.kind, VAULT.open(message.body)) == (None, first)
    assert await interpret_waiting(now=NOW, vault=VAULT) == 1
    await message.refresh_from_db()
    assert (message.kind, message.plan_id) == (InboundKind.REPLY, sent.plan_id)
    # The same bytes, and the same message in a new bundle: known, answered as before, kept once.
    for body in (first, a_reply(UUID(str(sent.id)), header=reply, bundle=again)):
        receipt = await answered(body)
        assert (receipt.code, receipt.said) == (AckCode.OK, "Received before")
    assert await InboundMessage.all().count() == 1


async def test_the_answer_is_valid_by_somebody_elses_judgement(sent: Report, judge: Judge) -> None:
    body = a_reply(UUID(str(sent.id)))
    found = incoming(body, OURS)
    assert found.message is not None
    for _ in range(2):
        receipt = await receive_message(body, found, found.message, HOME, ours=OURS, now=NOW, vault=VAULT)
        assert judge.faults(receipt) == []
    resources = [entry["resource"] for entry in orjson.loads(receipt)["entry"]]
    theirs = [one for one in resources if one["resourceType"] == "Provenance"]
    assert len(theirs) == 2
    known = {f"{one['resourceType']}/{one['id']}" for one in resources}
    assert {one["agent"][0]["who"]["reference"] for one in theirs} <= known


@pytest.mark.parametrize("missing", ["Patient", "Provenance", "Organization"])
async def test_what_breaks_the_profile_is_a_fatal_error_and_is_not_acted_on(sent: Report, missing: str) -> None:
    body = without(a_reply(UUID(str(sent.id))), missing)
    found = incoming(body, OURS)
    if missing == "Organization":
        assert found.message is None, "nobody could be answered"
        return
    assert [(await answered(body)).code for _ in range(2)] == [AckCode.FATAL] * 2
    assert await interpret_waiting(now=NOW, vault=VAULT) == 0
    assert (await InboundMessage.get()).kind is InboundKind.UNREADABLE


async def test_a_message_about_no_case_or_in_the_bundle_of_another_is_a_fatal_error(sent: Report) -> None:
    bundle = uuid4()
    assert NOT_OURS in (await answered(a_reply(uuid4(), bundle=bundle))).said
    assert "another message" in (await answered(a_reply(UUID(str(sent.id)), bundle=bundle))).said


async def test_a_message_for_somebody_else_says_so(sent: Report) -> None:
    body = a_reply(UUID(str(sent.id)))
    message = incoming(body, OURS.__class__("Andre", "999900000009999", OURS.gln)).message
    assert message is not None
    assert [issue.error for issue in message.issues] == ["MSG_Receiver_Identifier_UNKNOWN"]


async def test_what_cannot_be_kept_now_is_to_be_sent_again(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody holds the table; the request waits no longer than any other."""
    monkeypatch.setattr(ground, "LOCK_TIMEOUT_MS", 100)
    plan, _ = await a_booked_plan()
    body = a_reply(UUID(str((await only_report(plan)).id)))
    other = await connect(database)
    try:
        async with other.transaction():
            await other.execute("LOCK TABLE inbound_message IN EXCLUSIVE MODE")
            assert (await answered(body)).code is AckCode.TRANSIENT
    finally:
        await other.close()
    assert (await answered(body)).code is AckCode.OK


async def test_a_plan_is_taken_in_changed_and_replaced_and_what_is_played_back_changes_nothing(
    clean_world: None,
) -> None:
    first, later = a_bundle(a_request("gop-1")), a_bundle(a_request("gop-1", discharge="2026-11-12"))
    assert [(await received(body)).note for body in (first, later, later)] == ["taken 1", "changed 1", "changed 1"]
    await received(first)
    plan = await Plan.get(message_id="gop-1")
    assert str(plan.discharge_date) == "2026-11-12", "the older one was only played back"
    assert await CaseEvent.filter(plan_id=plan.id).order_by("sequence").values_list("kind", flat=True) == [
        "received", "plan_changed",
    ]  # fmt: skip
    assert await Report.filter(plan_id=plan.id).count() == 2
    message = await received(a_bundle(a_request("gop-2", replaces=[{"reference": "ServiceRequest/gop-1"}])))
    new = await Plan.get(message_id="gop-2")
    assert (message.kind, message.plan_id) == (InboundKind.PLANS, new.id)
    assert (new.linked_to_id, new.link) == (plan.id, PlanLink.REPLACES)


async def test_it_is_acted_on_by_one_alone(database: str) -> None:
    plan, _ = await a_booked_plan()
    kept = await keep(an_answer(await only_report(plan), AckCode.OK), incoming(b"", OURS), HOME, now=NOW, vault=VAULT)
    await execute("UPDATE inbound_message SET kind = NULL, note = NULL")
    acted = await asyncio.gather(*(interpret(kept.id, HOME, now=NOW, vault=VAULT) for _ in range(3)))
    assert sorted(acted) == [False, False, True]


async def test_what_makes_us_stumble_stops_nobody_and_is_tried_again_later(sent: Report) -> None:
    for number in range(2):
        answer = an_answer(sent, AckCode.OK) + b" " * number
        await keep(answer, incoming(answer, OURS), HOME, now=NOW, vault=VAULT)
    first = await InboundMessage.all().order_by("id").first()
    assert first is not None
    good = first.body
    await InboundMessage.filter(id=first.id).update(body=b"no key opens this")
    assert await interpret_waiting(now=NOW, vault=VAULT) == 1
    assert await interpret_waiting(now=NOW + MINUTE, vault=VAULT) == 0
    await InboundMessage.filter(id=first.id).update(body=good)
    assert await interpret_waiting(now=NOW + 11 * MINUTE, vault=VAULT) == 1


async def test_the_roles_may_do_what_they_have_to(database: str) -> None:
    plan, _ = await a_booked_plan()
    report = await only_report(plan)
    await Report.filter(id=report.id).update(state=ReportState.SENT)
    answer = an_answer(report, AckCode.OK)
    async with connected(database, role=APP_ROLE):
        await keep(answer, incoming(answer, OURS), HOME, now=NOW, vault=VAULT)
    async with connected(database, role=WORKER_ROLE):
        assert await interpret_waiting(now=NOW, vault=VAULT) == 1
    assert await states() == [ReportState.DELIVERED]
