"""The room for other municipalities' citizens: seen with a clock, answered, and a refusal that says what there is."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest_asyncio
from starlette.applications import Starlette

from matching.models import AuditEntry, Message
from matching.states import BookingState, PlanState
from providers.accounts import Post
from providers.models import Site
from providers.roles import Role
from tests.support.apps import Clock, running_app
from tests.support.courses import Treated, a_treated
from tests.support.databases import Databases
from tests.support.pages import Page, Visitor, parse, text
from tests.support.staff import a_colleague
from tests.support.staff_pages import at_a_browser, sign_in_as
from tests.support.worlds import NOW, VAULT, a_site

ASKED, LIST = "0147", "/kommune/anmodninger"
NAME = "Prøve Prøvesen"
BOTH = ["capacity", "own_citizens"]
WORDS = "Holdene er fyldt til jul."


@dataclass
class Town:
    """A caseworker of ASKED and a planner at its institution, each at a browser; and a place elsewhere with a time."""

    app: Starlette
    site: Site
    elsewhere: Site
    caseworker: Visitor
    planner: Visitor


@pytest_asyncio.fixture(scope="module")
async def town(databases: Databases) -> AsyncIterator[Town]:
    async with databases.fresh() as url, running_app(url, Clock(), requests_per_minute=0) as app:
        site, elsewhere = await a_site(municipality=ASKED), await a_site(slots=[NOW + timedelta(days=3)])
        people = []
        for post in (Post(Role.VISITATOR, municipality=ASKED), Post(Role.PLANNER, provider=site.provider_id)):
            visitor = at_a_browser(app)
            await sign_in_as(visitor, await a_colleague(post))
            people.append(visitor)
        yield Town(app, site, elsewhere, *people)


async def answer(visitor: Visitor, page: Page, action: str, **fields: Any) -> Page:
    """Send one of the page's forms; a field may have several values."""
    return await visitor.submit(page, action, **fields)


async def letter_to(asking: Treated) -> str:
    """What the letter says that waits to be printed."""
    message = await Message.get(plan_id=asking.plan.id, template="letter")
    return text(parse(VAULT.open(message.content or b"").decode()))


async def test_a_request_is_listed_seen_and_said_yes_to(town: Town) -> None:
    asking = await a_treated(town.site)
    path = f"{LIST}/{asking.plan.id}"
    listed = await town.caseworker.get(LIST)
    assert listed.all("a", href=path)
    assert "Københavns Kommune" in listed.words
    assert NAME not in listed.words
    page = await town.caseworker.get(path)
    assert (NAME in page.words, "Svar senest: I dag" in page.words) == (True, True)
    assert await AuditEntry.filter(action="request_seen", plan_id=asking.plan.id).count() == 1
    done = await answer(town.caseworker, page, f"{path}/ja")
    assert "I har sagt ja." in done.html
    assert await asking.now() == (PlanState.BOOKED, BookingState.CONFIRMED)
    late = await answer(town.caseworker, page, f"{path}/ja")
    assert (late.status, NAME in late.words) == (409, False)
    assert "Forløbet er ændret" in late.words


async def test_a_refusal_wants_both_grounds_and_goes_out_as_a_letter_with_other_places(town: Town) -> None:
    asking = await a_treated(town.site)
    path = f"{LIST}/{asking.plan.id}"
    page = await town.caseworker.get(path)
    one = await answer(town.caseworker, page, f"{path}/afvis", grunde=BOTH[0], afvisning=WORDS)
    assert (one.status, [field for _, field in one.problems]) == (400, ["grunde"])
    assert (WORDS in one.words, NAME in one.words) == (True, False)
    empty = await answer(town.caseworker, page, f"{path}/afvis", grunde=BOTH, afvisning="")
    assert [field for _, field in empty.problems] == ["afvisning"]
    done = await answer(town.caseworker, empty, f"{path}/afvis", grunde=BOTH, afvisning=WORDS)
    assert "I har sagt nej." in done.html
    assert await asking.now() == (PlanState.ASSESSED, BookingState.REFUSED)
    said = await letter_to(asking)
    for words in (WORDS, "Væsentlige hensyn", town.elsewhere.name, "Frederiksberg Kommune", NAME):
        assert words in said


async def test_the_institution_itself_refuses_on_the_same_grounds(town: Town) -> None:
    asking = await a_treated(town.site)
    path = f"/klinik/forloeb/{asking.plan.id}"
    page = await town.planner.get(path)
    one = await answer(town.planner, page, f"{path}/afvis", grunde=BOTH[1], afvisning=WORDS)
    assert (one.status, [field for _, field in one.problems]) == (400, ["grunde"])
    done = await answer(town.planner, one, f"{path}/afvis", grunde=BOTH, afvisning=WORDS)
    assert "I har sagt nej." in done.html
    assert WORDS in await letter_to(asking)
