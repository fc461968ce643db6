"""When no time fits: every way on is on one page, each form does one thing, and nothing typed is lost."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio
from starlette.applications import Starlette

from matching.models import CallBack, CaseEvent, Watch
from matching.watching.wanted import Wanted, wanted_of
from tests.support.apps import Clock, running_app
from tests.support.pages import Page, Visitor, text
from tests.support.stories import BORN, SOON, Story, a_story
from tests.support.worlds import AMAGER, TODAY, a_site

PATH = "/ingen-tid"
EMAIL = {"email": "proeve@borger.example"}


@pytest_asyncio.fixture
async def portal_app(database_url: str, clock: Clock) -> AsyncIterator[Starlette]:
    async with running_app(database_url, clock, mail_host="localhost") as app:
        yield app


@pytest_asyncio.fixture
async def story(visitor: Visitor) -> Story:
    """Somebody at a site without a free time, who has said who they are."""
    story = await a_story(visitor, await a_site(name="Stedet", at=AMAGER))
    await visitor.get("/bekraeft")
    await visitor.post("/bekraeft", **BORN, kontrolkode=story.codes.access_code)
    return story


async def opened(story: Story) -> Page:
    return await story.visitor.get(PATH, sted=str(story.site.pk))


async def waited_for() -> list[Wanted]:
    return [wanted_of(row) for row in await Watch.all().order_by("number")]


async def test_nobody_stands_at_the_end_of_a_road(visitor: Visitor) -> None:
    """From a site without times, by way of saying who one is, to the page that was asked for."""
    story = await a_story(visitor, await a_site(name="Stedet"))
    page = await visitor.get("/steder", radius="5")
    ways = "Få besked, bed om et opkald, eller bed din kommune om hjælp"
    assert page.links()[ways] == PATH
    page = await visitor.get(f"/steder/{story.site.pk}")
    page = await visitor.get(page.links()[ways])
    assert page.all("form", method="post", action="/ingen-tid/opkald") == []
    page = await story.confirm(await visitor.get(page.links()["Bekræft, at det er dig"]))
    assert (page.path, page.heading) == (PATH, "Når ingen tid passer")
    assert "Kun hos Stedet" in page.words
    assert "Stedet, 1050 København K" in page.words
    assert page.links()["Søg i hele landet"] == "/steder?radius=alle"


async def test_who_finds_a_time_after_all_goes_on_to_it_and_not_back(visitor: Visitor) -> None:
    story = await a_story(visitor, await a_site(name="Stedet", slots=[SOON]))
    await visitor.get(PATH)
    page = await story.confirm(await story.choose())
    assert (page.path, page.heading) == ("/book", "Gennemse og book")


async def test_a_wish_is_kept_shown_and_stopped(story: Story) -> None:
    visitor = story.visitor
    page = await visitor.submit(await opened(story), "/ingen-tid/besked", hvor="sted", dag="2", **EMAIL)
    assert await waited_for() == [Wanted(site_id=story.site.pk, days=frozenset({2}))]
    assert "Hos Stedet · tirsdag" in page.words
    page = await visitor.submit(page, "/ingen-tid/besked", sted="københavn s", radius="10")
    assert (await waited_for())[1] == Wanted(origin="2300", radius=10)
    assert "Et sted inden for 10 km fra 2300 København S" in page.words
    page = await visitor.post("/ingen-tid/stop", nummer="1")
    assert [wanted.radius for wanted in await waited_for()] == [10]
    (left,) = page.all("ul", class_="watches")
    assert "Hos Stedet" not in text(left)


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"radius": "10"}, ("Skriv din e-mail eller dit mobilnummer, så vi kan give dig besked.", "email")),
        ({"sted": "Ingensteds"} | EMAIL, ("Vi kender ikke det sted.", "sted")),
        ({"radius": "mange"} | EMAIL, ("Vælg en afstand på 1 til 1000 km", "radius")),
        ({"email": "nej"}, ("E-mailadressen", "email")),
    ],
)
async def test_what_cannot_be_read_is_said_and_stays(
    story: Story, fields: dict[str, str], problem: tuple[str, str]
) -> None:
    page = await story.visitor.post("/ingen-tid/besked", **{"hvor": "omkring", "radius": "10", "dag": "4"} | fields)
    ((sentence, field),) = page.problems
    assert (page.status, field) == (200, problem[1])
    assert sentence.startswith(problem[0])
    assert page.field("sted").get("value") == fields.get("sted", "")
    assert page.field("email").get("value") == fields.get("email", "")
    (thursday,) = page.all("input", id="dag-4")
    assert thursday.get("checked") is not None
    assert await Watch.all() == []


async def test_a_call_is_promised_for_a_day_and_can_be_taken_back(story: Story) -> None:
    page = await story.visitor.submit(await opened(story), "/ingen-tid/opkald", telefon="ring bare")
    assert (page.status, page.problems[0][1]) == (200, "telefon")
    assert page.field("telefon").get("value") == "ring bare"
    page = await story.visitor.submit(page, "/ingen-tid/opkald", telefon="00 00 00 17")
    assert "Stedet skal ringe til dig senest onsdag den 18. november." in page.words
    await CallBack.all().update(due_on=TODAY - timedelta(days=1))
    page = await story.visitor.get("/ingen-tid")
    assert "Stedet skulle have ringet til dig senest søndag den 15. november." in page.words
    assert page.links()["eller bed kommunen om hjælp"] == "#kommune"
    page = await story.visitor.submit(page, "/ingen-tid/intet-opkald")
    assert "Hvem skal ringe?" in page.words
    (call,) = await CallBack.all()
    assert (call.outcome, call.person) == ("withdrawn", b"")
    for nobody in ("", "0", "999999999999", "x"):
        page = await story.visitor.post("/ingen-tid/opkald", ring=nobody, telefon="00 00 00 17")
        assert page.problems == [("Stedet kan ikke give dig din genoptræning. Vælg et af de andre steder.", "")]


async def test_the_municipality_hears_of_it_and_the_page_says_so(story: Story) -> None:
    page = await story.visitor.submit(await opened(story), "/ingen-tid/kommune")
    assert "Københavns Kommune fik besked 16. november 2026 om, at du gerne vil have hjælp." in page.words
    assert [event.kind for event in await CaseEvent.all()] == ["municipality_asked"]


async def test_who_has_a_time_is_shown_it_instead(visitor: Visitor) -> None:
    story = await a_story(visitor, await a_site(slots=[SOON, SOON + timedelta(hours=1)]))
    await story.book()
    assert (await visitor.get(PATH)).path == "/min-tid"
    assert (await visitor.post("/ingen-tid/kommune")).status == 409
