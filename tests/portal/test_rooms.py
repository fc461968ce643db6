"""The staff's rooms: each role arrives in its own, sees its own numbers there, and no other room."""

from collections.abc import AsyncIterator, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import cast
from uuid import uuid4

import pytest
import pytest_asyncio
from jinja2 import FileSystemLoader
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.models import Booking
from matching.plan_facts import Basis
from matching.states import BookingState, PlanState
from portal.access import Audience
from portal.access import page as route
from portal.entrances import ROOMS
from portal.language import language
from portal.municipality.room import show
from portal.presenting.forms import Option
from portal.presenting.tables import Head, deadline_tag, heads
from portal.rendering import environment
from portal.returning import instead
from portal.telling import Undo, tell
from providers.accounts import Post, add_membership
from providers.actors import SYSTEM
from providers.models import ApprovalState
from providers.roles import ROLES, OrganisationKind, Role
from tests.support.apps import Clock, running_app
from tests.support.databases import Databases
from tests.support.pages import Page, text
from tests.support.staff import VISITATOR_AT_HOME, a_colleague
from tests.support.staff_pages import at_a_browser, sign_in_as
from tests.support.worlds import HOME, NOW, TODAY, a_plan, a_provider, a_site, an_approval

OTHER = "0147"
DANISH = language("da")
HEADS = [Head("Navn"), Head("Frist"), Head("Antal", number=True)]


async def everything(request: Request) -> Response:
    """A page with every part that the rooms share."""
    days = [TODAY + timedelta(days=number) for number in (-2, 0, 9)]
    values = {
        "title": "Alt",
        "heads": heads(HEADS, "/alt", {"q": "æ", "sorter": "navn"}, "navn", ["navn", "frist", ""]),
        "tags": [deadline_tag(day, TODAY, DANISH) for day in days],
        "options": [Option("a", "A"), Option("b", "B", chosen=True)],
    }
    return await show(request, "everything.html", values, fragment="part")


async def done(request: Request) -> Response:
    tell(request, "Du har valgt %(what)s.", undo=Undo("/gjort", {"tilbage": "1"}), what="<A>")
    return RedirectResponse("/kommune", 303)


@pytest_asyncio.fixture(scope="module")
async def app(databases: Databases) -> AsyncIterator[Starlette]:
    """One portal for the module, whose tests only add."""
    async with databases.fresh() as url, running_app(url, Clock()) as app:
        app.router.routes += [
            route("/alt", everything, audience=Audience.STAFF, name="everything"),
            route("/gjort", instead("/kommune"), audience=Audience.PUBLIC, name="not_done"),
            route("/gjort", done, audience=Audience.STAFF, name="done", methods=["POST"]),
        ]
        yield app


@pytest.fixture
def everything_html() -> Iterator[None]:
    """The page above finds its template."""
    places = cast(FileSystemLoader, environment("da").loader).searchpath
    places.append(str(Path(__file__).parents[1] / "support"))
    yield
    places.pop()


async def arrived(app: Starlette, post: Post) -> Page:
    return await sign_in_as(at_a_browser(app), await a_colleague(post))


def numbers(page: Page) -> dict[str, int]:
    """The counts on top of a page."""
    return {text(next(one.iter("dt"))): int(text(next(one.iter("dd")))) for one in page.all("div", class_="counts-one")}


async def a_post(role: Role) -> Post:
    match ROLES[role].organisation:
        case OrganisationKind.MUNICIPALITY:
            return Post(role, municipality=HOME)
        case OrganisationKind.PROVIDER:
            return Post(role, provider=(await a_provider("private")).pk)
    return Post(role)


@pytest.mark.parametrize("role", Role)
async def test_each_role_arrives_in_its_room_and_finds_no_other_open(app: Starlette, role: Role) -> None:
    visitor = at_a_browser(app)
    page = await sign_in_as(visitor, await a_colleague(await a_post(role)))
    begins_with = "Ansøgninger" if role is Role.APPROVER else "Overblik"
    assert (page.path, page.heading) == (ROOMS[role].path, begins_with)
    assert next(text(tab) for tab in page.all("a", **{"aria-current": "page"})).startswith(begins_with)
    for room in ROOMS.values():
        assert (await visitor.get(room.path)).status == (200 if room is ROOMS[role] else 403)


async def test_whoever_has_two_posts_chooses_a_room_and_changes_it(app: Starlette) -> None:
    visitor, colleague = at_a_browser(app), await a_colleague(VISITATOR_AT_HOME)
    await add_membership(colleague.account_id, Post(Role.APPROVER), actor=SYSTEM, now=NOW)
    page = await sign_in_as(visitor, colleague)
    assert page.path == "/mig"
    visited = []
    for button in page.all("button", name_="rolle"):
        page = await visitor.post("/mig/rolle", rolle=button.get("value"))
        visited.append(page.path)
        assert "Skift rolle" in page.html
    assert visited == ["/kommune", "/aftaler"]


async def test_a_municipality_counts_its_own_cases_by_state(app: Starlette) -> None:
    for municipality, state in ((OTHER, PlanState.RECEIVED), (OTHER, PlanState.STARTED), (HOME, PlanState.STARTED)):
        await a_plan(municipality_id=municipality, state=state)
    found = numbers(await arrived(app, Post(Role.VISITATOR, municipality=OTHER)))
    assert {words: count for words, count in found.items() if count} == {"Modtaget, ikke visiteret": 1, "I gang": 1}
    assert len(found) == len(PlanState)
    page = await arrived(app, Post(Role.MANAGER, municipality="0151"))
    assert "Kommunen har ingen sager endnu." in page.words


async def test_a_clinic_counts_who_comes_to_its_own_sites(app: Starlette) -> None:
    ahead = [NOW + timedelta(days=days) for days in (1, 2, 3)]
    mine = await a_site("private", slots=[*ahead, NOW - timedelta(days=1)])
    theirs = await a_site("private", slots=ahead)
    states = (BookingState.CONFIRMED, BookingState.REQUESTED, BookingState.CANCELLED_BY_CITIZEN, BookingState.STARTED)
    for site in (mine, theirs):
        for slot, state in zip(await site.slots.all().order_by("-starts_at"), states, strict=False):
            plan = await a_plan()
            values = {"plan_id": plan.id, "slot_id": slot.id, "basis": Basis.EXTENDED, "created_at": NOW}
            await Booking.create(id=uuid4(), state=state, **values)
            slot.taken = 1
            await slot.save()
    page = await arrived(app, Post(Role.THERAPIST, provider=mine.provider_id))
    rows = [[text(cell) for cell in row if cell.tag in {"th", "td"}] for row in page.tree.iter("tr")]
    assert rows == [["Sted", "Aftalte første besøg", "Venter på jeres svar"], [mine.name, "1", "1"]]


async def test_what_waits_for_the_approver_stands_in_the_navigation(app: Starlette) -> None:
    await an_approval(await a_site("private"), 5, state=ApprovalState.APPLIED)
    page = await arrived(app, Post(Role.APPROVER))
    assert "Ansøgt, venter på svar (1)" in page.words
    (tab,) = page.all("a", **{"aria-current": "page"})
    assert text(tab) == "Ansøgninger 1venter"


@pytest.mark.usefixtures("everything_html")
async def test_what_was_done_is_said_once_and_can_be_undone(app: Starlette) -> None:
    visitor = at_a_browser(app)
    page = await sign_in_as(visitor, await a_colleague())
    (number,) = {field.get("value") for field in (await visitor.get("/alt")).all("input", name_="som")}
    page = await visitor.post("/gjort", som=number)
    assert "Du har valgt <A>." in page.words
    page = await visitor.submit(page, "/gjort")
    assert page.words.count("Du har valgt") == 1
    assert "Du har valgt" not in (await visitor.get("/kommune")).words


@pytest.mark.usefixtures("everything_html")
async def test_the_shared_parts_make_a_valid_page_and_a_part_for_htmx(app: Starlette) -> None:
    visitor = at_a_browser(app)
    await sign_in_as(visitor, await a_colleague())
    page = await visitor.get("/alt")
    for words in ("Overskredet for 2 dage siden", "I dag", "Om 9 dage", "Skriv et navn.", "Det kan ikke fortrydes."):
        assert words in page.words
    names = [
        (head.get("aria-sort"), [link.get("href") for link in head.iter("a")]) for head in page.all("th", scope="col")
    ]
    assert names == [("ascending", ["/alt?q=%C3%A6&sorter=-navn"]), (None, ["/alt?q=%C3%A6&sorter=frist"]), (None, [])]
    part = await visitor.fragment("/alt")
    assert part.text.strip().startswith("<table")
    assert part.text.split() == page.html[page.html.index("<table") :].split()[: len(part.text.split())]


def test_a_deadline_says_how_near_it_is() -> None:
    today = date(2026, 11, 16)
    said = {days: deadline_tag(today + timedelta(days=days), today, DANISH) for days in (-1, 0, 1, 2, 3)}
    assert [(tag.words, tag.kind) for tag in said.values()] == [
        ("Overskredet for 1 dag siden", "bad"),
        ("I dag", "waiting"),
        ("I morgen", "waiting"),
        ("Om 2 dage", "waiting"),
        ("Om 3 dage", "plain"),
    ]
    assert deadline_tag(today - timedelta(days=9), today, DANISH, met=True).words == "Overholdt"
