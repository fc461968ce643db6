"""A site's calendar: its address is shown once, exchanged and taken away, and what stands in it is nobody's name."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import httpx
import pytest_asyncio
from icalendar import Calendar

from matching.booking import book
from providers.accounts import Post
from providers.actors import CITIZEN
from providers.models import Site, Slot, SlotMode
from providers.roles import Role
from tests.support.apps import Clock, client_of, running_app
from tests.support.databases import Databases
from tests.support.pages import Page, Visitor
from tests.support.staff import a_colleague
from tests.support.staff_pages import at_a_browser, sign_in_as
from tests.support.worlds import HOME, NOW, POLICY, a_plan, a_site, a_slot

AT = NOW + timedelta(days=2)


@dataclass
class World:
    owner: Visitor
    program: httpx.AsyncClient
    site: Site

    @property
    def path(self) -> str:
        return f"/klinik/steder/{self.site.pk}/kalender"

    async def new_address(self) -> str:
        """As somebody who copies it from the page."""
        page = await self.owner.submit(await self.owner.get(self.path), self.path)
        return address_on(page)


@pytest_asyncio.fixture(scope="module")
async def calendar(databases: Databases) -> AsyncIterator[World]:
    async with databases.fresh() as url, running_app(url, Clock()) as app, client_of(app) as program:
        site = await a_site("private", contract_with=HOME, slots=[AT])
        owner = at_a_browser(app)
        await sign_in_as(owner, await a_colleague(Post(Role.CLINIC_OWNER, provider=site.provider_id)))
        yield World(owner, program, site)


def address_on(page: Page) -> str:
    found = re.search(r"http://localhost:8000(/kalender/[\w-]{43}\.ics)", page.words)
    assert found, page.words
    return found[1]


async def test_it_says_when_and_what_for_and_never_who(calendar: World) -> None:
    group = await a_slot(calendar.site, AT + timedelta(hours=1), seats=6, mode=SlotMode.GROUP)
    first = await Slot.get(site_id=calendar.site.pk, starts_at=AT)
    for slot in (first, group, group):
        await book((await a_plan()).id, slot.id, actor=CITIZEN, now=NOW, policy=POLICY)
    elsewhere = await a_site("private", contract_with=HOME, slots=[AT])
    theirs = await Slot.get(site_id=elsewhere.pk)
    await book((await a_plan()).id, theirs.id, actor=CITIZEN, now=NOW, policy=POLICY)
    answer = await calendar.program.get(await calendar.new_address())
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [(str(event["uid"]), str(event["summary"]), event["dtstart"].dt) for event in events] == [
        (f"tid-{first.id}@localhost", "Første gang: 01 Underekstremitet, kirurgisk, basal", AT),
        (f"tid-{group.id}@localhost", "Hold, første gang: 2 af 6", AT + timedelta(hours=1)),
    ]
    assert str(events[1]["description"]) == "2 × 01 Underekstremitet, kirurgisk, basal"
    fields = {name for event in events for name in event}
    assert fields == {
        *("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "LOCATION", "CLASS", "STATUS"),
    }
    assert "Prøvesen" not in answer.text
    assert "SAG-" not in answer.text


async def test_an_address_that_was_exchanged_or_taken_away_is_as_unknown_as_any(calendar: World) -> None:
    old = await calendar.new_address()
    assert (await calendar.program.get(old)).status_code == 200
    shown = await calendar.owner.get(calendar.path)
    assert ("/kalender/" in shown.words.replace(calendar.path, ""), "Der er en adresse fra" in shown.words) == (
        False,
        True,
    )
    new = await calendar.new_address()
    strange = [old, "/kalender/x.ics", "/kalender/" + "A" * 43 + ".ics", new.removesuffix(".ics")]
    answers = [await calendar.program.get(path) for path in strange]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text for answer in answers}) == 1
    assert (await calendar.program.get(new)).status_code == 200
    page = await calendar.owner.submit(await calendar.owner.get(calendar.path), f"{calendar.path}/fjern")
    assert "Der er ingen adresse endnu." in page.words
    assert (await calendar.program.get(new)).status_code == 404
