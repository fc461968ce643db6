"""The way in: the front page, the code, and what it opens."""

from datetime import timedelta
from http.cookiejar import DefaultCookiePolicy

import pytest
from starlette.applications import Starlette

from matching.issuing import LetterCodes, issue_codes
from matching.models import AuditEntry
from matching.plan_facts import PlanType
from matching.states import PlanState
from providers.actors import SYSTEM
from tests.support.apps import Clock
from tests.support.pages import Visitor
from tests.support.worlds import NOW, POLICY, TODAY, VAULT, a_code, a_plan, a_site

MISTYPED = "Forløbskoden er ikke skrevet rigtigt. Se i brevet, og skriv alle 14 tegn."
UNKNOWN = "Koden gælder ikke. Se efter i brevet, eller ring til din kommune og få en ny."


@pytest.fixture
async def codes(portal_app: Starlette) -> LetterCodes:
    """A plan of yesterday's discharge."""
    return await a_code(await a_plan())


async def test_the_front_page_asks_for_the_code(visitor: Visitor) -> None:
    page = await visitor.get("/")
    assert page.heading == "Find din genoptræning"
    assert page.field("kode").get("autocomplete") == "off"
    assert "00 00 00 00" in page.words


async def test_a_code_typed_as_people_type_opens_the_choices(visitor: Visitor, codes: LetterCodes) -> None:
    for typed in (codes.code.lower(), codes.code.replace("-", " "), f"\u00a0{codes.code}\n"):
        page = await visitor.post("/kode", kode=typed)
        assert (page.path, page.heading) == ("/muligheder", "Dine muligheder")


async def test_text_that_is_no_code_gets_one_sentence_and_is_not_repeated(visitor: Visitor) -> None:
    for typed in ("æblegrød", "0" * 13 + "1", "🦵🦵🦵", "a\x00b", "7K3M" * 500, "<script>alert(1)</script>"):
        page = await visitor.post("/kode", kode=typed)
        assert page.status == 400
        assert page.problems == [(MISTYPED, "kode")]
        assert page.field("kode").get("value") is None
        assert typed not in page.html


async def test_an_empty_code_asks_for_it(visitor: Visitor) -> None:
    page = await visitor.post("/kode", kode="  ")
    assert page.problems == [("Skriv forløbskoden fra dit brev.", "kode")]


async def test_a_code_that_nobody_has_is_refused_without_being_repeated(visitor: Visitor) -> None:
    page = await visitor.post("/kode", kode="0000-0000-0000-00")
    assert (page.status, page.problems) == (401, [(UNKNOWN, "kode")])
    assert "0000-0000" not in page.html


async def test_too_many_guesses_must_wait(visitor: Visitor) -> None:
    for _ in range(10):
        await visitor.post("/kode", kode="0000-0000-0000-00")
    page = await visitor.post("/kode", kode="0000-0000-0000-00")
    assert page.status == 429
    assert int(page.response.headers["Retry-After"]) > 0


async def test_a_package_typed_as_words_opens_the_search_without_code(visitor: Visitor) -> None:
    page = await visitor.post("/kode", kode="01 kirurgisk basal")
    assert (page.path, page.heading) == ("/soeg", "Søg uden kode")
    chosen = [option.get("value") for option in page.tree.iter("option") if option.get("selected") is not None]
    assert chosen[:2] == ["01-kirurgisk", "25"]


async def test_a_page_behind_the_code_sends_to_the_front_and_says_why(visitor: Visitor) -> None:
    page = await visitor.get("/muligheder")
    assert (page.path, page.heading) == ("/", "Find din genoptræning")
    assert "Har du lige skrevet den, så gemmer din browser ikke cookies." in page.words


async def test_a_browser_without_cookies_is_told_so(visitor: Visitor, codes: LetterCodes) -> None:
    visitor.client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    page = await visitor.post("/kode", kode=codes.code)
    assert (page.path, page.status) == ("/", 200)
    assert "Giv lov til cookies, eller ring til os" in page.words


async def test_a_visit_that_took_too_long_says_so_and_goes_on_with_the_code(
    visitor: Visitor, codes: LetterCodes, clock: Clock
) -> None:
    page = await visitor.post("/kode", kode=codes.code)
    clock.now = NOW + timedelta(minutes=31)
    page = await visitor.post("/bekraeft", dag="14")
    assert "Der gik for lang tid" in page.words
    assert (await visitor.submit(page, "/kode", kode=codes.code)).path == "/muligheder"


async def test_the_choices_show_the_plan_and_no_name(visitor: Visitor, codes: LetterCodes) -> None:
    page = await visitor.post("/kode", kode=codes.code)
    assert "01 Underekstremitet, kirurgisk" in page.words
    assert "Københavns Kommune" in page.words
    assert "Søndag den 22. november 2026" in page.words
    assert "Der er 6 dage til fristen." in page.words
    assert "Prøve Prøvesen" not in page.html
    assert [text for text in ("Du kan vælge nu", "Ikke åben endnu") if text in page.words] == [
        "Du kan vælge nu",
        "Ikke åben endnu",
    ]
    assert page.links()["Find ledige tider"] == "/steder"
    entries = await AuditEntry.filter(action="choices_seen").values("role", "result")
    assert entries == [{"role": "citizen_code", "result": "ok"}]


async def test_a_passed_deadline_is_said_in_days(visitor: Visitor, portal_app: Starlette) -> None:
    codes = await a_code(await a_plan(discharge_date=TODAY - timedelta(days=10)))
    page = await visitor.post("/kode", kode=codes.code)
    assert "Fristen blev overskredet for 3 dage siden." in page.words
    assert "fordi fristen gik" in page.words


async def test_a_missing_level_is_explained(visitor: Visitor, portal_app: Starlette) -> None:
    codes = await a_code(await a_plan(level=None, discharge_date=TODAY - timedelta(days=10)))
    page = await visitor.post("/kode", kode=codes.code)
    assert "Ikke afgjort endnu" in page.words
    assert "Du mister ingen rettigheder imens." in page.words
    assert "Find ledige tider" not in page.words
    assert "Du kan vælge nu" not in page.words
    assert page.words.count("Når kommunen har afgjort, hvad du skal have") == 3
    assert (await visitor.get("/steder")).path == "/muligheder"


@pytest.mark.parametrize(
    ("plan_type", "authority"),
    [(PlanType.SPECIALISED, "Region Hovedstaden"), (PlanType.SPECIALISED_REHABILITATION, "Københavns Kommune")],
)
async def test_specialised_plans_are_told_who_is_responsible(
    visitor: Visitor, portal_app: Starlette, plan_type: PlanType, authority: str
) -> None:
    codes = await a_code(await a_plan(plan_type=plan_type, level=None, package_id=None))
    page = await visitor.post("/kode", kode=codes.code)
    assert f"{authority} har ansvaret for din genoptræning." in page.words
    assert page.all("ul", class_="ways") == []
    assert "Din frist" not in page.words
    assert "Kommunen betaler" not in page.words
    assert (await visitor.get("/steder")).path == "/muligheder"


async def test_from_2027_the_region_is_responsible_for_specialised_rehabilitation(
    visitor: Visitor, portal_app: Starlette, clock: Clock
) -> None:
    clock.now = NOW + timedelta(days=60)
    plan = await a_plan(plan_type=PlanType.SPECIALISED_REHABILITATION, level=None, package_id=None)
    page = await visitor.post("/kode", kode=(await a_code(plan, now=clock.now)).code)
    assert "Region Østdanmark har ansvaret for din genoptræning." in page.words


async def test_a_course_under_way_has_nothing_to_choose(visitor: Visitor, portal_app: Starlette) -> None:
    codes = await a_code(await a_plan(state=PlanState.STARTED))
    page = await visitor.post("/kode", kode=codes.code)
    assert page.words.count("Din genoptræning er i gang.") == 1
    assert "Find ledige tider" not in page.links()
    assert "Din frist" not in page.words


async def test_leaving_forgets_the_code(visitor: Visitor, codes: LetterCodes) -> None:
    page = await visitor.post("/kode", kode=codes.code)
    page = await visitor.submit(page, "/farvel")
    assert (page.path, "Du har lukket dit forløb her." in page.words) == ("/", True)
    assert (await visitor.get("/muligheder")).path == "/"


async def test_another_code_replaces_everything(visitor: Visitor, codes: LetterCodes) -> None:
    await a_site(slots=[NOW + timedelta(days=2)])
    await visitor.post("/kode", kode=codes.code)
    await visitor.get("/steder", sted="8000")
    other = await a_code(await a_plan(municipality_id="0400"))
    page = await visitor.post("/kode", kode=other.code)
    assert "Bornholms Regionskommune" in page.words
    assert (await visitor.get("/steder")).field("sted").get("value") in (None, "")


async def test_a_code_that_gave_way_to_another_ends_the_visits_it_opened(visitor: Visitor) -> None:
    plan = await a_plan()
    codes = await a_code(plan)
    page = await visitor.get("/")
    assert (await visitor.submit(page, "/kode", kode=codes.code)).path == "/muligheder"
    await issue_codes(plan.id, actor=SYSTEM, now=NOW + timedelta(minutes=1), vault=VAULT, policy=POLICY)
    page = await visitor.get("/muligheder")
    assert page.path == "/"
    assert "Koden, du skrev, gælder ikke mere." in page.words
    assert "Fortsæt med dit forløb" not in page.links()
