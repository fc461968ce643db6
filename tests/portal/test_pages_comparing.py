"""Tags that take a filter away again, sites beside one another, and those that are saved for the visit."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from tests.support.pages import Page, Visitor, text
from tests.support.worlds import AMAGER, NOW, a_code, a_plan, a_site

SOON = NOW + timedelta(days=2)
PUBLIC = {"pakke": "01-kirurgisk", "niveau": "basal", "sted": "2300"}
Entered = Callable[[], Awaitable[None]]


@pytest.fixture
def enter(visitor: Visitor) -> Entered:
    async def enter() -> None:
        await visitor.post("/kode", kode=(await a_code(await a_plan())).code)

    return enter


def tags(page: Page) -> dict[str, str]:
    """Label → address."""
    return {text(link).rstrip("×"): link.get("href") or "" for link in page.all("a", class_="tag")}


async def test_every_filter_is_a_tag_that_takes_it_away_also_when_they_leave_nothing(
    visitor: Visitor, enter: Entered
) -> None:
    await a_site(name="Stedet", at=AMAGER, slots=[SOON])
    await enter()
    page = await visitor.get("/steder", sted="2300", radius="10", elevator="1", sprog="en")
    assert page.all("article") == []
    assert tags(page) == {
        "Inden for 10 km": "/steder?sted=2300&sprog=en&elevator=1",
        "engelsk": "/steder?sted=2300&radius=10&elevator=1",
        "Elevator": "/steder?sted=2300&radius=10&sprog=en",
    }
    for label in ("engelsk", "Elevator"):
        page = await visitor.get(tags(page)[label])
    assert len(page.all("article")) == 1
    assert list(tags(page)) == ["Inden for 10 km"]
    # Nothing that the visit remembers comes back with the last one.
    page = await visitor.get("/steder", sprog="en")
    assert page.links()["Søg uden dine ønsker"] == tags(page)["engelsk"]
    assert tags(await visitor.get(tags(page)["engelsk"])) == {}
    public = await visitor.get("/soeg", **PUBLIC, slags="kommunale")
    assert tags(public) == {"Kun kommunale steder": "/soeg?pakke=01-kirurgisk&niveau=basal&sted=2300"}


async def test_up_to_three_stand_beside_one_another(visitor: Visitor, enter: Entered) -> None:
    sites = [await a_site(name=f"Sted {n}", at=AMAGER, slots=[SOON + timedelta(days=n)], lift=n == 1) for n in range(4)]
    without = await a_site(name="Uden tid")
    await enter()
    page = await visitor.get("/steder", sted="2300")
    assert len(page.all("input", name="nr", form="sammenlign")) == 4
    query = "&".join(f"nr={site.pk}" for site in (sites[1], without, sites[0]))
    page = await visitor.get(f"/sammenlign?{query}")
    columns, *lines = [[text(cell) for cell in row] for row in page.tree.iter("tr")]
    assert columns[1:] == ["Sted 1", "Uden tid", "Sted 0"]
    said = {label: values for label, *values in lines}
    assert said["Første ledige tid"][:2] == ["Torsdag den 19. november kl. 10.00", "Ingen lige nu"]
    assert said["Din frist"] == ["3 dage før fristen", "–", "4 dage før fristen"]
    assert said["Afstand i lige linje"] == ["0,7 km", "3,3 km", "0,7 km"]
    assert said["Adgang"] == ["Elevator", "–", "–"]
    assert page.links()["Alle steder"] == "/steder?sted=2300"
    page = await visitor.get("/sammenlign?" + "&".join(f"nr={site.pk}" for site in sites))
    assert "Her er de første 3." in page.words
    assert len(page.all("th", scope="col")) == 3


async def test_anybody_may_compare_and_numbers_of_nothing_are_passed_over(visitor: Visitor) -> None:
    site = await a_site(name="Stedet", slots=[SOON])
    query = "&".join(f"{name}={value}" for name, value in PUBLIC.items())
    page = await visitor.get(f"/soeg/sammenlign?{query}&nr={site.pk}&nr=x&nr=0&nr=999999999999&nr=4711")
    assert [text(head) for head in page.all("th", scope="col")] == ["Stedet"]
    assert page.links()["Stedet"] == f"/soeg/{site.pk}?{query}"
    assert "frist" not in page.words
    assert (await visitor.get(f"/soeg/sammenlign?nr={site.pk}")).path == "/soeg"
    assert "set-cookie" not in page.response.headers


async def test_what_is_saved_is_there_until_the_visit_ends(visitor: Visitor, enter: Entered) -> None:
    first, second = [await a_site(name=name, slots=[SOON]) for name in ("Første", "Andet")]
    await enter()
    assert "Du har ikke valgt nogen steder endnu." in (await visitor.get("/sammenlign")).words
    await visitor.get("/steder", radius="50")
    for site in (first, second, first):
        answer = await visitor.client.post("/gem", data={"nr": site.pk}, headers={"Sec-Fetch-Site": "same-origin"})
        assert answer.headers["Location"] == f"/steder?radius=50#sted-{site.pk}"
    page = await visitor.get("/steder")
    assert "Du har gemt 1 sted." in page.words
    page = await visitor.get("/sammenlign")
    assert [text(head) for head in page.all("th", scope="col")] == ["Andet"]
    for nothing in ("", "x", "0", "99999999999999999999"):
        assert (await visitor.post("/gem", nr=nothing)).status == 200
    await visitor.post("/farvel")
    await enter()
    assert "Du har gemt" not in (await visitor.get("/steder")).words
