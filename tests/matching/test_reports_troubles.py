"""Recipients that hang, answer nonsense, refuse, ask for patience, or are gone for a day: nothing is lost."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

import pytest
import pytest_asyncio

from matching.models import Report, ReportState
from matching.reports.channels import set_webhook
from matching.reports.delivery import deliver_due, deliver_plan
from matching.reports.retry import FEWEST_ATTEMPTS
from matching.reports.sending import Sender
from matching.reports.signing import new_secret
from providers.database import execute
from tests.support.bad_hosts import CUT_SHORT, DRIPPING, ENDLESS, GARBAGE, HUGE_HEADER, STALLING, a_bad_host
from tests.support.patience import WAIT
from tests.support.receivers import Receiver, a_receiver, address_of, bound_socket
from tests.support.reporting import a_booked_plan, a_sender, only_report, reports_go_to, states
from tests.support.worlds import HOME, NOW, VAULT, a_site

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ELSEWHERE = "0400"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with a_receiver() as receiver:
        yield receiver


@pytest.fixture
def other() -> Iterator[Receiver]:
    with a_receiver() as other:
        yield other


@pytest_asyncio.fixture
async def sender(database: str) -> AsyncIterator[Sender]:
    async with a_sender() as sender:
        yield sender


@pytest_asyncio.fixture
async def hasty(database: str) -> AsyncIterator[Sender]:
    """For recipients that are waited for in vain; whoever answers at all does so in far less."""
    async with a_sender(seconds=3.0) as sender:
        yield sender


async def test_who_hangs_delays_nobody_else(hasty: Sender, receiver: Receiver, other: Receiver) -> None:
    await reports_go_to(receiver)
    await reports_go_to(other, ELSEWHERE)
    receiver.trouble.hang = True
    site, there = await a_site(), await a_site(municipality=ELSEWHERE)
    at_home = [(await a_booked_plan(site))[0] for _ in range(5)]
    elsewhere, _ = await a_booked_plan(there, municipality=ELSEWHERE)
    async with asyncio.timeout(WAIT):
        wakes = [deliver_plan(plan.id, sender=hasty, now=NOW) for plan in [*at_home, elsewhere]]
        await asyncio.gather(*wakes, deliver_due(sender=hasty, now=NOW))
    assert await states(plan_id=elsewhere.id) == [ReportState.DELIVERED]
    # Two lanes lead to a recipient; who comes after their failure does not even try.
    assert len(receiver.requests) == 2
    assert await states(channel__municipality_id=HOME) == [ReportState.QUEUED] * 5
    answers = [report.answer for report in await Report.filter(attempts=1) if report.plan_id != elsewhere.id]
    assert answers == ["No answer: TimeoutError"] * 2


async def test_who_is_away_gets_one_attempt_a_round(sender: Sender) -> None:
    """A closed port: the first failure is enough to know, and the others keep their full number of attempts."""
    closed = bound_socket()
    await set_webhook(HOME, address_of(closed), new_secret(), vault=VAULT)
    site = await a_site()
    for _ in range(3):
        await a_booked_plan(site)
    assert await deliver_due(sender=sender, now=NOW) == 1
    assert await deliver_due(sender=sender, now=NOW + timedelta(seconds=20)) == 0
    assert await deliver_due(sender=sender, now=NOW + MINUTE) == 1
    assert await states() == [ReportState.QUEUED] * 3
    closed.close()


@pytest.mark.parametrize(("status", "text"), [(401, "401 Unauthorized"), (410, "410 Gone")])
async def test_a_refusal_is_final_and_stays_to_be_seen(
    sender: Sender, receiver: Receiver, status: int, text: str
) -> None:
    await reports_go_to(receiver)
    receiver.trouble.failures, receiver.trouble.status = 1, status
    plan, _ = await a_booked_plan()
    assert await deliver_plan(plan.id, sender=sender, now=NOW) == 1
    assert await deliver_due(sender=sender, now=NOW + 30 * DAY) == 0
    report = await only_report(plan)
    assert (report.state, report.answer, report.attempts) == (ReportState.REFUSED, text, 1)


async def test_a_redirect_is_not_followed_and_the_report_waits(
    sender: Sender, receiver: Receiver, other: Receiver
) -> None:
    await reports_go_to(receiver)
    receiver.trouble.failures, receiver.trouble.status = 1, 302
    receiver.trouble.headers = {"location": other.url}
    plan, _ = await a_booked_plan()
    await deliver_plan(plan.id, sender=sender, now=NOW)
    report = await only_report(plan)
    assert (report.state, report.answer, other.requests) == (ReportState.QUEUED, "302 Found", [])
    assert report.next_at > NOW


async def test_a_wrong_secret_is_refused_by_the_recipient(sender: Sender, receiver: Receiver) -> None:
    await set_webhook(HOME, receiver.url, new_secret(), vault=VAULT)
    plan, _ = await a_booked_plan()
    await deliver_plan(plan.id, sender=sender, now=NOW)
    assert (await only_report(plan)).answer == "401 Unauthorized"
    assert receiver.arrivals == []


async def test_a_page_for_people_is_no_delivery_and_the_report_waits(sender: Sender, receiver: Receiver) -> None:
    await reports_go_to(receiver)
    receiver.trouble.page = True
    plan, _ = await a_booked_plan()
    await deliver_plan(plan.id, sender=sender, now=NOW)
    report = await only_report(plan)
    assert (report.state, report.answer) == (ReportState.QUEUED, "200 OK, with a page for people")
    assert report.next_at > NOW


async def test_who_asks_for_patience_gets_it(sender: Sender, receiver: Receiver) -> None:
    await reports_go_to(receiver)
    receiver.trouble.failures, receiver.trouble.status = 1, 429
    receiver.trouble.headers = {"retry-after": "600"}
    site = await a_site()
    for _ in range(2):
        await a_booked_plan(site)
    assert await deliver_due(sender=sender, now=NOW) == 1
    wait = max(report.next_at for report in await Report.all()) - NOW
    assert timedelta(minutes=10) <= wait < timedelta(minutes=11)
    # It asked for itself, not for the one report: nothing else is sent to it either.
    assert await deliver_due(sender=sender, now=NOW + timedelta(minutes=9)) == 0
    receiver.now = NOW + timedelta(minutes=11)
    assert await deliver_due(sender=sender, now=receiver.now) == 2
    assert await states() == [ReportState.DELIVERED] * 2


async def test_down_for_a_day(sender: Sender) -> None:
    """Rounds every minute for a day against a closed port. When somebody listens again, everything goes at once."""
    port = bound_socket()
    secret = new_secret()
    await set_webhook(HOME, address_of(port), secret, vault=VAULT)
    site = await a_site()
    plans = [(await a_booked_plan(site))[0] for _ in range(3)]
    now = NOW
    while now < NOW + DAY:
        await deliver_due(sender=sender, now=now)
        now += MINUTE
    late, _ = await a_booked_plan(site, now=now)
    reports = await Report.all()
    assert {report.state for report in reports} == {ReportState.QUEUED}
    assert all(0 < report.attempts <= 12 for report in reports if report.plan_id != late.id)
    with a_receiver(now=now, listener=port) as receiver:
        await set_webhook(HOME, receiver.url, receiver.secret, vault=VAULT)
        # The rest ends within five minutes, whatever the single reports have to wait.
        for _ in range(6):
            await deliver_due(sender=sender, now=now)
            now += MINUTE
        told = sorted(arrival.report["case_reference"] for arrival in receiver.arrivals)
    assert told == sorted(plan.case_reference for plan in [*plans, late])
    assert await states() == [ReportState.DELIVERED] * 4


async def test_after_a_week_it_is_given_up_and_not_forgotten(sender: Sender) -> None:
    closed = bound_socket()
    await set_webhook(HOME, address_of(closed), new_secret(), vault=VAULT)
    plan, _ = await a_booked_plan()
    now = NOW
    while (report := await only_report(plan)).state is ReportState.QUEUED:
        now = max(now, report.next_at)
        await deliver_due(sender=sender, now=now)
        now += MINUTE
    assert report.state is ReportState.GIVEN_UP
    assert 7 * DAY <= now - NOW < 7 * DAY + 7 * HOUR
    assert await deliver_due(sender=sender, now=now + 30 * DAY) == 0
    closed.close()


async def test_a_week_alone_does_not_make_it_hopeless(sender: Sender) -> None:
    """A channel that was switched off for long, or a report sent anew, still gets its attempts."""
    closed = bound_socket()
    await set_webhook(HOME, address_of(closed), new_secret(), vault=VAULT)
    plan, _ = await a_booked_plan()
    assert await deliver_due(sender=sender, now=NOW + 8 * DAY) == 1
    assert (await only_report(plan)).state is ReportState.QUEUED
    await execute("UPDATE report SET attempts = $1", FEWEST_ATTEMPTS - 1)
    assert await deliver_due(sender=sender, now=NOW + 9 * DAY) == 1
    assert (await only_report(plan)).state is ReportState.GIVEN_UP
    closed.close()


@pytest.mark.parametrize(
    ("answer", "state", "text"),
    [
        (ENDLESS, ReportState.DELIVERED, "200 OK"),
        (GARBAGE, ReportState.QUEUED, "No answer: RemoteProtocolError"),
        (HUGE_HEADER, ReportState.QUEUED, "No answer: RemoteProtocolError"),
        (CUT_SHORT, ReportState.QUEUED, "No answer: RemoteProtocolError"),
    ],
    ids=["endless", "garbage", "huge header", "cut short"],
)
async def test_bytes_that_make_no_sense(sender: Sender, answer: bytes, state: ReportState, text: str) -> None:
    async with asyncio.timeout(WAIT):
        report, _ = await a_booked_plan_for(answer, sender, hang_up=answer == CUT_SHORT)
    assert (report.state, report.answer) == (state, text)


async def test_an_answer_that_comes_drop_by_drop_is_not_waited_for(database: str) -> None:
    async with a_sender(seconds=0.5) as sender:
        report, _ = await a_booked_plan_for(DRIPPING, sender)
    assert (report.state, report.answer) == (ReportState.QUEUED, "No answer: TimeoutError")


async def test_a_status_counts_even_if_its_body_never_comes(sender: Sender) -> None:
    report, requests = await a_booked_plan_for(STALLING, sender)
    assert (report.state, requests) == (ReportState.DELIVERED, 1)


async def a_booked_plan_for(answer: bytes, sender: Sender, *, hang_up: bool = False) -> tuple[Report, int]:
    async with a_bad_host(answer, hang_up=hang_up) as url:
        await set_webhook(HOME, url, new_secret(), vault=VAULT)
        plan, _ = await a_booked_plan()
        attempts = await deliver_plan(plan.id, sender=sender, now=NOW)
        return await only_report(plan), attempts


async def test_broken_encryption_is_no_answer(sender: Sender, receiver: Receiver) -> None:
    await set_webhook(HOME, receiver.url.replace("http:", "https:"), receiver.secret, vault=VAULT)
    plan, _ = await a_booked_plan()
    await deliver_plan(plan.id, sender=sender, now=NOW)
    report = await only_report(plan)
    assert (report.state, report.answer) == (ReportState.QUEUED, "No answer: SSLError")


@pytest.mark.parametrize(
    "url",
    ["http://localhost:99999/", "http://127.0.0.1:0/", "http://local\x07host/", "ftp://localhost/", "reports", ""],
)
async def test_an_address_that_is_none_waits_to_be_corrected(sender: Sender, url: str) -> None:
    await set_webhook(HOME, url, new_secret(), vault=VAULT)
    plan, _ = await a_booked_plan()
    await deliver_plan(plan.id, sender=sender, now=NOW)
    report = await only_report(plan)
    assert (report.state, report.attempts) == (ReportState.QUEUED, 1)


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_not base64!", "ørred"])
async def test_a_secret_that_is_none_waits_to_be_corrected(sender: Sender, receiver: Receiver, secret: str) -> None:
    await set_webhook(HOME, receiver.url, secret, vault=VAULT)
    plan, _ = await a_booked_plan()
    await deliver_plan(plan.id, sender=sender, now=NOW)
    report = await only_report(plan)
    assert (report.state, receiver.arrivals) == (ReportState.QUEUED, [])
    await reports_go_to(receiver)
    await deliver_due(sender=sender, now=NOW + MINUTE)
    assert await states() == [ReportState.DELIVERED]


async def test_a_secret_sealed_with_a_lost_key_waits(sender: Sender, receiver: Receiver) -> None:
    await reports_go_to(receiver)
    await execute("UPDATE report_channel SET secret = 'sealed with another key'")
    plan, _ = await a_booked_plan()
    await deliver_plan(plan.id, sender=sender, now=NOW)
    report = await only_report(plan)
    assert (report.state, report.answer) == (ReportState.QUEUED, "The channel's secret cannot be used")


async def test_several_workers_send_each_report_once(database: str, receiver: Receiver) -> None:
    await reports_go_to(receiver)
    site = await a_site()
    plans = [(await a_booked_plan(site))[0] for _ in range(20)]
    async with a_sender() as one, a_sender() as two:
        rounds = [deliver_due(sender=sender, now=NOW) for sender in (one, two) for _ in range(2)]
        wakes = [deliver_plan(plan.id, sender=sender, now=NOW) for plan in plans for sender in (one, two)]
        attempts = await asyncio.gather(*rounds, *wakes)
    assert sum(attempts) == len(receiver.requests) == 20
    assert {arrival.report["case_reference"] for arrival in receiver.arrivals} == {p.case_reference for p in plans}
    assert await states() == [ReportState.DELIVERED] * 20
