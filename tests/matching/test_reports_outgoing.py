"""An address that leads inside is not called, whatever its name led to before, and its report is not lost."""

import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from ipaddress import ip_network

import httpx
import pytest

from matching.models import ChannelKind, Plan, ReportState
from matching.reports import tokens
from matching.reports.channels import set_channel, set_webhook
from matching.reports.credentials import Credentials, OAuth
from matching.reports.delivery import deliver_due
from matching.reports.sending import Sender
from matching.reports.signing import new_secret
from matching.reports.trying import try_channel
from matching.reports.webhook import report_client
from providers.actors import Actor
from providers.models import Municipality, Provider
from providers.outgoing import outgoing_client
from providers.scope import Scope
from providers.targets import Targets
from tests.support.bad_hosts import DRIPPING, ENDLESS, a_bad_host
from tests.support.cases_reported import HOME as HOME_PARTY
from tests.support.cases_reported import SENDER
from tests.support.fhir_recipient import FhirRecipient, a_fhir_recipient
from tests.support.receivers import THIS_MACHINE, a_receiver
from tests.support.reporting import a_booked_plan, only_report, reports_go_to, states
from tests.support.worlds import HOME, NOW, POLICY, VAULT, a_citizen

CASEWORKER = Actor("Prøve Sagsbehandler", "visitator", HOME, Scope(municipality=HOME))
OUTSIDE, INSIDE = "127.0.0.1", "127.0.0.2"
ONE_HOST = Targets(networks=(ip_network(OUTSIDE),))
"""The one address that may be called stands for the internet, and its neighbour for a host of our own network."""


@pytest.fixture(scope="module")
def recipient() -> Iterator[FhirRecipient]:
    with a_fhir_recipient() as recipient:
        yield recipient


@asynccontextmanager
async def a_sender_that_is_told(*answers: str) -> AsyncIterator[tuple[Sender, list[str]]]:
    """A sender whose name server gives one answer after the other, the last one for ever; and what it was asked."""
    asked: list[str] = []

    async def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return [answers[min(len(asked), len(answers)) - 1]]

    async with outgoing_client(ONE_HOST, timeout=httpx.Timeout(5), resolve=resolve) as client:
        yield Sender(client, VAULT, POLICY, medcom=SENDER), asked


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_a_report_waits_until_its_address_may_be_called(database: str, host: str) -> None:
    with a_receiver() as receiver:
        await set_webhook(HOME, receiver.url.replace("127.0.0.1", host), receiver.secret, vault=VAULT)
        plan, _ = await a_booked_plan()
        async with report_client(Targets()) as strict:
            await deliver_due(sender=Sender(strict, VAULT, POLICY), now=NOW)
        report = await only_report(plan)
        assert (report.state, report.answer) == (ReportState.QUEUED, "The address may not be called")
        assert receiver.requests == []
        await reports_go_to(receiver)
        async with report_client(THIS_MACHINE) as client:
            await deliver_due(sender=Sender(client, VAULT, POLICY), now=report.next_at + timedelta(seconds=1))
        assert (await only_report(plan)).state is ReportState.DELIVERED


@pytest.mark.parametrize("kind", [ChannelKind.WEBHOOK, ChannelKind.MEDCOM, ChannelKind.GATEWAY])
async def test_a_name_that_leads_inside_later_is_called_no_more(
    database: str, recipient: FhirRecipient, kind: ChannelKind
) -> None:
    """It is asked for once for each connection, and the number that was judged is called: nothing lies between."""
    port = await told_at_a_name(kind, recipient)
    with socket.create_server((INSIDE, port)) as inside:
        inside.setblocking(False)
        async with a_sender_that_is_told(OUTSIDE, INSIDE) as (sender, asked):
            first = await a_reportable_plan()
            await deliver_due(sender=sender, now=NOW)
            assert (await states(plan_id=first.id), asked) == ([ReportState.DELIVERED], ["kommune.example"])
        async with a_sender_that_is_told(INSIDE) as (sender, asked):
            second = await a_reportable_plan()
            await deliver_due(sender=sender, now=NOW)
            report = await only_report(second)
            assert (report.state, report.answer) == (ReportState.QUEUED, "The address may not be called")
        with pytest.raises(BlockingIOError):
            inside.accept()


async def told_at_a_name(kind: ChannelKind, recipient: FhirRecipient) -> int:
    """A channel of the home municipality that leads to a name; the answer is the recipient's port."""
    await Municipality.filter(code=HOME).update(sor=HOME_PARTY.sor, gln=HOME_PARTY.gln)
    url = recipient.url.replace(OUTSIDE, "kommune.example")
    credentials = Credentials(secret=new_secret() if kind is ChannelKind.WEBHOOK else None)
    await set_channel(kind, url, credentials, actor=CASEWORKER, now=NOW, vault=VAULT)
    return httpx.URL(url).port or 0


async def a_reportable_plan() -> Plan:
    plan, _ = await a_booked_plan(citizen=a_citizen())
    await Provider.all().update(sor="999900000001003")
    return plan


def answers(status: int, body: str, *headers: str) -> bytes:
    lines = (f"HTTP/1.1 {status} Said", f"content-length: {len(body)}", *headers, "", body)
    return "\r\n".join(lines).encode()


TOKEN = '{"access_token": "good"}'


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (answers(302, TOKEN, f"location: http://{INSIDE}/"), "the service answered 302"),
        (answers(400, TOKEN), "the service answered 400"),
        (answers(200, '{"access_token": "a\\r\\nX-Other: b"}'), "the service answered 200"),
        (answers(200, '{"access_token": 7}'), "the service answered 200"),
        (answers(200, "[]"), "not an object"),
        (answers(200, "<token/>"), "JSONDecodeError"),
        (ENDLESS, "ValueError"),
        (DRIPPING, "TimeoutError"),
    ],
    ids=["redirect", "refusal", "header", "number", "list", "xml", "endless", "dripping"],
)
async def test_a_token_service_that_gives_none_delays_the_report_and_no_more(
    database: str, monkeypatch: pytest.MonkeyPatch, answer: bytes, said: str
) -> None:
    if answer == DRIPPING:
        # Only this one is waited for in vain; the others must be read to the end, however busy the machine is.
        monkeypatch.setattr(tokens, "_SECONDS", 0.3)
    async with a_bad_host(answer) as url, report_client(THIS_MACHINE) as client:
        with pytest.raises(tokens.NoToken, match=said):
            await tokens.Tokens().token(1, OAuth(token_url=url, client_id="genvej", client_secret="x"), client, NOW)


@pytest.mark.parametrize("life", ["1e400", "9" * 4000, "-1e9", '"three"', "null", "[]"])
async def test_a_token_is_kept_for_a_bearable_time_whatever_is_said_of_it(life: str) -> None:
    body = f'{{"access_token": "good", "expires_in": {life}}}'
    async with a_bad_host(answers(200, body)) as url, report_client(THIS_MACHINE) as client:
        oauth = OAuth(token_url=url, client_id="genvej", client_secret="x")
        assert await tokens.Tokens().token(1, oauth, client, NOW) == "good"


async def test_a_report_outlives_a_token_service_that_leads_inside(database: str, recipient: FhirRecipient) -> None:
    await told_at_a_name(ChannelKind.GATEWAY, recipient)
    oauth = OAuth(token_url=f"http://{INSIDE}:1/token", client_id="genvej", client_secret="x")
    channel = await set_channel(
        ChannelKind.GATEWAY, recipient.url, Credentials(oauth=oauth), actor=CASEWORKER, now=NOW, vault=VAULT
    )
    plan = await a_reportable_plan()
    async with a_sender_that_is_told(INSIDE) as (sender, _):
        await deliver_due(sender=sender, now=NOW)
        report = await only_report(plan)
        assert (report.state, report.answer) == (ReportState.QUEUED, "No token: TargetRefused")
        assert (await try_channel(channel.id, sender=sender, now=NOW)).text == "No token: TargetRefused"
