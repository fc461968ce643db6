"""A clinic sees what a municipality has not heard of for a day, and whom to ring, until the municipality has heard."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest
import pytest_asyncio

from matching.models import ChannelKind, Report, ReportChannel, ReportState
from matching.reports.untold import untold_by
from providers.accounts import Post
from providers.models import Municipality, Site
from providers.roles import Role
from tests.support.apps import Clock, running_app
from tests.support.courses import Treated, a_treated
from tests.support.databases import Databases
from tests.support.pages import Page, Visitor, text
from tests.support.staff import a_colleague
from tests.support.staff_pages import at_a_browser, sign_in_as
from tests.support.worlds import HOME, NOW, a_site

PATH = "/klinik/ikke-meddelt"
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


@dataclass
class Desk:
    """A planner of a clinic with one citizen, whose municipality is told by a webhook."""

    visitor: Visitor
    site: Site
    treated: Treated

    async def report(self, **values: object) -> None:
        await Report.filter(plan_id=self.treated.plan.id).update(**values)


@pytest_asyncio.fixture(scope="module")
async def desk(databases: Databases) -> AsyncIterator[Desk]:
    async with databases.fresh() as url, running_app(url, Clock(), requests_per_minute=0) as app:
        await Municipality.filter(code=HOME).update(phone="+4500000000")
        await ReportChannel.create(
            municipality_id=HOME, kind=ChannelKind.WEBHOOK, url="https://kommune.example", secret=b""
        )
        site = await a_site("private", contract_with=HOME)
        visitor = at_a_browser(app)
        await sign_in_as(visitor, await a_colleague(Post(Role.PLANNER, provider=site.provider_id)))
        yield Desk(visitor, site, await a_treated(site))


def says(page: Page) -> str:
    return " ".join(text(page.tree).split())


async def found(desk: Desk) -> list[bool]:
    """Whether the portal still tries, of each event that the municipality does not know."""
    return [one.tried for one in await untold_by(desk.site.provider_id, now=NOW)]


@pytest.mark.parametrize(
    ("state", "age", "expected"),
    [
        (ReportState.QUEUED, DAY - SECOND, []),
        (ReportState.QUEUED, DAY, [True]),
        (ReportState.SENT, DAY, [True]),
        (ReportState.REFUSED, SECOND, [False]),
        (ReportState.GIVEN_UP, SECOND, [False]),
        (ReportState.DELIVERED, 9 * DAY, []),
        (ReportState.DROPPED, 9 * DAY, []),
    ],
)
async def test_what_is_a_day_late_or_failed_is_on_the_list(
    desk: Desk, state: ReportState, age: timedelta, expected: list[bool]
) -> None:
    await desk.report(state=state, created_at=NOW - age)
    assert await found(desk) == expected


async def test_who_has_heard_by_one_channel_has_heard_and_a_resting_channel_is_nobodys_fault(desk: Desk) -> None:
    await desk.report(state=ReportState.QUEUED, created_at=NOW - DAY)
    await ReportChannel.all().update(active=False)
    assert await found(desk) == []
    await ReportChannel.all().update(active=True)
    (report,) = await Report.filter(plan_id=desk.treated.plan.id)
    other_channel = await ReportChannel.create(
        municipality_id=HOME, kind=ChannelKind.MEDCOM, url="https://x.example", secret=b""
    )
    values = {
        name: getattr(report, name) for name in ("event_id", "plan_id", "sequence", "body", "next_at", "created_at")
    }
    other = await Report.create(id=uuid4(), channel_id=other_channel.id, state=ReportState.DELIVERED, **values)
    assert await found(desk) == []
    await other.delete()
    await other_channel.delete()
    assert await found(desk) == [True]


async def test_the_clinic_reads_whom_to_ring_and_what_to_say(desk: Desk) -> None:
    await desk.report(state=ReportState.GIVEN_UP)
    case, plan_id = desk.treated.plan.case_reference, desk.treated.plan.id
    for path, needed in ((PATH, (case, "Bestilte en tid", "Har opgivet")), (f"/klinik/forloeb/{plan_id}", ())):
        page = await desk.visitor.get(path)
        assert all(words in says(page) for words in ("Kommunen har ikke fået besked", *needed))
        assert 'href="tel:+4500000000"' in page.html
    assert "Se, hvem I skal ringe til" in says(await desk.visitor.get("/klinik"))
    await desk.report(state=ReportState.DELIVERED)
    assert "Der er ingen, I skal ringe til." in says(await desk.visitor.get(PATH))
    assert "Kommunen har ikke fået besked" not in says(await desk.visitor.get(f"/klinik/forloeb/{plan_id}"))
    assert "ringe til" not in says(await desk.visitor.get("/klinik"))


async def test_another_clinic_sees_nothing_of_it(desk: Desk) -> None:
    await desk.report(state=ReportState.GIVEN_UP)
    elsewhere = await a_site("private", contract_with=HOME)
    assert await untold_by(elsewhere.provider_id, now=NOW) == []
