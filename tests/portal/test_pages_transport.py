"""Transport on the way: two questions, an answer for each place, and nothing kept when the visit is over."""

from datetime import UTC, datetime, timedelta

import pytest
from starlette.applications import Starlette

from matching.models import Plan
from providers.models import Session, Site
from tests.support.apps import Clock
from tests.support.pages import Page, Visitor
from tests.support.worlds import AMAGER, BORNHOLM, NOW, a_code, a_plan, a_site

SOON = NOW + timedelta(days=3)
LABEL = "Vejledende 2026. Din kommune afgør det."


@pytest.fixture
async def own(portal_app: Starlette) -> Site:
    """The municipality's own place, a few kilometres from the town hall."""
    return await a_site(at=AMAGER, slots=[SOON])


@pytest.fixture
async def plan(visitor: Visitor, own: Site) -> Plan:
    """A citizen who has typed the code and searches from the middle of the town."""
    plan = await a_plan(reference_site_id=own.pk, discharge_date=NOW.date() - timedelta(days=20))
    await visitor.post("/kode", kode=(await a_code(plan)).code)
    await visitor.get("/steder", sted="1050")
    return plan


async def answers(visitor: Visitor, site: Site, **fields: str) -> Page:
    page = await visitor.get("/koersel", sted=str(site.pk))
    return await visitor.submit(page, "/koersel", **{"pensionist": "nej", "bustog": "ja"} | fields)


async def test_before_the_questions_the_page_asks_them(visitor: Visitor, plan: Plan, own: Site) -> None:
    page = await visitor.get(f"/steder/{own.pk}")
    assert "km i lige linje fra 1050 København K." in page.words
    assert "Du kan måske få betalt kørsel. Svar på to spørgsmål" in page.words
    assert LABEL in page.words
    assert page.links()["Svar på to spørgsmål om kørsel"] == f"/koersel?sted={own.pk}"


async def test_a_year_without_amounts_has_the_rule_without_an_amount(visitor: Visitor, plan: Plan, own: Site) -> None:
    page = await answers(visitor, own, pensionist="ja", pris="500")
    assert page.path == f"/steder/{own.pk}"
    assert "Vi kender ikke beløbet for 2026." in page.words
    assert "kr." not in page.words.split("Kørsel")[1]


async def test_whoever_has_no_ground_is_told_so(visitor: Visitor, plan: Plan, own: Site) -> None:
    page = await answers(visitor, own, pris="500")
    assert "Du kan nok ikke få betalt kørsel." in page.words
    page = await visitor.get("/steder")
    assert "Du kan nok ikke få betalt kørsel (vejledende 2026)." in page.words


async def test_under_the_free_choice_the_own_place_is_the_most(visitor: Visitor, own: Site, clock: Clock) -> None:
    clock.now = datetime(2024, 3, 4, 9, 0, tzinfo=UTC)
    clinic = await a_site("private", at=BORNHOLM, slots=[clock.now + timedelta(days=3)], now=clock.now)
    plan = await a_plan(reference_site_id=own.pk, discharge_date=clock.now.date() - timedelta(days=20), now=clock.now)
    await visitor.post("/kode", kode=(await a_code(plan, now=clock.now)).code)
    await visitor.get("/steder", sted="1050", radius="alle")
    page = await answers(visitor, clinic, pensionist="ja", pris="600", egen="70")
    assert "Du sørger selv for at komme derhen." in page.words
    assert "Du kan nok få betalt kørsel. Op til 70 kr. for turen frem og tilbage." in page.words
    assert "Vejledende 2024." in page.words
    page = await answers(visitor, clinic, pensionist="ja", pris="600", egen="48")
    assert "Turen til kommunens eget sted skal også koste mere end 48 kr." in page.words
    page = await answers(visitor, clinic, pris="600", egen="200")
    assert "Du kan ikke få den betalt til kommunens eget sted" in page.words


async def test_without_a_place_nothing_is_concluded_from_a_distance(visitor: Visitor, own: Site) -> None:
    await visitor.post("/kode", kode=(await a_code(await a_plan())).code)
    page = await answers(visitor, own, pris="500")
    assert "i lige linje" not in page.words.split("Kørsel")[1]
    assert "hvis der er mere end 50 km hjemmefra" in page.words


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"pensionist": ""}, "pensionist"),
        ({"bustog": "måske"}, "bustog"),
        ({"pris": "meget"}, "pris"),
    ],
)
async def test_an_answer_that_is_none_is_asked_for_again(
    visitor: Visitor, plan: Plan, own: Site, fields: dict[str, str], field: str
) -> None:
    page = await answers(visitor, own, **{"pris": "120"} | fields)
    assert (page.status, [at for _, at in page.problems]) == (400, [field])
    assert page.field("pris").get("value") == fields.get("pris", "120")


async def test_a_price_that_is_none_is_asked_for_again(visitor: Visitor, plan: Plan) -> None:
    page = await visitor.submit(await visitor.get("/koersel"), "/koersel", pensionist="ja", bustog="ja", egen="-5")
    assert (page.status, [at for _, at in page.problems]) == (400, ["egen"])


@pytest.mark.parametrize("number", ["999999", "x", "-1", "9" * 20])
async def test_a_site_that_does_not_exist_has_no_form(visitor: Visitor, plan: Plan, number: str) -> None:
    assert (await visitor.get("/koersel", sted=number)).status == 404


async def test_the_answers_live_in_the_visit_and_nowhere_else(visitor: Visitor, plan: Plan, own: Site) -> None:
    await visitor.submit(await visitor.get("/koersel"), "/koersel", pensionist="nej", bustog="ja", egen="80")
    page = await answers(visitor, own, pris="1.120 kr.")
    kept = (await Session.get()).data["transport"]
    assert kept == {"pensioner": False, "unable": False, "kroner": {str(own.pk): 1120}, "own_kroner": 80}
    page = await visitor.get("/koersel", sted=str(own.pk))
    assert page.field("pris").get("value") == "1120"
    await visitor.submit(page, "/farvel")
    assert await Session.all().count() == 0
