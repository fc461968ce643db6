"""The list of tasks: counted, filtered, taken, and leading to the cases."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest_asyncio

from matching.informing import Item, inform_otherwise
from matching.models import CourseCode, Message, Plan
from matching.states import PlanState
from matching.worklists import Task
from tests.support.apps import Clock, running_app
from tests.support.databases import Databases
from tests.support.pages import Visitor, text
from tests.support.staff import a_colleague, the_post
from tests.support.staff_pages import at_a_browser, sign_in_as
from tests.support.worlds import NOW, TODAY, a_plan

PATH = "/kommune/opgaver"


@pytest_asyncio.fixture(scope="module")
async def visitator(databases: Databases) -> AsyncIterator[Visitor]:
    async with databases.fresh() as url, running_app(url, Clock()) as app:
        visitor = at_a_browser(app)
        await sign_in_as(visitor, await a_colleague())
        yield visitor


async def test_the_list_is_empty_then_full_then_mine(visitator: Visitor) -> None:
    await Plan.all().update(state=PlanState.STOPPED)
    assert "Alle frister er holdt." in (await visitator.get(PATH)).words
    long_ago = TODAY - timedelta(days=9)
    late = await a_plan(state=PlanState.RECEIVED, discharge_date=long_ago, informed_at=NOW)
    plans = [late, *[await a_plan(informed_at=None) for _ in range(60)]]
    page = await visitator.get(PATH)
    assert page.words.index("Visiter: retten kan ikke bruges") < page.words.index("Giv besked")
    assert "Overskredet for 2 dage siden" in page.words
    following = await visitator.get(page.links()["Næste side"])
    assert len(set(page.links()) & set(following.links()) & {plan.case_reference for plan in plans}) == 0
    only = await visitator.get(PATH, opgave="assess_late")
    assert [plan.case_reference for plan in plans if plan.case_reference in only.links()] == [late.case_reference]
    taken = await visitator.submit(only, f"{PATH}/fordel", sag=str(late.id))
    assert "1 sager er nu dine." in taken.words
    mine = await visitator.get(PATH, hvem="mine")
    assert [plan.case_reference for plan in plans if plan.case_reference in mine.links()] == [late.case_reference]
    assert (await Plan.get(id=late.id)).caseworker_id


async def test_a_case_is_found_by_its_number_and_junk_finds_the_beginning(visitator: Visitor) -> None:
    plan = await a_plan()
    assert (await visitator.get(PATH, sag=plan.case_reference)).path == f"/kommune/sager/{plan.id}"
    assert "Der er ingen sag med det nummer." in (await visitator.get(PATH, sag="SAG-NUL")).words
    for junk in ("x", "0.i-dag.1", "99.2026-11-16.1", "-1.2026-11-16.7", "1.2026-11-16.0"):
        assert (await visitator.get(PATH, efter=junk, opgave="x", hvem="x")).status == 200
    for task in Task:
        assert (await visitator.get(PATH, opgave=task.value, hvem="ingen", efter=f"{task.value}.x.1")).status == 200
    nothing = await visitator.submit(await visitator.get(PATH), f"{PATH}/fordel")
    (told,) = nothing.all("div", class_="room-message")
    assert ("alert-warning" in told.get("class", ""), "Vælg mindst én sag" in text(told)) == (True, True)


async def test_letters_to_many_are_looked_at_first_then_answered_one_by_one_and_never_made_twice(
    visitator: Visitor,
) -> None:
    plain, busy = await a_plan(), await a_plan(residence_id="0147")
    over, elsewhere = await a_plan(state=PlanState.STOPPED), await a_plan(municipality_id="0147")
    path, chosen = f"{PATH}/breve", [plan.id for plan in (plain, busy, over, elsewhere)]
    listed = await visitator.get(PATH)
    assert listed.all("button", formaction=path)
    som = listed.form(f"{PATH}/fordel").find(".//input[@name='som']").get("value")
    look = await visitator.post(path, som=som, sag=chosen, opgave="inform", hvem="ingen")
    boxes = [box.get("value") for box in look.all("input", name="sag")]
    assert boxes == [f"{plain.id}.0", f"{busy.id}.0"]
    assert all(box.get("checked") is not None for box in look.all("input", name="sag"))
    assert "Borgerens første koder." in look.words
    assert "Forløbet er slut" in look.words
    assert elsewhere.case_reference not in look.html
    assert not await CourseCode.exists(plan_id__in=chosen)
    member = await the_post(await a_colleague())
    await inform_otherwise(busy.id, "phone", [Item.LEVEL], actor=member.actor, now=NOW, seen=0)
    sent = {"som": som, "sag": [*boxes, f"{over.id}.0", f"{elsewhere.id}.0", "x.y"], "hvem": "ingen"}
    for _ in range(2):
        done = await visitator.post(f"{path}/lav", **sent)
        assert "1 af 3 breve er lavet." in done.words
        assert all(why in done.words for why in ("Der er sket noget i sagen", "Forløbet er slut", "Brev med posten"))
    assert await CourseCode.filter(plan_id__in=chosen).count() == 1
    letter = await Message.get(plan_id__in=chosen)
    assert letter.plan_id == plain.id
    assert [box.get("value") for box in done.all("input", name="brev")] == [str(letter.id)]
    again = await visitator.post(path, som=som, sag=plain.id)
    assert (again.field("sag").get("checked"), "Der venter allerede et brev." in again.words) == (None, True)
    posted = await visitator.submit(done, "/kommune/breve/valgte", goer="sendt")
    assert "1 breve er sendt." in posted.html
    nothing = await visitator.post(path, som=som, sag=["x", elsewhere.id], hvem="mine")
    assert (nothing.path, "Vælg mindst én sag" in nothing.words) == (PATH, True)
