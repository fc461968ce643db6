"""What is due goes out, as the worker: once, by day, to the address of today, and never what is no longer true."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import pytest_asyncio

from matching.booking import book, cancel
from matching.messages import Addresses, Draft, queue_message, set_contact
from matching.messages.remedies import messages_of
from matching.models import Booking, Channel, Contact, Message, Plan, Recipient
from matching.reports.webhook import report_client
from matching.watching import Wanted, look_at_watches, watch
from portal.messages.config import MessageConfig
from portal.messages.mail import MailWay
from portal.messages.office import Office, open_office, read_stop_token
from portal.messages.sending import send_due
from providers.actors import CITIZEN
from providers.database import WORKER_ROLE, connected, transaction
from providers.scope import Scope
from tests.support.databases import Databases
from tests.support.gateways import TOKEN, Stub, a_gateway
from tests.support.mail_server import Mailbox, a_mail_server
from tests.support.receivers import THIS_MACHINE
from tests.support.worlds import NOW, POLICY, VAULT, a_citizen, a_plan, a_site, a_slot

LATER = NOW + timedelta(days=10)
WHEN = "torsdag den 26. november 2026 kl. 10.00"
BOTH = Addresses("proeve@borger.example", "+4500000000")


@pytest.fixture(scope="module")
def stub() -> Iterator[Stub]:
    with a_gateway() as stub:
        yield stub


@pytest_asyncio.fixture(scope="module")
async def module_url(databases: Databases) -> AsyncIterator[str]:
    async with databases.fresh() as url:
        yield url


@pytest_asyncio.fixture
async def url(module_url: str, stub: Stub) -> AsyncIterator[str]:
    """The module's database, with nothing to send; connected as its owner."""
    stub.statuses, stub.taken, stub.heads = [], [], []
    async with connected(module_url):
        await Message.all().delete()
        yield module_url


@pytest_asyncio.fixture
async def mailbox() -> AsyncIterator[Mailbox]:
    async with a_mail_server() as mailbox:
        yield mailbox


@pytest_asyncio.fixture
async def office(mailbox: Mailbox, stub: Stub) -> AsyncIterator[Office]:
    """Every way is there."""
    config = MessageConfig(
        "https://genvej.example",
        "00 00 00 00",
        mail=mailbox.server(),
        sms=stub.gateway,
        digital_post=stub.gateway,
        doctor=stub.gateway,
    )
    async with report_client(THIS_MACHINE) as client:
        office = open_office(config, client, vault=VAULT, policy=POLICY)
        yield replace(office, ways={**office.ways, Channel.EMAIL: MailWay(mailbox.server(), mailbox.trust, seconds=5)})


async def tell(url: str, office: Office, now: datetime = NOW) -> None:
    """What the worker does, in its own role."""
    async with connected(url, role=WORKER_ROLE):
        await send_due(office, lambda: now)


async def a_booked_plan(addresses: Addresses = BOTH, language: str = "da") -> tuple[Plan, Booking]:
    plan = await a_plan()
    await set_contact(plan.id, addresses, language, actor=CITIZEN, now=NOW, vault=VAULT)
    slot = await a_slot(await a_site(name="Knæklinikken"), LATER)
    return plan, await book(plan.id, slot.id, actor=CITIZEN, now=NOW, policy=POLICY)


async def states(plan: Plan) -> list[tuple[str, str, str | None]]:
    return [(told.template, told.state.value, told.answer) for told in await messages_of(plan.id) if told.attempts]


async def test_a_booking_is_told_by_both_ways_and_once(url: str, office: Office, mailbox: Mailbox, stub: Stub) -> None:
    plan, _ = await a_booked_plan()
    for _ in range(2):
        await tell(url, office)
    assert [mail["Subject"] for mail in mailbox.mails] == ["Din tid er bestilt"]
    (sms,) = stub.taken
    token = (await Contact.get(plan_id=plan.id)).stop_token
    stop = sms["text"].rpartition("/")[2]
    assert read_stop_token(stop) == token
    assert sms | {"id": ""} == {
        "id": "",
        "to": "+4500000000",
        "from": "Genvej",
        "text": f"Genvej: Du har en aftale {WHEN}. Kan du ikke komme, så ring på 00 00 00 00, eller flyt eller aflys "
        f"selv. Se det hele på https://genvej.example Stop: https://genvej.example/stop/{stop}",
    }
    assert (stub.heads[0]["authorization"], stub.heads[0]["idempotency-key"]) == (f"Bearer {TOKEN}", sms["id"])


async def test_the_day_before_it_reminds_once_and_not_at_night(url: str, office: Office, mailbox: Mailbox) -> None:
    plan, _ = await a_booked_plan(Addresses("proeve@borger.example"), "en")
    await tell(url, office)
    for moment in (LATER - timedelta(hours=34), LATER - timedelta(days=1), LATER - timedelta(hours=23)):
        await tell(url, office, moment)
    assert [mail["Subject"] for mail in mailbox.mails] == ["Your appointment is booked"] + [
        "Remember your appointment"
    ] * 2
    late = NOW.replace(hour=20, minute=30)
    async with transaction(Scope(plan=plan.id)):
        await queue_message(
            Draft("night", "booked", Channel.EMAIL, Recipient.CITIZEN, plan=plan.id, quiet=True), now=late
        )
    await tell(url, office, late)
    assert await Message.filter(once="night", state="queued", attempts=0).count() == 1


async def test_who_waits_for_a_time_is_told_of_it_with_a_way_out(url: str, office: Office, mailbox: Mailbox) -> None:
    plan, site = await a_plan(), await a_site()
    await set_contact(plan.id, Addresses("proeve@borger.example"), "da", actor=CITIZEN, now=NOW, vault=VAULT)
    await watch(plan.id, Wanted(site_id=site.pk), actor=CITIZEN, now=NOW, policy=POLICY)
    await a_slot(site, LATER)
    soon = NOW + timedelta(minutes=1)
    async with connected(url, role=WORKER_ROLE):
        assert await look_at_watches(soon, policy=POLICY, vault=VAULT) >= 1
    await tell(url, office, soon)
    (mail,) = mailbox.mails
    said = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert mail["Subject"] == "Der er kommet en ledig tid"
    assert f"Der er en ledig tid {WHEN}." in said
    assert "https://genvej.example/stop/" in said


async def test_what_was_cancelled_meanwhile_is_not_announced(url: str, office: Office, mailbox: Mailbox) -> None:
    plan, booking = await a_booked_plan(Addresses("proeve@borger.example"))
    await cancel(plan.id, booking.id, actor=CITIZEN, now=NOW, policy=POLICY)
    await tell(url, office)
    assert [mail["Subject"] for mail in mailbox.mails] == ["Din tid er aflyst"]
    assert ("booked", "dropped", "Not true any more") in await states(plan)


async def test_a_new_address_counts_for_what_is_queued_and_none_stops_it(
    url: str, office: Office, mailbox: Mailbox
) -> None:
    plan, _ = await a_booked_plan(Addresses("gammel@borger.example"))
    mailbox.answers = ["451 come again"]
    await tell(url, office)
    await set_contact(plan.id, Addresses("ny@borger.example"), "da", actor=CITIZEN, now=NOW, vault=VAULT)
    await tell(url, office, NOW + timedelta(minutes=1))
    assert [mail["To"] for mail in mailbox.mails] == ["ny@borger.example"]
    other, _ = await a_booked_plan(Addresses("proeve@borger.example"))
    await set_contact(other.id, Addresses(), "da", actor=CITIZEN, now=NOW, vault=VAULT)
    await tell(url, office)
    assert await states(other) == [("booked", "dropped", "No address any more")]


async def test_a_refusal_is_seen_and_patience_ends(url: str, office: Office, mailbox: Mailbox) -> None:
    plan, _ = await a_booked_plan(Addresses("proeve@borger.example"))
    mailbox.answers = ["550 unknown"]
    await tell(url, office)
    assert await states(plan) == [("booked", "refused", "SMTP 550")]
    other, _ = await a_booked_plan(Addresses("proeve@borger.example"))
    mailbox.answers = ["451 come again"] * 5
    now = NOW
    for pause in (0.0, 0.1, 0.5, 2, 60):
        now += timedelta(hours=pause)
        await tell(url, office, now)
    assert await states(other) == [("booked", "given_up", "SMTP 451")]


async def test_a_gateway_that_stumbles_is_tried_again_and_one_that_refuses_is_not(
    url: str, office: Office, stub: Stub
) -> None:
    plan, _ = await a_booked_plan(Addresses(None, "+4500000000"))
    stub.statuses = [503, 422]
    await tell(url, office)
    await tell(url, office, NOW + timedelta(seconds=30))
    assert await states(plan) == [("booked", "refused", "422 Unprocessable Entity")]
    assert len({head["idempotency-key"] for head in stub.heads}) == 1


async def test_a_way_that_is_not_set_up_leaves_the_message_waiting(url: str, office: Office) -> None:
    plan, _ = await a_booked_plan()
    await tell(url, replace(office, ways={Channel.EMAIL: office.ways[Channel.EMAIL]}))
    waiting = [told.channel for told in await messages_of(plan.id) if told.state == "queued" and told.due_at == NOW]
    assert waiting == [Channel.SMS]


async def test_the_doctor_and_digital_post_know_whom_it_is_about_and_the_rest_is_printed(
    url: str, office: Office, stub: Stub
) -> None:
    citizen = a_citizen()
    plan = await a_plan(citizen=citizen)
    letter = VAULT.seal(b"%PDF letter")
    post = Draft("post", "letter", Channel.DIGITAL_POST, Recipient.CITIZEN, plan=plan.id, content=letter)
    async with transaction(Scope(plan=plan.id)):
        await queue_message(post, now=NOW)
    await tell(url, office)
    (sent,) = stub.taken
    assert (sent["cpr"], sent["title"], sent["pdf"]) == (citizen.cpr, "Brev fra Genvej", "JVBERiBsZXR0ZXI=")
    assert (await Message.get(once="post")).content is None
    stub.statuses = [410]
    async with transaction(Scope(plan=plan.id)):
        await queue_message(replace(post, once="exempt"), now=NOW)
    await tell(url, office)
    waiting = await Message.get(once="exempt")
    assert (waiting.channel, waiting.state, waiting.answer) == (Channel.PRINT, "queued", "410 Gone")
    assert VAULT.open(waiting.content or b"") == b"%PDF letter"


async def test_the_clinic_hears_nothing_of_whom_it_is_about(url: str, office: Office, mailbox: Mailbox) -> None:
    plan = await a_plan()
    slot = await a_slot(await a_site(notice_email="hold@klinik.example"), LATER)
    await book(plan.id, slot.id, actor=CITIZEN, now=NOW, policy=POLICY)
    await tell(url, office)
    (mail,) = mailbox.mails
    assert (mail["To"], mail["Subject"], mail["List-Unsubscribe"]) == (
        "hold@klinik.example",
        "Nyt om en tid hos jer",
        None,
    )
