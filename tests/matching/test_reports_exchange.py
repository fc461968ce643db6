"""Other systems than a webhook: messages that are acknowledged, reports behind a token, and what comes back."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import orjson
import pytest
import pytest_asyncio

from matching.booking import book, cancel
from matching.booking.waiting import stop_waiting, wait
from matching.casework.assessing import Assessment, assess
from matching.citizens import Citizen
from matching.models import (
    CaseEvent,
    ChannelKind,
    Plan,
    Report,
    ReportAttempt,
    ReportDifference,
    ReportState,
)
from matching.reports.channels import (
    ChannelIncomplete,
    ChannelUnknown,
    rotate_secret,
    set_channel,
    set_webhook,
    switch_channel,
)
from matching.reports.credentials import Credentials, OAuth, open_credentials
from matching.reports.delivery import deliver_due
from matching.reports.formats.acknowledgement import AckCode
from matching.reports.reconciling import Reconciled, reconcile_one
from matching.reports.sending import Sender
from matching.reports.signing import new_secret, signed_headers
from matching.reports.webhook import report_client
from matching.states import StopReason
from providers.actors import CITIZEN, Actor
from providers.database import execute
from providers.models import Municipality, Provider
from providers.scope import Scope
from tests.support.cases_reported import HOME as HOME_PARTY
from tests.support.cases_reported import SENDER
from tests.support.fhir_recipient import FhirRecipient, a_fhir_recipient, acknowledgement_of
from tests.support.judge import Judge
from tests.support.messages_in import the_published_example
from tests.support.receivers import THIS_MACHINE
from tests.support.reporting import a_booked_plan, only_report, received, states
from tests.support.worlds import HOME, LEVEL, NOW, PACKAGE, POLICY, TODAY, VAULT, a_citizen, a_plan, a_site, a_slot

CASEWORKER = Actor("Prøve Sagsbehandler", "visitator", HOME, Scope(municipality=HOME))
HALF_HOUR = timedelta(minutes=31)


@pytest.fixture(scope="module")
def recipient() -> Iterator[FhirRecipient]:
    with a_fhir_recipient() as recipient:
        yield recipient


@pytest_asyncio.fixture
async def sender(database: str, recipient: FhirRecipient) -> AsyncIterator[Sender]:
    recipient.says, recipient.mixes_up = AckCode.OK, False
    recipient.bundles.clear()
    recipient.authorisations.clear()
    await Municipality.filter(code=HOME).update(sor=HOME_PARTY.sor, gln=HOME_PARTY.gln)
    async with report_client(THIS_MACHINE, seconds=5) as client:
        yield Sender(client, VAULT, POLICY, medcom=SENDER, seconds=5)


async def told_by(kind: ChannelKind, recipient: FhirRecipient, credentials: Credentials | None = None) -> None:
    await set_channel(kind, recipient.url, credentials or Credentials(), actor=CASEWORKER, now=NOW, vault=VAULT)


async def a_told_plan(citizen: Citizen | None = None) -> Plan:
    plan, _ = await a_booked_plan(citizen=citizen)
    await Provider.all().update(sor="999900000001003")
    return plan


def header_of(bundle: dict[str, Any]) -> str:
    return str(bundle["entry"][0]["resource"]["id"])


async def test_an_acknowledged_message_is_delivered_and_a_change_is_a_reply(
    sender: Sender, recipient: FhirRecipient, judge: Judge
) -> None:
    await told_by(ChannelKind.MEDCOM, recipient)
    plan, booking = await a_booked_plan(citizen=a_citizen())
    await deliver_due(sender=sender, now=NOW)
    assert await states(plan_id=plan.id) == [ReportState.DELIVERED]
    await cancel(plan.id, booking.id, reason=StopReason.OPTED_OUT, actor=CITIZEN, now=NOW, policy=POLICY)
    await deliver_due(sender=sender, now=NOW)
    first, second = recipient.bundles
    assert [len(thread(bundle)) for bundle in (first, second)] == [1, 2]
    assert thread(second)[0] == thread(first)[0]
    assert judge.faults(orjson.dumps(second)) == []


async def test_the_published_example_comes_in_and_goes_out_with_the_same_facts(
    sender: Sender, recipient: FhirRecipient
) -> None:
    """KL's example for § 140, first report: received 23 May 2022, discharge the 24th, offered the 28th, individual."""
    await told_by(ChannelKind.GATEWAY, recipient)
    message = await received(the_published_example())
    assert message.plan_id is not None
    plan = await Plan.get(id=message.plan_id)
    await assess(plan.id, Assessment(PACKAGE, LEVEL), actor=CASEWORKER, now=NOW, seen=1)
    slot = await a_slot(await a_site(), NOW + timedelta(days=2))
    await book(plan.id, slot.id, actor=CITIZEN, now=NOW, policy=POLICY)
    await Provider.all().update(sor="999900000001003")
    await deliver_due(sender=sender, now=NOW)
    for bundle in recipient.bundles:
        request = request_of(bundle)
        codes = [coding["code"] for category in request["category"] for coding in category["coding"]]
        assert codes == ["ffd81f78-352e-4589-a195-5350dd1df2a4", "8b962281-2ab6-4b10-9c91-4bac592d6d49"]
        assert (request["authoredOn"], request["occurrencePeriod"]) == ("2022-05-23", {"start": "2022-05-28"})
        assert request["extension"][0]["valueDate"] == "2022-05-24"
    assert b"8d12d74c-17da-47a7-a4fe-e69dbaec0a8c" in orjson.dumps(recipient.bundles[-1])


async def test_a_citizen_who_waits_is_reported_as_having_declined_the_free_choice_until_they_do_not(
    sender: Sender, recipient: FhirRecipient, judge: Judge
) -> None:
    """Of KL's codes it is the one for a citizen who could choose and does not: the plan is on hold, and says why."""
    await told_by(ChannelKind.GATEWAY, recipient)
    await told_by(ChannelKind.MEDCOM, recipient)
    plan = await a_plan(discharge_date=TODAY - timedelta(days=8), citizen=a_citizen())
    await wait(plan.id, actor=CITIZEN, now=NOW)
    await stop_waiting(plan.id, actor=CITIZEN, now=NOW)
    await deliver_due(sender=sender, now=NOW)
    assert set(await states(plan_id=plan.id)) == {ReportState.DELIVERED}
    reports = [bundle for bundle in recipient.bundles if bundle["type"] == "collection"]
    said = [request_of(bundle) for bundle in reports]
    assert [(one["status"], reasons_of(one)) for one in said] == [
        ("on-hold", [("46a6bc1f-bfe8-4390-a71f-44ad4a384b9d", "Frit valg afslået")]), ("active", []),
    ]  # fmt: skip
    last = next(bundle for bundle in reversed(recipient.bundles) if bundle["type"] == "message")
    texts = thread(last)
    assert "Borgeren har valgt at vente." in texts[0]
    assert "Frit valg afslået" in texts[0]
    assert "Frit valg afslået" not in texts[1]
    assert [judge.faults(orjson.dumps(bundle)) for bundle in recipient.bundles] == [[]] * 4


def request_of(bundle: dict[str, Any]) -> dict[str, Any]:
    (request,) = (e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == "ServiceRequest")
    return dict(request)


def reasons_of(request: dict[str, Any]) -> list[tuple[str, str]]:
    found = [one["valueCodeableConcept"] for one in request["extension"] if one["url"].endswith("statusReason")]
    return [(coding["code"], coding["display"]) for reason in found for coding in reason["coding"]]


def thread(bundle: dict[str, Any]) -> list[str]:
    (message,) = (e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == "Communication")
    return [payload["contentString"] for payload in message["payload"]]


async def test_every_attempt_is_kept_with_its_bytes_sealed(sender: Sender, recipient: FhirRecipient) -> None:
    await told_by(ChannelKind.MEDCOM, recipient)
    citizen = a_citizen()
    plan = await a_told_plan(citizen)
    await deliver_due(sender=sender, now=NOW)
    (attempt,) = await ReportAttempt.filter(plan_id=plan.id)
    assert attempt.body is not None
    assert citizen.cpr.encode() not in attempt.body
    assert orjson.loads(VAULT.open(attempt.body)) == recipient.bundles[0]
    assert citizen.cpr.encode() not in (await only_report(plan)).body


async def test_what_nobody_acknowledges_is_sent_again_with_the_same_header_and_then_given_up(
    sender: Sender, recipient: FhirRecipient
) -> None:
    recipient.says = None
    await told_by(ChannelKind.MEDCOM, recipient)
    plan = await a_told_plan()
    seen = []
    for half_hours in range(5):
        await deliver_due(sender=sender, now=NOW + half_hours * HALF_HOUR)
        seen += await states(plan_id=plan.id)
    assert seen == [ReportState.SENT] * 3 + [ReportState.GIVEN_UP] * 2
    assert len(recipient.bundles) == 4
    assert len({header_of(bundle) for bundle in recipient.bundles}) == 1
    assert len({bundle["id"] for bundle in recipient.bundles}) == len(recipient.bundles)


async def test_the_acknowledgement_of_another_message_says_nothing_of_this_one(
    sender: Sender, recipient: FhirRecipient
) -> None:
    recipient.mixes_up = True
    await told_by(ChannelKind.MEDCOM, recipient)
    plan = await a_told_plan()
    await deliver_due(sender=sender, now=NOW)
    report = await only_report(plan)
    assert (report.state, report.answer) == (ReportState.SENT, "200 OK, acknowledges another message")
    recipient.mixes_up = False
    await deliver_due(sender=sender, now=NOW + HALF_HOUR)
    assert await states(plan_id=plan.id) == [ReportState.DELIVERED]


async def test_a_later_change_waits_for_the_acknowledgement_of_an_earlier_one(
    sender: Sender, recipient: FhirRecipient
) -> None:
    recipient.says = None
    await told_by(ChannelKind.MEDCOM, recipient)
    plan, booking = await a_booked_plan()
    await deliver_due(sender=sender, now=NOW)
    await cancel(plan.id, booking.id, reason=StopReason.OPTED_OUT, actor=CITIZEN, now=NOW, policy=POLICY)
    await deliver_due(sender=sender, now=NOW)
    assert await states(plan_id=plan.id) == [ReportState.SENT, ReportState.QUEUED]
    await received(acknowledgement_of(recipient.bundles[0], AckCode.OK))
    await deliver_due(sender=sender, now=NOW)
    assert await states(plan_id=plan.id) == [ReportState.DELIVERED, ReportState.SENT]


async def test_a_report_goes_to_the_gateway_with_a_token_that_is_fetched_once(
    sender: Sender, recipient: FhirRecipient
) -> None:
    oauth = OAuth(token_url=recipient.token_url, client_id="genvej", client_secret="not a real one")
    await told_by(ChannelKind.GATEWAY, recipient, Credentials(oauth=oauth))
    await a_told_plan()
    await a_told_plan()
    before = recipient.tokens_given
    await deliver_due(sender=sender, now=NOW)
    assert recipient.tokens_given == before + 1
    assert len(set(recipient.authorisations)) == 1
    assert recipient.authorisations[0].startswith("Bearer token-")
    assert {bundle["type"] for bundle in recipient.bundles} == {"collection"}
    assert set(await states()) == {ReportState.DELIVERED}


async def test_what_cannot_be_written_says_what_is_missing_and_delays_nobody(
    sender: Sender, recipient: FhirRecipient
) -> None:
    await told_by(ChannelKind.GATEWAY, recipient)
    site = await a_site()
    await Provider.all().update(sor=None)
    plan, _ = await a_booked_plan(site)
    await deliver_due(sender=sender, now=NOW)
    report = await only_report(plan)
    assert report.state is ReportState.QUEUED
    assert (report.answer or "").startswith("Not written yet: SOR")
    await Provider.all().update(sor="999900000001003")
    await deliver_due(sender=sender, now=NOW + HALF_HOUR)
    assert await states(plan_id=plan.id) == [ReportState.DELIVERED]


async def test_two_channels_are_told_side_by_side(sender: Sender, recipient: FhirRecipient) -> None:
    await told_by(ChannelKind.GATEWAY, recipient)
    await told_by(ChannelKind.MEDCOM, recipient)
    await set_channel(ChannelKind.FEED, "", Credentials(), actor=CASEWORKER, now=NOW, vault=VAULT)
    plan = await a_told_plan()
    await deliver_due(sender=sender, now=NOW)
    assert await Report.filter(plan_id=plan.id, state=ReportState.DELIVERED).count() == 2
    (fetched,) = await Report.filter(plan_id=plan.id, channel_id=None)
    assert fetched.waits_for_id == HOME


async def test_a_resting_channel_is_not_told(sender: Sender, recipient: FhirRecipient) -> None:
    await told_by(ChannelKind.MEDCOM, recipient)
    await switch_channel(ChannelKind.MEDCOM, active=False, actor=CASEWORKER, now=NOW)
    plan = await a_told_plan()
    await deliver_due(sender=sender, now=NOW)
    assert recipient.bundles == []
    assert (await only_report(plan)).waits_for_id == HOME
    with pytest.raises(ChannelUnknown):
        await switch_channel(ChannelKind.NOTICE, active=True, actor=CASEWORKER, now=NOW)


@pytest.mark.parametrize(
    ("kind", "url"),
    [
        (ChannelKind.MEDCOM, "ftp://example.org"),
        (ChannelKind.GATEWAY, "https://"),
        (ChannelKind.NOTICE, "mailto:"),
        (ChannelKind.NOTICE, "https://portal.example"),
        (ChannelKind.FEED, "https://portal.example"),
    ],
)
async def test_an_address_that_leads_nowhere_is_refused(database: str, kind: ChannelKind, url: str) -> None:
    with pytest.raises(ChannelIncomplete):
        await set_channel(kind, url, Credentials(), actor=CASEWORKER, now=NOW, vault=VAULT)


async def test_a_rotated_secret_signs_beside_the_old_one_for_a_while(database: str) -> None:
    old = new_secret()
    channel = await set_webhook(HOME, "http://127.0.0.1/reports", old, vault=VAULT)
    new = await rotate_secret(overlap=timedelta(days=7), actor=CASEWORKER, now=NOW, vault=VAULT)
    await channel.refresh_from_db()
    credentials = open_credentials(channel.secret, VAULT)
    assert credentials.secrets(NOW + timedelta(days=6)) == [new, old]
    assert credentials.secrets(NOW + timedelta(days=7)) == [new]
    signatures = signed_headers(uuid4(), b"{}", credentials.secrets(NOW), NOW)["webhook-signature"]
    assert len(signatures.split()) == 2


async def test_what_the_municipality_has_not_confirmed_is_filed_and_closed_when_it_has(
    sender: Sender, recipient: FhirRecipient
) -> None:
    await told_by(ChannelKind.MEDCOM, recipient)
    await a_told_plan()
    tomorrow = NOW + timedelta(days=1, minutes=1)
    assert await reconcile_one(HOME, tomorrow) == Reconciled(HOME, 0, 1)
    assert await reconcile_one(HOME, tomorrow) == Reconciled(HOME, 0, 1)
    await deliver_due(sender=sender, now=tomorrow)
    assert await reconcile_one(HOME, tomorrow) == Reconciled(HOME, 0, 0)
    assert await ReportDifference.filter(settled_at__isnull=True).count() == 0


async def test_a_change_that_was_never_told_is_found_and_told(sender: Sender, recipient: FhirRecipient) -> None:
    await told_by(ChannelKind.MEDCOM, recipient)
    plan = await a_told_plan()
    await CaseEvent.create(plan_id=plan.id, sequence=9, kind="deferred", at=NOW, actor="citizen")
    tomorrow = NOW + timedelta(days=1, minutes=1)
    assert (await reconcile_one(HOME, tomorrow)).untold == 1
    await deliver_due(sender=sender, now=tomorrow)
    assert await reconcile_one(HOME, tomorrow) == Reconciled(HOME, 0, 0)


@pytest.mark.parametrize(
    ("constraint", "bad"),
    [
        ("report_attempt_has_answer", "UPDATE report_attempt SET answer = ''"),
        (
            "report_difference_once",
            "INSERT INTO report_difference (plan_id, channel_id, sequence, kind, found_at) SELECT plan_id, channel_id,"
            " sequence, kind, found_at FROM report_difference",
        ),
        (
            "inbound_message_once",
            "INSERT INTO inbound_message (municipality_id, received_at, digest, body) SELECT municipality_id,"
            " received_at, digest, body FROM inbound_message",
        ),
        (
            "inbound_header_once",
            "INSERT INTO inbound_message (municipality_id, received_at, digest, body, header) SELECT municipality_id,"
            " received_at, n::text, body, 'the same' FROM inbound_message, generate_series(1, 2) n",
        ),
    ],
)
async def test_the_bad_row_meets_its_constraint(
    sender: Sender, recipient: FhirRecipient, constraint: str, bad: str
) -> None:
    await told_by(ChannelKind.MEDCOM, recipient)
    await a_told_plan()
    await reconcile_one(HOME, NOW + timedelta(days=2))
    await deliver_due(sender=sender, now=NOW)
    await received(b"[]")
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as broken:
        await execute(bad)
    assert broken.value.constraint_name == constraint
