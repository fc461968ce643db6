"""A manager sees what was sent and whether it arrived, sends it again or gives it up, and sets up the channels."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest_asyncio

from matching.models import ChannelKind, Plan, Report, ReportAttempt, ReportChannel, ReportState
from matching.reports.credentials import open_credentials
from matching.reports.sending import Sender
from matching.reports.trying import try_channel
from matching.reports.webhook import report_client
from providers.accounts import Post
from providers.roles import Role
from tests.support.apps import Clock, running_app
from tests.support.databases import Databases
from tests.support.pages import Page, Visitor, text
from tests.support.receivers import THIS_MACHINE, a_receiver
from tests.support.reporting import a_booked_plan
from tests.support.staff import a_colleague
from tests.support.staff_pages import at_a_browser, sign_in_as
from tests.support.worlds import HOME, NOW, POLICY, VAULT

PATH = "/kommune/rapporter"


@dataclass
class Desk:
    """A manager of HOME, and a case of theirs whose report failed."""

    visitor: Visitor
    plan: Plan
    report: Report


@pytest_asyncio.fixture(scope="module")
async def desk(databases: Databases) -> AsyncIterator[Desk]:
    async with databases.fresh() as url, running_app(url, Clock()) as app:
        plan, _ = await a_booked_plan()
        report = await Report.get(plan_id=plan.id)
        visitor = at_a_browser(app)
        await sign_in_as(visitor, await a_colleague(Post(Role.MANAGER, municipality=HOME)))
        yield Desk(visitor, plan, report)


async def fails(report: Report) -> None:
    await Report.filter(id=report.id).update(state=ReportState.REFUSED, answer="400 Bad Request", attempts=1)
    await ReportAttempt.filter(report_id=report.id).delete()
    await ReportAttempt.create(
        report_id=report.id,
        plan_id=report.plan_id,
        at=NOW,
        state=ReportState.REFUSED,
        answer="400 Bad Request",
        body=VAULT.seal(b'{"said": "exactly this"}'),
    )


def says(page: Page) -> str:
    return " ".join(text(page.tree).split())


async def test_what_arrived_is_not_in_the_way(desk: Desk) -> None:
    await Report.filter(id=desk.report.id).update(state=ReportState.DELIVERED, delivered_at=NOW)
    assert "Alt er nået frem." in says(await desk.visitor.get(PATH))
    assert desk.plan.case_reference in says(await desk.visitor.get(PATH, vis="alle"))


async def test_a_failed_report_is_counted_seen_and_sent_again(desk: Desk) -> None:
    await fails(desk.report)
    page = await desk.visitor.get(PATH)
    assert "Afvist af modtageren" in says(page)
    detail = await desk.visitor.get(f"{PATH}/{desk.report.id}")
    assert "exactly this" in says(detail)
    await desk.visitor.submit(detail, f"{PATH}/{desk.report.id}/igen")
    assert (await Report.get(id=desk.report.id)).state is ReportState.QUEUED


async def test_giving_up_asks_for_a_reason(desk: Desk) -> None:
    await fails(desk.report)
    path = f"{PATH}/{desk.report.id}"
    page = await desk.visitor.submit(await desk.visitor.get(path), f"{path}/drop", grund="")
    assert "Skriv en grund" in says(page)
    await desk.visitor.submit(page, f"{path}/drop", grund="Sagen er lukket i vores system")
    report = await Report.get(id=desk.report.id)
    assert (report.state, report.answer) == (ReportState.DROPPED, "Sagen er lukket i vores system")


async def test_after_an_outage_everything_that_failed_goes_out_again(desk: Desk) -> None:
    await fails(desk.report)
    page = await desk.visitor.submit(await desk.visitor.get(PATH), f"{PATH}/igen")
    assert "1 rapporter bliver sendt igen." in says(page)
    assert (await Report.get(id=desk.report.id)).state is ReportState.QUEUED


async def test_a_webhook_is_set_up_its_secret_shown_once_and_renewed(desk: Desk) -> None:
    with a_receiver() as receiver:
        page = await desk.visitor.get("/kommune/kanaler")
        page = await desk.visitor.submit(page, "/kommune/kanaler/webhook", adresse=receiver.url)
        channel = await ReportChannel.get(municipality_id=HOME, kind=ChannelKind.WEBHOOK)
        secret = open_credentials(channel.secret, VAULT).secret
        assert secret
        assert secret in says(page)
        assert secret not in says(await desk.visitor.get("/kommune/kanaler"))
        await desk.visitor.submit(await desk.visitor.get("/kommune/kanaler"), "/kommune/kanaler/webhook/proev")
        receiver.secret = secret
        async with report_client(THIS_MACHINE, seconds=5) as client:
            await try_channel(channel.id, sender=Sender(client, VAULT, POLICY), now=NOW)
        assert "Prøvet" in says(await desk.visitor.get("/kommune/kanaler"))
    page = await desk.visitor.submit(await desk.visitor.get("/kommune/kanaler"), "/kommune/kanaler/noegle")
    await channel.refresh_from_db()
    assert len(open_credentials(channel.secret, VAULT).secrets(NOW + timedelta(days=1))) == 2


async def test_a_bad_address_is_said_beside_its_field_and_kept(desk: Desk) -> None:
    page = await desk.visitor.get("/kommune/kanaler")
    page = await desk.visitor.submit(page, "/kommune/kanaler/medcom", adresse="ikke en adresse")
    assert page.status == 400
    assert "Skriv en hel adresse" in says(page)
    assert 'value="ikke en adresse"' in page.html


async def test_a_channel_rests_and_is_used_again(desk: Desk) -> None:
    page = await desk.visitor.get("/kommune/kanaler")
    await desk.visitor.submit(page, "/kommune/kanaler/feed")
    page = await desk.visitor.get("/kommune/kanaler")
    page = await desk.visitor.submit(page, "/kommune/kanaler/feed/hvil", aktiv="nej")
    assert not (await ReportChannel.get(municipality_id=HOME, kind=ChannelKind.FEED)).active
    assert "Hviler" in says(page)
