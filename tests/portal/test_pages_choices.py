"""Dine muligheder: the deadline on its line, the municipality's offer, waiting, and plans that are chosen elsewhere."""

from datetime import timedelta

import pytest
from starlette.applications import Starlette

from matching.issuing import LetterCodes
from matching.models import AuditEntry, Booking, CaseEvent, Plan
from matching.plan_facts import PlanType
from matching.states import BookingState, PlanState
from providers.database import execute
from providers.models import Municipality
from tests.support.pages import Page, Visitor, text
from tests.support.worlds import NOW, TODAY, a_code, a_plan, a_site, a_slot, an_offered_booking

SOON = NOW + timedelta(days=3)


@pytest.fixture(autouse=True)
async def phones(portal_app: Starlette) -> None:
    """How to reach the home municipality's region."""
    await execute("UPDATE region SET phone = '00 00 00 02'")


async def opens(visitor: Visitor, codes: LetterCodes, *, known: bool = True) -> Page:
    """Type the code and, if they are to be known, the second factor."""
    page = await visitor.post("/kode", kode=codes.code)
    if known:
        await visitor.post("/bekraeft", kontrolkode=codes.access_code, dag="14", maaned="3", aar="1951")
        page = await visitor.get("/muligheder")
    assert page.path == "/muligheder"
    return page


async def test_the_deadline_is_drawn_and_the_drawing_says_what_it_shows(visitor: Visitor) -> None:
    page = await opens(visitor, await a_code(await a_plan()), known=False)
    (picture,) = page.all("svg", role="img")
    (named,) = page.all("title", id="tidslinje")
    assert picture.get("aria-labelledby") == "tidslinje"
    said = "Tidslinje: Udskrevet 15. november 2026, I dag 16. november 2026, Frist 22. november 2026"
    assert text(named) == said


async def test_each_way_says_what_it_means(visitor: Visitor) -> None:
    page = await opens(visitor, await a_code(await a_plan()), known=False)
    ways = [text(way) for way in page.all("li", class_="way")]
    assert ["Det er gratis for dig." in way for way in ways] == [True] * 4
    assert "Du bekræfter, at fristen ikke længere gælder" in ways[2]
    assert ["Du sørger selv for at komme derhen." in way for way in ways] == [False, False, True, True]


async def test_the_offer_is_shown_to_the_citizen_and_not_to_whoever_has_the_code(visitor: Visitor) -> None:
    plan, slot = await a_plan(), await a_slot(await a_site(name="Kommunens sted"), SOON)
    await an_offered_booking(plan, slot)
    codes = await a_code(plan)
    page = await opens(visitor, codes, known=False)
    assert "Kommunens sted" not in page.html
    assert page.links()["Bekræft, at det er dig, for at se den"] == "/bekraeft"
    page = await opens(visitor, codes)
    assert "Din kommune tilbyder dig denne tid." in page.words
    assert "Fristen er overholdt" in page.words
    assert await AuditEntry.filter(action="offer_seen").count() == 1
    page = await visitor.submit(page, "/min-tid/tilbud")
    assert (page.path, page.heading) == ("/kvittering", "Din tid er bestilt")
    assert (await Booking.get(plan_id=plan.id)).state is BookingState.CONFIRMED


async def test_an_offer_is_declined_after_the_page_has_said_what_follows(visitor: Visitor) -> None:
    plan, slot = await a_plan(), await a_slot(await a_site(), SOON)
    offered = await an_offered_booking(plan, slot)
    page = await opens(visitor, await a_code(plan))
    assert page.links()["Nej tak"] == "/min-tid/tilbud/nej"
    page = await visitor.get("/min-tid/tilbud/nej")
    assert "Derfor kan du ikke vælge et privat sted, når du siger nej." in page.words
    page = await visitor.submit(page, "/min-tid/tilbud/nej")
    assert page.path == "/muligheder"
    assert "tilbyder dig denne tid" not in page.words
    assert (await Booking.get(id=offered.id)).state is BookingState.CANCELLED_BY_CITIZEN
    assert (await visitor.get("/min-tid/tilbud/nej")).status == 404
    assert (await visitor.post("/min-tid/tilbud/nej", booking="x")).status == 404


async def test_waiting_is_said_needs_the_citizen_and_is_undone_by_a_button(visitor: Visitor) -> None:
    plan = await a_plan()
    codes = await a_code(plan)
    page = await opens(visitor, codes, known=False)
    assert page.links()["Bekræft først, at det er dig"] == "/bekraeft"
    assert (await visitor.post("/muligheder/vent")).path == "/bekraeft"
    page = await visitor.submit(await opens(visitor, codes), "/muligheder/vent")
    assert "Du har valgt at vente (16. november 2026)." in page.words
    assert "Vil du hellere vente?" not in page.words
    await visitor.post("/farvel")
    unknown = await opens(visitor, codes, known=False)
    assert unknown.links()["Bekræft først, at det er dig"] == "/bekraeft"
    page = await visitor.submit(await opens(visitor, codes), "/muligheder/vaelg")
    assert "Du har valgt at vente" not in page.words
    assert [event.kind for event in await CaseEvent.all().order_by("sequence")] == ["deferred", "deferral_ended"]


@pytest.mark.parametrize("plan_type", [PlanType.SPECIALISED, PlanType.SPECIALISED_REHABILITATION])
async def test_a_specialised_plan_is_explained_and_stops_there(visitor: Visitor, plan_type: PlanType) -> None:
    await Municipality.filter(code="0101").update(phone="00 00 00 03")
    site = await a_site(slots=[SOON])
    page = await opens(visitor, await a_code(await a_plan(plan_type=plan_type, level=None, package_id=None)))
    number = "00 00 00 02" if plan_type is PlanType.SPECIALISED else "00 00 00 03"
    assert page.links()[number] == f"tel:+45{number.replace(' ', '')}"
    assert "Vil du hellere vente?" not in page.words
    slot = await site.slots.all().first()
    page = await visitor.post("/hold", slot=str(slot.id))
    assert "Din genoptræning kan ikke vælges her, for den er specialiseret." in page.words
    page = await visitor.post("/muligheder/vent")
    assert (page.status, page.links()["Se dine muligheder"]) == (409, "/muligheder")


async def test_an_authority_without_a_number_is_found_in_the_plan(visitor: Visitor) -> None:
    await execute("UPDATE region SET phone = NULL")
    plan = await a_plan(plan_type=PlanType.SPECIALISED, level=None, package_id=None)
    page = await opens(visitor, await a_code(plan), known=False)
    assert "Telefonnummeret står i din genoptræningsplan." in page.words


@pytest.mark.parametrize(
    ("state", "sentence", "onward"),
    [
        (PlanState.COMPLETED, "Din genoptræning er afsluttet.", "Se, hvad der er sket i din sag"),
        (PlanState.ERROR, "Planen blev sendt ved en fejl og gælder ikke.", "Se, hvad der er sket i din sag"),
    ],
)
async def test_a_course_that_is_over_says_so_once_and_asks_for_nothing(
    visitor: Visitor, state: PlanState, sentence: str, onward: str
) -> None:
    page = await opens(visitor, await a_code(await a_plan(state=state)), known=False)
    assert sentence in page.words
    assert page.all("li", class_="way") == []
    assert page.links()[onward] == "/forloeb"
    assert "Bekræft, at det er dig, for at se den" not in page.links()


async def test_who_has_begun_has_neither_a_deadline_nor_anything_to_wait_for(visitor: Visitor) -> None:
    page = await opens(visitor, await a_code(await a_plan(state=PlanState.STARTED, deferred_on=TODAY)))
    assert page.all("svg") == []
    assert "vente" not in page.words
    plan = await Plan.all().first()
    assert plan is not None
    assert (await visitor.post("/muligheder/vent")).status in {200, 409}
