"""The list of sites and their pages: what is found, from where, how far, and what is wrong with a question."""

import re
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from starlette.applications import Starlette

from tests.support.pages import Page, Visitor, parse, text, with_query
from tests.support.worlds import AMAGER, BORNHOLM, NOW, TODAY, a_code, a_hold, a_plan, a_site, a_slot

SOON = NOW + timedelta(days=2)
UNKNOWN_PLACE = "Vi kender ikke det sted. Skriv et postnummer med fire cifre eller navnet på en by."
Entered = Callable[..., Awaitable[Page]]


@pytest.fixture
def enter(visitor: Visitor, portal_app: Starlette) -> Entered:
    """Come in with the code of a plan made for the purpose."""

    async def enter(**values: object) -> Page:
        codes = await a_code(await a_plan(**values))
        return await visitor.post("/kode", kode=codes.code)

    return enter


async def test_sites_stand_in_order_of_distance_with_all_that_decides(visitor: Visitor, enter: Entered) -> None:
    await a_site(
        name="Nær", at=AMAGER, slots=[SOON], step_free=True, lift=True, languages=["da", "en"], phone="00 00 00 00",
        web="naer.example",
    )  # fmt: skip
    await a_site("private", contract_with="0101", name="Aftalen", slots=[NOW + timedelta(days=9)])
    await enter()
    page = await visitor.get("/steder", sted="2300")
    assert names(page) == ["Nær", "Aftalen"]
    near, contract = page.all("article")
    for said in (
        "Din egen kommune", "Onsdag den 18. november kl. 10.00", "4 dage før fristen", "0,7 km i lige linje",
        "Prøvevej 1, 1050 København K", "Individuel", "Trinfri adgang, Elevator", "dansk, engelsk", "00 00 00 00",
        "naer.example", "16. november 2026", "Kommunalt genoptræningssted",
    ):  # fmt: skip
        assert said in text(near), said
    assert "Sted med aftale med din kommune" in text(contract)
    assert "3 dage efter fristen" in text(contract)
    assert heading(page) == "2 steder inden for 25 km fra 2300 København S"


async def test_one_site_is_said_in_the_singular(visitor: Visitor, enter: Entered) -> None:
    await a_site(slots=[SOON])
    await enter()
    page = await visitor.get("/steder", sted="2300", radius="alle")
    assert heading(page) == "1 sted i hele landet"


async def test_private_sites_wait_behind_a_switch(visitor: Visitor, enter: Entered) -> None:
    await a_site(name="Kommunen", slots=[SOON])
    clinic = await a_site("private", name="Klinikken", slots=[NOW + timedelta(days=8)])
    await enter()
    page = await visitor.get("/steder")
    assert names(page) == ["Kommunen"]
    page = await visitor.submit(page, "/steder", private="1")
    assert names(page) == ["Kommunen", "Klinikken"]
    assert "Åbner måske 23. november 2026" in page.words
    page = await visitor.get(f"/steder/{clinic.pk}")
    assert "Tiderne kan ikke vælges endnu." in page.words
    assert page.all("button", name="slot") == []


async def test_the_question_is_remembered_and_the_site_leads_back_to_it(visitor: Visitor, enter: Entered) -> None:
    site = await a_site(slots=[SOON])
    await enter()
    await visitor.get("/steder", sted="2300", radius="50")
    assert (await visitor.get(f"/steder/{site.pk}")).links()["Alle steder"] == "/steder?sted=2300&radius=50"
    page = await visitor.get("/steder")
    assert page.field("sted").get("value") == "2300"


async def test_a_radius_that_is_none_gets_one_sentence(visitor: Visitor, enter: Entered) -> None:
    await enter()
    for radius in ("0", "-5", "1001", "ti", "1e3", "٢٥", "\x00", "5" * 300):
        page = await visitor.get("/steder", sted="2300", radius=radius)
        assert page.status == 400
        assert page.problems == [("Vælg en afstand på 1 til 1000 km, eller vælg hele landet.", "radius")]
        assert page.field("sted").get("value") == "2300"


async def test_a_place_that_nobody_knows_gets_one_sentence_and_stays(visitor: Visitor, enter: Entered) -> None:
    await enter()
    for place in ("9999", "800", "12345", "Ingensteds", "🏥", "a", '"><script>'):
        page = await visitor.get("/steder", sted=place)
        assert page.status == 400
        assert page.problems == [(UNKNOWN_PLACE, "sted")]
        assert page.field("sted").get("value") == place
    page = await visitor.get("/steder", sted="Ingen\x00steds")
    assert page.field("sted").get("value") == "Ingensteds"


async def test_places_are_known_as_people_write_them(visitor: Visitor, enter: Entered) -> None:
    await a_site(slots=[SOON])
    await enter()
    for typed, place in (
        ("8000", "8000 Aarhus C"),
        (" DK-8000 Aarhus C ", "8000 Aarhus C"),
        ("Vestergade 4, 2. tv., 8000 Aarhus C", "8000 Aarhus C"),
        ("ålborg", "9000 Aalborg"),
        ("Rudersdal", "Rudersdal Kommune"),
        ("bornholms regionskommune", "Bornholms Regionskommune"),
    ):
        page = await visitor.get("/steder", sted=typed, radius="alle")
        assert f"Afstanden er i lige linje fra {place}." in page.words


async def test_towns_of_nearly_the_same_name_are_offered(visitor: Visitor, enter: Entered) -> None:
    await a_site(slots=[SOON])
    await enter()
    page = await visitor.get("/steder", sted="Nykøbing", radius="alle")
    similar = [text(link) for link in page.tree.iter("a") if "Nyk" in text(link)]
    assert "4800 Nykøbing F" in page.words
    assert similar == ["4800 Nykøbing F", "7900 Nykøbing M"]


async def test_nobody_in_range_leads_further_out(visitor: Visitor, enter: Entered) -> None:
    await a_site(slots=[SOON])
    await enter()
    page = await visitor.get("/steder", sted="9000", radius="25")
    assert heading(page) == "Ingen steder med ledige tider inden for 25 km fra 9000 Aalborg"
    links = page.links()
    assert links["Søg inden for 50 km"] == "/steder?sted=9000&radius=50"
    assert links["Søg i hele landet"] == "/steder?sted=9000&radius=alle"
    assert links["00 00 00 00"] == "tel:+4500000000"


async def test_nobody_delivers_the_level(visitor: Visitor, enter: Entered) -> None:
    site = await a_site(slots=[SOON])
    await enter(level="advanced")
    page = await visitor.get("/steder", radius="alle")
    assert heading(page) == "Ingen steder i hele landet har en ledig tid lige nu"
    assert "så hjælper vi dig med at finde et sted." in page.words
    page = await visitor.get(f"/steder/{site.pk}")
    assert "Stedet har ingen ledige tider, du kan vælge lige nu." in page.words


async def test_a_long_list_goes_on_page_by_page(visitor: Visitor, enter: Entered) -> None:
    for number in range(11):
        await a_site(name=f"Sted {number:02}", slots=[SOON])
    await enter()
    page = await visitor.get("/steder", radius="50")
    assert (heading(page), len(names(page))) == ("De 10 nærmeste steder. Der er flere længere væk.", 10)
    rest = await visitor.get(page.links()["Vis de næste steder"])
    assert heading(rest) == "1 sted mere, længere væk"
    assert sorted(names(page) + names(rest)) == [f"Sted {number:02}" for number in range(11)]
    assert names(await visitor.get(rest.links()["Tilbage til de nærmeste steder"])) == names(page)
    stranger = await visitor.get(with_query(page.links()["Vis de næste steder"], radius="100"))
    assert (stranger.status, stranger.problems[0][0]) == (400, "Listen kan ikke fortsættes herfra. Søg igen.")


async def test_a_fragment_is_the_same_as_the_page(visitor: Visitor, enter: Entered) -> None:
    for number in range(11):
        await a_site(name=f"Sted {number:02}", slots=[SOON])
    await enter()
    first = await visitor.get("/steder", radius="50")
    for address in ("/steder?sted=2300", "/steder?radius=0", first.links()["Vis de næste steder"]):
        fragment = await visitor.fragment(address)
        whole = (await visitor.get(address)).html
        assert "HX-Request" in fragment.headers["Vary"]
        assert "<html" not in fragment.text
        assert _but_signatures(_with_fragment(first.html, fragment.text)) == _but_signatures(" ".join(whole.split()))


async def test_htmx_opens_a_page_that_has_no_such_part(visitor: Visitor, portal_app: Starlette) -> None:
    answer = await visitor.fragment("/steder")
    answer = await visitor.fragment(answer.headers["location"])
    assert (answer.text, answer.headers["HX-Redirect"]) == ("", "/?mangler=kode")
    assert (await visitor.fragment("/soeg/abc")).headers["HX-Redirect"] == "/soeg/abc"


async def test_a_site_shows_its_times_day_by_day(visitor: Visitor, enter: Entered) -> None:
    later = NOW + timedelta(days=9)
    site = await a_site(slots=[SOON, SOON + timedelta(hours=1), later], name="Stedet", parking=True)
    await enter()
    page = await visitor.get(f"/steder/{site.pk}")
    days = page.all("section", class_="day")
    assert [text(day.find("h3")) for day in days] == ["Onsdag den 18. november", "Onsdag den 25. november"]
    assert "2 ledige tider · 4 dage før fristen" in text(days[0])
    assert "1 ledig tid · 3 dage efter fristen" in text(days[1])
    assert next(button.get("aria-label") for button in page.all("button", name="slot")) == (
        "Vælg onsdag den 18. november kl. 10.00, Individuel, 30 min."
    )


async def test_other_peoples_holds_are_not_offered(visitor: Visitor, enter: Entered) -> None:
    site = await a_site(slots=[SOON + timedelta(days=1)])
    await a_hold(await a_plan(), await a_slot(site, SOON))
    await enter()
    page = await visitor.get(f"/steder/{site.pk}")
    assert [text(day) for day in page.all("h3")] == ["Torsdag den 19. november"]


async def test_a_site_that_does_not_exist_is_a_page_that_does_not(visitor: Visitor, enter: Entered) -> None:
    await enter()
    for number in ("0", "99999999", "99999999999999999999", "abc", "1.5", "-1", "%00", "١"):
        for path in ("/steder", "/soeg"):
            page = await visitor.get(f"{path}/{number}")
            assert (page.status, page.heading) == (404, "Siden findes ikke")


async def test_anybody_can_search_without_a_code(visitor: Visitor, portal_app: Starlette) -> None:
    site = await a_site(name="Kommunen", slots=[SOON])
    await a_site("private", name="Klinikken", at=AMAGER, slots=[SOON])
    page = await visitor.get("/")
    page = await visitor.submit(page, "/soeg", pakke="01-kirurgisk", niveau="basal", sted="2300")
    assert names(page) == ["Klinikken", "Kommunen"]
    assert "fristen" not in page.words
    assert not visitor.client.cookies
    page = await visitor.get(page.links()["Kommunen"])
    assert page.path == f"/soeg/{site.pk}"
    assert "10.00" in page.words
    assert page.all("button", name="slot") == []
    assert "Søg uden kode" in (await visitor.get(page.links()["Alle steder"])).heading


async def test_a_search_without_code_says_all_that_is_missing(visitor: Visitor, portal_app: Starlette) -> None:
    page = await visitor.get("/soeg", pakke="99-x", niveau="hård", sted="", radius="hundrede")
    assert page.status == 400
    assert [field for _, field in page.problems] == ["pakke", "niveau", "sted", "radius"]
    assert (await visitor.get("/soeg")).problems == []


async def test_a_shared_address_with_a_foreign_cursor_begins_anew(visitor: Visitor, portal_app: Starlette) -> None:
    page = await visitor.get("/soeg", pakke="01-kirurgisk", niveau="basal", sted="2300", cursor="x")
    assert (page.status, page.problems[0][0]) == (400, "Listen kan ikke fortsættes herfra. Søg igen.")


async def test_a_plan_of_bornholm_is_searched_from_bornholm(visitor: Visitor, enter: Entered) -> None:
    await a_site(municipality="0400", name="Øen", at=BORNHOLM, slots=[SOON])
    await enter(municipality_id="0400", discharge_date=TODAY)
    page = await visitor.get("/steder")
    assert heading(page) == "1 sted inden for 25 km fra Bornholms Regionskommune"


def names(page: Page) -> list[str]:
    """The sites of the list, in order."""
    return [text(found) for found in page.all("h3", class_="place-name")]


def heading(page: Page) -> str:
    """What is said of how many there are."""
    (count,) = page.all("h2", id="antal")
    return text(count)


def _but_signatures(html: str) -> str:
    """A cursor is signed with the second in which it was made."""
    return re.sub(r"cursor=[\w.-]+", "cursor=", html)


def _with_fragment(html: str, fragment: str) -> str:
    """The page after the swap: what stands inside #soegning is what came."""
    begin = html.index('<div class="finder-list" id="soegning">') + len('<div class="finder-list" id="soegning">')
    end = html.index('<div class="finder-map')
    inner_end = html.rindex("</div>", begin, end)
    parse(html)
    return " ".join((html[:begin] + " " + fragment + html[inner_end:]).split())
