"""The list's order, and what is wished of the site and of the time: read, kept, applied, and told when impossible."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio
from starlette.applications import Starlette

from tests.support.apps import Clock, client_of, running_app
from tests.support.databases import Databases
from tests.support.pages import Page, Visitor, text
from tests.support.worlds import AMAGER, BORNHOLM, CITY_HALL, NOW, TODAY, a_code, a_plan, a_site

MORNING, EVENING = NOW + timedelta(days=2), NOW + timedelta(days=1, hours=8)
LATE = NOW + timedelta(days=9)
ANYBODY = {"pakke": "01-kirurgisk", "niveau": "basal", "sted": "2300", "radius": "50"}


@pytest_asyncio.fixture(scope="module")
async def portal(databases: Databases) -> AsyncIterator[Starlette]:
    """Near in the morning, a clinic with a lift in the evening, and one after the deadline; eleven on an island."""
    async with databases.fresh() as url, running_app(url, Clock()) as app:
        await a_site(name="Nær", at=AMAGER, slots=[MORNING], languages=["da"])
        await a_site(
            "private",
            contract_with="0101",
            name="Aften",
            at=CITY_HALL,
            slots=[EVENING],
            lift=True,
            languages=["da", "ar"],
        )
        await a_site(name="Sen", at=CITY_HALL, slots=[LATE], parking=True)
        for _ in range(11):
            await a_site(municipality="0400", at=BORNHOLM, slots=[MORNING], lift=True)
        yield app


@pytest_asyncio.fixture
async def visitor(portal: Starlette) -> AsyncIterator[Visitor]:
    async with client_of(portal) as client:
        yield Visitor(portal, client)


def names(page: Page) -> list[str]:
    return [text(found) for found in page.all("h3", class_="place-name")]


async def test_each_wish_leaves_out_what_does_not_meet_it(visitor: Visitor) -> None:
    async def found(**wishes: str) -> list[str]:
        return sorted(names(await visitor.get("/soeg", **ANYBODY, **wishes)))

    assert await found() == ["Aften", "Nær", "Sen"]
    assert await found(slags="private") == await found(sprog="ar") == await found(elevator="1") == ["Aften"]
    assert await found(slags="kommunale") == ["Nær", "Sen"]
    assert await found(aften="1") == ["Aften"]
    assert await found(formiddag="1") == ["Nær", "Sen"]
    assert await found(gruppe="1") == await found(elevator="1", parkering="1") == []
    assert await found(individuel="1", gruppe="1", handicaptoilet="") == ["Aften", "Nær", "Sen"]


async def test_the_order_is_the_one_asked_for_and_said(visitor: Visitor) -> None:
    page = await visitor.get("/soeg", **ANYBODY, orden="tid")
    assert names(page) == ["Aften", "Nær", "Sen"]
    assert "01 Underekstremitet, kirurgisk · Basal · 50 km fra 2300 København S · første tider først" in page.words
    assert names(await visitor.get("/soeg", **ANYBODY, orden="afstand"))[0] == "Nær"


async def test_wishes_are_kept_in_the_form_in_links_and_in_the_visit(visitor: Visitor) -> None:
    await visitor.post("/kode", kode=(await a_code(await a_plan())).code)
    page = await visitor.get("/steder")
    assert page.all("details", class_="wishes")[0].get("open") is None
    page = await visitor.submit(page, "/steder", sted="2300", orden="tid", sprog="da", elevator="1", frist="1")
    assert names(page) == ["Aften"]
    (details,) = page.all("details", class_="wishes")
    assert details.get("open") is None, "the list says which are wished, each with a way to take it away"
    assert text(details).startswith("Flere ønsker (3 valgt)")
    assert page.field("elevator").get("checked") is not None
    assert page.links()["Søg i hele landet"] == "/steder?sted=2300&orden=tid&sprog=da&frist=1&elevator=1&radius=alle"
    assert names(await visitor.get("/steder")) == ["Aften"]
    page = await visitor.get("/steder", sted="2300", frist="1")
    assert names(page) == ["Nær", "Aften"], "what is not ticked any more is not wished any more"


async def test_a_cursor_belongs_to_its_wishes(visitor: Visitor) -> None:
    first = await visitor.get("/soeg", **ANYBODY | {"sted": "3700", "radius": "50"}, elevator="1", orden="tid")
    following = first.links()["Vis de næste steder"]
    rest = await visitor.get(following)
    assert text(rest.all("h2", id="antal")[0]) == "1 sted mere, med senere tid"
    assert names(await visitor.get(rest.links()["Tilbage til de første tider"])) == names(first)
    for other in (following.replace("elevator=1", "trinfri=1"), following.replace("orden=tid", "orden=afstand")):
        page = await visitor.get(other)
        assert page.problems == [("Listen kan ikke fortsættes herfra. Søg igen.", "")]


@pytest.mark.parametrize(
    ("wishes", "field", "begins"),
    [
        ({"digitalt": "1", "hjemme": "1", "elevator": "1"}, "stedet", "Hjemme og digitalt kommer du ikke hen"),
        ({"slags": "kommunale", "private": "1"}, "slags", "Du har valgt kun at se kommunale steder"),
        ({"frist": "1"}, "frist", "Ingen tid kan nås inden for fristen"),
        ({"slags": "offentlige"}, "slags", "Vælg en af mulighederne"),
        ({"sprog": "dansk"}, "sprog", "Vælg en af mulighederne"),
        ({"orden": "\x00"}, "orden", "Vælg en af mulighederne"),
    ],
)
async def test_what_cannot_be_met_or_read_is_one_sentence_at_its_field(
    visitor: Visitor, wishes: dict[str, str], field: str, begins: str
) -> None:
    overdue = {"discharge_date": TODAY - timedelta(days=9)} if field == "frist" else {}
    await visitor.post("/kode", kode=(await a_code(await a_plan(**overdue))).code)
    page = await visitor.get("/steder", sted="2300", **wishes)
    ((sentence, led_to),) = page.problems
    assert (page.status, led_to, sentence.startswith(begins)) == (400, field, True)
    assert names(page) == []
    assert (await visitor.get("/steder")).problems == [], "only what can be searched for is remembered"
