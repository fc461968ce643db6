"""Danish first, English complete: the switch, and pages in the other language."""

from datetime import timedelta

import pytest

from tests.support.pages import Visitor
from tests.support.worlds import NOW, a_code, a_plan, a_site


async def test_english_is_one_link_away_and_leads_back(visitor: Visitor) -> None:
    await a_site(slots=[NOW + timedelta(days=2)])
    codes = await a_code(await a_plan())
    await visitor.post("/kode", kode=codes.code)
    danish = await visitor.get("/steder", sted="2300", radius="50")
    assert (danish.one("html").get("lang"), danish.response.headers["Content-Language"]) == ("da", "da")
    visitor.client.headers["Referer"] = str(danish.response.url)
    english = await visitor.get("/sprog/en")
    assert english.response.url == danish.response.url
    assert (english.one("html").get("lang"), english.heading) == ("en", "Choose a place")
    assert "1 place within 50 km of 2300 København S" in english.words
    assert "Wednesday 18 November at 10:00" in english.words
    assert "4 days before the deadline" in english.words
    assert (await visitor.get("/sprog/da")).heading == "Vælg et sted"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "http://elsewhere.example/",
        "http://localhost:8000//elsewhere.example",
        "http://localhost:8000.example/",
        "[",
    ],
)
async def test_the_switch_leads_to_no_other_site(visitor: Visitor, address: str) -> None:
    answer = await visitor.client.get("/sprog/en", headers={"Referer": address})
    assert answer.headers["location"] == "/"


async def test_a_language_that_we_do_not_have_is_a_page_that_does_not_exist(visitor: Visitor) -> None:
    assert (await visitor.get("/sprog/de")).status == 404


async def test_errors_speak_the_chosen_language(visitor: Visitor) -> None:
    visitor.client.cookies.set("genvej_lang", "en")
    page = await visitor.post("/kode", kode="abc")
    assert page.problems[0][0] == (
        "The course code is not typed correctly. Look in the letter and enter all 14 characters."
    )
    missing = await visitor.get("/nowhere")
    assert missing.heading == "Page not found"
