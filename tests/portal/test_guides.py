"""The pages that explain: for anybody, easy to read, known to search engines, and right about the date."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime

import pytest
import pytest_asyncio
from defusedxml import ElementTree
from starlette.applications import Starlette

from portal.app import create_app
from portal.citizen.guides import GUIDES, NOTICES
from portal.indexing import PAGES
from providers.models import MunicipalityStandard
from tests.support.apps import Clock, client_of, running_app
from tests.support.databases import Databases
from tests.support.lix import lix, sentences_of
from tests.support.pages import Page, Visitor
from tests.support.worlds import NOW

EASY_ENOUGH = 40
PATHS = [guide.path for guide in (*GUIDES, *NOTICES)]
CLOCK = Clock()


@pytest_asyncio.fixture(scope="module")
async def portal_app(databases: Databases) -> AsyncIterator[Starlette]:
    """One portal for all tests here; what one writes is about a municipality of its own."""
    async with databases.fresh() as url, running_app(url, CLOCK) as app:
        yield app


@pytest.fixture
def clock() -> Clock:
    CLOCK.now = NOW
    return CLOCK


async def test_every_guide_is_easy_to_read_has_no_visit_and_leads_to_the_others(visitor: Visitor) -> None:
    for path in [*PATHS, "/standard/0820", "/standard/0101"]:
        page = await visitor.get(path)
        assert page.status == 200
        assert lix(sentences_of(page.one("main"))) <= EASY_ENOUGH, path
        assert set(page.links().values()) > {guide.path for guide in GUIDES if guide.path != path} - {"/standard"}
        assert not visitor.client.cookies


def test_lix_is_words_a_sentence_and_the_share_of_long_words() -> None:
    assert lix(["Du kan vælge et sted", "Genoptræning er gratis"]) == 8 / 2 + 100 * 1 / 8
    page = ElementTree.fromstring(
        "<main><h1>To ord</h1><ul><li>Tre små ord. Og tre til</li></ul><p>Et <a>to</a></p></main>"
    )
    assert sentences_of(page) == ["To ord", "Tre små ord", " Og tre til", "Et to"]


async def test_who_answers_for_specialised_rehabilitation_changes_with_the_date(visitor: Visitor, clock: Clock) -> None:
    page = await visitor.get("/rigtige-sted")
    assert "Det er din kommune, der har ansvaret." in page.words
    assert "Fra 1. januar 2027 er det din region." in page.words
    clock.now = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    page = await visitor.get("/rigtige-sted")
    assert "Det er din region, der har ansvaret." in page.words
    assert "kommune, der har ansvaret" not in page.words


async def test_the_amounts_of_transport_stand_with_their_years(visitor: Visitor, clock: Clock) -> None:
    page = await visitor.get("/transport")
    assert "2024 48 kr. 113 kr." in page.words
    assert "vejledende" in page.words
    assert "Vi kender ikke beløbet for 2026." in page.words
    clock.now = datetime(2024, 6, 1, tzinfo=UTC)
    assert "Vi kender ikke" not in (await visitor.get("/transport")).words


async def test_a_municipality_without_a_standard_has_the_template_and_the_laws_deadlines(visitor: Visitor) -> None:
    page = await visitor.get("/standard", kommune="0101")
    assert (page.path, page.heading) == ("/standard/0101", "Genoptræning i Københavns Kommune")
    assert "Skabelon." in page.words
    assert "4 dage efter, at sygehuset har lavet planen" in page.words
    assert "7 dage efter, at du er kommet hjem" in page.words
    assert "klag til Styrelsen for Patientklager" in page.words


async def test_a_published_standard_says_its_own_words_in_danish_and_the_rest_in_the_readers(visitor: Visitor) -> None:
    await visitor.get("/sprog/en")
    page = await visitor.get("/standard/0820")
    mine, _ = page.all("section", lang="da")
    assert "kommunens egne træningscentre" in "".join(mine.itertext())
    assert "Sundhedscenter Vesthimmerland" in page.words
    assert "Skabelon" not in page.words


async def test_the_version_in_force_is_shown_and_a_coming_one_is_not(visitor: Visitor, clock: Clock) -> None:
    for revision, valid_from, days in ((1, date(2026, 11, 1), 3), (2, date(2026, 11, 1), 2), (1, date(2026, 12, 1), 1)):
        await MunicipalityStandard.create(
            municipality_id="0147",
            valid_from=valid_from,
            revision=revision,
            author="Lea Leder",
            contact_days=days,
            start_days=5,
            phone="00 00 00 01",
            sections={"purpose": "Først det ene.\nSå det andet."},
        )
    page = await visitor.get("/standard/0147")
    assert "2 dage efter, at sygehuset" in page.words
    assert "lagt ind af Lea Leder" in page.words
    assert page.links()["00 00 00 01"] == "tel:+4500000001"
    clock.now = datetime(2026, 12, 1, tzinfo=UTC)
    assert "1 dag efter, at sygehuset" in (await visitor.get("/standard/0147")).words


@pytest.mark.parametrize("path", ["/standard/0411", "/standard/9999", "/standard/x", "/standard/0101/x"])
async def test_what_is_no_municipality_is_no_page(visitor: Visitor, path: str) -> None:
    assert (await visitor.get(path)).status == 404


async def test_an_unknown_choice_shows_the_list_in_danish_order(visitor: Visitor) -> None:
    page = await visitor.get("/standard", kommune="nowhere")
    names = ["".join(option.itertext()) for option in page.tree.iter("option")][1:]
    assert len(names) == 98
    assert names[0] == "Albertslund"
    assert names.index("Ærø") < names.index("Aabenraa") < names.index("Aarhus")


async def test_public_pages_describe_themselves_and_all_others_stay_out_of_the_lists(visitor: Visitor) -> None:
    for path in PAGES:
        page = await visitor.get(path)
        (link,) = page.all("link", rel="canonical")
        assert link.get("href") == f"http://localhost:8000{path}"
        assert described(page)
    descriptions = [described(page) for page in visitor.seen if page.path in PATHS]
    assert len(set(descriptions)) == len(PATHS)
    page = await visitor.get("/ind")
    assert (page.all("meta", name="robots")[0].get("content"), page.all("link", rel="canonical")) == ("noindex", [])
    assert described(page) is None


def described(page: Page) -> str | None:
    return next((element.get("content") for element in page.all("meta", name="description")), None)


async def test_the_sitemap_has_the_public_pages_only(portal_app: Starlette) -> None:
    async with client_of(portal_app) as client:
        robots = (await client.get("/robots.txt")).text
        answer = await client.get("/sitemap.xml")
    assert "Sitemap: http://localhost:8000/sitemap.xml" in robots
    found = [place.text or "" for place in ElementTree.fromstring(answer.text).iter() if place.tag.endswith("loc")]
    assert len(found) == len(PAGES) + 98
    async with client_of(portal_app) as client:
        for address in found[:12]:
            assert (await client.get(address)).status_code == 200, address


async def test_a_demo_asks_not_to_be_listed(portal_app: Starlette) -> None:
    demo = create_app(portal_app.state.settings.model_copy(update={"demo": True}))
    demo.state.database = portal_app.state.database
    async with client_of(demo) as client:
        assert (await client.get("/robots.txt")).text == "User-agent: *\nDisallow: /\n"
