"""The page of a case: why it is here, what was done, and two caseworkers who do not overwrite each other."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import pytest_asyncio
from starlette.applications import Starlette

from matching.booking import book
from matching.cases import read_case
from matching.citizens import open_citizen
from matching.models import AuditEntry, Plan
from matching.plan_facts import Level
from matching.states import PlanState
from providers.accounts import Post
from providers.actors import CITIZEN
from providers.clock import COPENHAGEN
from providers.roles import Role
from tests.support.apps import Clock, running_app
from tests.support.databases import Databases
from tests.support.pages import Visitor, text
from tests.support.staff import a_colleague
from tests.support.staff_pages import at_a_browser, sign_in_as
from tests.support.worlds import HOME, NOW, PACKAGE, POLICY, TODAY, VAULT, a_plan, a_site, a_slot


@dataclass
class Office:
    """Two caseworkers of HOME."""

    app: Starlette
    first: Visitor
    second: Visitor


@pytest_asyncio.fixture(scope="module")
async def office(databases: Databases) -> AsyncIterator[Office]:
    async with databases.fresh() as url, running_app(url, Clock()) as app:
        two = [at_a_browser(app), at_a_browser(app)]
        for visitor in two:
            await sign_in_as(visitor, await a_colleague())
        yield Office(app, *two)


def path_of(plan: Plan) -> str:
    return f"/kommune/sager/{plan.id}"


async def test_the_page_says_who_and_why_and_notes_who_looked(office: Office) -> None:
    plan = await a_plan(state=PlanState.RECEIVED, level=None, discharge_date=TODAY - timedelta(days=9))
    page = await office.first.get(path_of(plan))
    assert open_citizen(plan.citizen, VAULT).name in page.words
    assert "først bruge den, når I har visiteret" in page.words
    assert "Overskredet for 2 dage siden" in page.words
    (tab,) = page.all("a", **{"aria-current": "page"})
    assert text(tab).startswith("Opgaver")
    assert await AuditEntry.exists(plan_id=plan.id, action="case_seen", purpose="casework")


async def test_a_plan_is_assessed_and_a_time_offered(office: Office) -> None:
    plan, slot = (
        await a_plan(state=PlanState.RECEIVED, level=None),
        await a_slot(await a_site(), NOW + timedelta(days=2)),
    )
    page, path = await office.first.get(path_of(plan)), path_of(plan)
    page = await office.first.submit(page, f"{path}/visiter", niveau="basic")
    assert "Visitationen er gemt." in page.words
    times = await office.first.get(f"{path}/tilbud")
    nothing = await office.first.submit(times, f"{path}/tilbud")
    assert (nothing.status, nothing.problems) == (400, [("Vælg en tid.", "tid-1")])
    page = await office.first.submit(times, f"{path}/tilbud", tid=str(slot.id))
    assert "Borgeren er tilbudt en tid inden fristen" in page.words
    assert "dage fra udskrivning til tilbudt tid" in page.words
    assert "Tilbød en tid" in page.words
    assert "Tilbud inden 7 dage: Overholdt" in page.words
    assert "Niveau: – → basal" in page.words
    assert "I kø" in page.words
    page = await office.first.submit(page, f"{path}/tilbud/traek")
    page = await office.first.submit(page, f"{path}/kan-ikke")
    assert "I kan ikke tilbyde en tid inden fristen" in page.words
    page = await office.first.submit(page, f"{path}/tag-tilbage")
    page = await office.first.submit(page, f"{path}/stop", aarsag="opted_out")
    assert "Forløbet er stoppet." in page.words
    assert "Aktivt fravalg" in page.words


async def test_the_second_sees_what_the_first_has_changed_and_loses_nothing(office: Office) -> None:
    plan = await a_plan(state=PlanState.RECEIVED, level=None)
    path = path_of(plan)
    first, second = await office.first.get(path), await office.second.get(path)
    await office.first.submit(first, f"{path}/visiter", niveau="advanced")
    late = await office.second.submit(second, f"{path}/datoer", udskrevet="15.11.2026", tidligste_start="30.11.2026")
    assert late.status == 409
    assert "Visiterede planen" in late.words
    assert late.field("tidligste_start").get("value") == "30.11.2026"
    assert open_citizen(plan.citizen, VAULT).name not in late.html
    assert (await read_case(plan.id, NOW)).plan.earliest_start is None
    again = await office.second.submit(late, f"{path}/datoer")
    assert again.status == 200
    assert "Tidligste start: – → 30. november 2026" in again.words
    case = await read_case(plan.id, NOW)
    assert (case.plan.level, str(case.plan.earliest_start)) == (Level.ADVANCED, "2026-11-30")


async def test_the_case_of_somebody_who_moves_is_handed_on_and_read_there_with_what_was_before(office: Office) -> None:
    plan = await a_plan(discharge_date=TODAY - timedelta(days=9))
    slot, path = await a_slot(await a_site("private"), NOW + timedelta(days=2)), path_of(plan)
    await book(plan.id, slot.id, actor=CITIZEN, now=NOW, policy=POLICY)
    page = await office.first.get(path)
    nowhere = await office.first.submit(page, f"{path}/giv-videre")
    assert (nowhere.status, [field for _, field in nowhere.problems]) == (400, ["kommune"])
    gone = await office.first.submit(page, f"{path}/giv-videre", kommune="0147")
    assert "sagen er givet videre til Frederiksberg Kommune" in gone.words
    assert not gone.all("form", action=f"{path}/stop")
    assert "Tilbud inden 7 dage: Ikke længere aktuel" in gone.words
    there, new = at_a_browser(office.app), await Plan.get(linked_to_id=plan.id)
    await sign_in_as(there, await a_colleague(Post(Role.VISITATOR, municipality="0147")))
    page = await there.get(path_of(new))
    assert "Før sagen kom til jer" in page.words
    assert "Der er ikke noget, I skal gøre." not in page.words
    assert "Tilbud inden 7 dage: Ikke overholdt" in page.words
    assert "Københavns Kommune → Frederiksberg Kommune" in page.words
    assert (await there.get(path)).status == 404


async def test_a_wrong_day_is_said_beside_its_field_and_kept(office: Office) -> None:
    plan = await a_plan()
    page = await office.first.get(path_of(plan))
    for typed in ("i går", "1.1.2010", ""):
        page = await office.first.submit(page, f"{path_of(plan)}/datoer", udskrevet=typed)
        assert (page.status, [field for _, field in page.problems]) == (400, ["udskrevet"])
        assert page.field("udskrevet").get("value") == typed


async def test_a_deadline_that_passes_while_the_page_is_open_is_past_when_the_form_comes_in(office: Office) -> None:
    plan, clock = await a_plan(discharge_date=TODAY - timedelta(days=7)), office.app.state.clock
    slot, path = await a_slot(await a_site(slots=[NOW + timedelta(days=3)]), NOW + timedelta(hours=14)), path_of(plan)
    late = datetime.combine(TODAY, time(23, 50), COPENHAGEN)
    try:
        clock.now = late
        visitor = at_a_browser(office.app)
        await sign_in_as(visitor, await a_colleague(now=late), now=late)
        page, times = await visitor.get(path), await visitor.get(f"{path}/tilbud")
        assert "I dag 16. november 2026" in page.words
        clock.now = late + timedelta(minutes=20)
        gone = await visitor.submit(times, f"{path}/tilbud", tid=str(slot.id))
        assert (gone.status, "Vælg en anden tid" in gone.words) == (409, True)
        page = await visitor.submit(page, f"{path}/kan-ikke")
        assert "Overskredet for 1 dag siden" in page.words
    finally:
        clock.now = NOW
    await plan.refresh_from_db()
    assert (plan.offer_date, plan.cannot_offer_recorded_on) == (None, TODAY + timedelta(days=1))


async def test_a_manager_looks_and_a_stranger_finds_nothing(office: Office) -> None:
    plan, elsewhere = await a_plan(package_id=PACKAGE), await a_plan(municipality_id="0147")
    manager = at_a_browser(office.app)
    await sign_in_as(manager, await a_colleague(Post(Role.MANAGER, municipality=HOME)))
    assert not [
        form for form in (await manager.get(path_of(plan))).tree.iter("form") if "/sager/" in form.get("action", "")
    ]
    assert (await manager.get(path_of(elsewhere))).status == 404
