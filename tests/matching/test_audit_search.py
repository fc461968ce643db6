"""A municipality searches the look-up log: its own cases only, page by page, and never unseen."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio

from matching.audit import audit
from matching.auditing import Look, export_audit, search_audit
from matching.models import AuditEntry, Plan
from providers.actors import CITIZEN, Actor
from providers.database import APP_ROLE, connected, execute, fetch
from tests.support.databases import Databases
from tests.support.rows import undone
from tests.support.worlds import HOME, NOW, a_plan

OTHER = "0147"
MANAGER = Actor("4700", "manager", HOME)
ASSESSOR = Actor("4711", "visitator", HOME)
DAY = timedelta(days=1)


@pytest_asyncio.fixture(scope="module")
async def plans(databases: Databases) -> AsyncIterator[tuple[Plan, Plan, Plan]]:
    """Two cases of one municipality and one of another, each looked at on three days by two people."""
    async with databases.fresh() as url:
        async with connected(url):
            mine, second, theirs = await a_plan(), await a_plan(), await a_plan(municipality_id=OTHER)
        async with connected(url, role=APP_ROLE):
            for days in range(3):
                for plan in (mine, second, theirs):
                    await audit("seen", actor=CITIZEN, now=NOW + days * DAY, purpose="choice", plan_id=plan.id)
                    await audit("read", actor=ASSESSOR, now=NOW + days * DAY, purpose="guidance", plan_id=plan.id)
            await audit("code_entered", actor=CITIZEN, now=NOW, purpose="choice", result="refused")
            yield mine, second, theirs


async def log_of(action: str, *columns: str) -> list[tuple[object, ...]]:
    """The newest entry of an action, as the owner sees it."""
    async with undone():
        await execute("SET LOCAL ROLE NONE")
        return await AuditEntry.filter(action=action).order_by("-id").limit(1).values_list(*columns)


async def searched() -> list[tuple[object, ...]]:
    """What the log says about the newest search."""
    return await log_of("audit_searched", "person", "plan_id", "criterion", "purpose", "result")


async def test_it_sees_its_own_cases_newest_first(plans: tuple[Plan, Plan, Plan]) -> None:
    mine, second, _ = plans
    found = await search_audit(HOME, actor=MANAGER, now=NOW)
    assert {look.plan_id for look in found if look.action in ("seen", "read")} == {mine.id, second.id}
    assert [look.id for look in found] == sorted((look.id for look in found), reverse=True)
    assert await searched() == [("4700", None, None, "supervision", str(len(found)))]


async def test_an_entry_is_told_whole(plans: tuple[Plan, Plan, Plan]) -> None:
    mine, *_ = plans
    (look,) = await search_audit(HOME, actor=MANAGER, now=NOW, plan_id=mine.id, person="4711", until=NOW + DAY)
    assert look == Look(
        id=look.id,
        at=NOW,
        person="4711",
        organisation=HOME,
        role="visitator",
        action="read",
        plan_id=mine.id,
        case_reference=mine.case_reference,
        criterion=None,
        purpose="guidance",
        result="ok",
    )
    assert await searched() == [("4700", mine.id, "plan, person, time", "supervision", "1")]


async def test_pages_follow_each_other_without_gap_or_overlap(plans: tuple[Plan, Plan, Plan]) -> None:
    whole = await search_audit(HOME, actor=MANAGER, now=NOW, person="4711")
    assert len(whole) == 6
    pages, after = [], None
    while page := await search_audit(HOME, actor=MANAGER, now=NOW, person="4711", after=after, limit=4):
        pages.append(page)
        after = page[-1].id
    assert [len(page) for page in pages] == [4, 2]
    assert [look for page in pages for look in page] == whole


async def test_from_is_included_and_to_is_not(plans: tuple[Plan, Plan, Plan]) -> None:
    mine, *_ = plans
    found = await search_audit(
        HOME, actor=MANAGER, now=NOW, plan_id=mine.id, person="citizen", since=NOW + DAY, until=NOW + 2 * DAY
    )
    assert [look.at for look in found] == [NOW + DAY]


@pytest.mark.parametrize("which", ["another municipality's", "nobody's"])
async def test_a_plan_that_is_not_theirs_has_no_entries(plans: tuple[Plan, Plan, Plan], which: str) -> None:
    *_, theirs = plans
    plan_id = theirs.id if which == "another municipality's" else 10**9
    assert await search_audit(HOME, actor=MANAGER, now=NOW, plan_id=plan_id) == []
    assert await searched() == [("4700", None, "plan", "supervision", "0")]


async def test_an_export_holds_all_of_it_oldest_first_and_is_written_down(plans: tuple[Plan, Plan, Plan]) -> None:
    theirs = plans[2]
    looks = [look async for look in export_audit(OTHER, actor=Actor("op", "operator"), now=NOW, since=NOW + DAY)]
    assert [(look.plan_id, look.action, look.at) for look in looks] == [
        (theirs.id, action, NOW + days * DAY) for days in (1, 2) for action in ("seen", "read")
    ]
    assert await log_of("audit_exported", "person", "role", "result") == [("op", "operator", "ok")]


async def test_what_was_searched_for_is_never_written(plans: tuple[Plan, Plan, Plan]) -> None:
    await search_audit(HOME, actor=MANAGER, now=NOW, person="Somebody Unmistakable")
    async with undone():
        await execute("SET LOCAL ROLE NONE")
        assert await fetch("SELECT id FROM audit_entry AS entry WHERE entry::text LIKE '%Unmistakable%'") == []
