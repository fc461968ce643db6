"""A municipality searches the look-up log: its own cases only, page by page, and never unseen."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest_asyncio

from matching.audit import audit
from matching.auditing import Look, Question, export_looks, search_looks
from matching.models import AuditEntry, Plan
from providers.actors import CITIZEN, Actor
from providers.database import APP_ROLE, connected, execute
from providers.models import Account
from tests.support.databases import Databases
from tests.support.rows import undone
from tests.support.worlds import HOME, NOW, a_plan

OTHER = "0147"
ASSESSOR = Actor("account:4711", "visitator", f"municipality:{HOME}")
DAY = timedelta(days=1)


@pytest_asyncio.fixture(scope="module")
async def plans(databases: Databases) -> AsyncIterator[tuple[Plan, Plan, Plan]]:
    """Two cases of one municipality and one of another, each looked at on three days by two people."""
    async with databases.fresh() as url:
        async with connected(url):
            mine, second, theirs = await a_plan(), await a_plan(), await a_plan(municipality_id=OTHER)
            await Account.create(id=4711, email="aase@kommune.example", name="Åse Assessor", created_at=NOW)
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


async def test_it_sees_its_own_cases_newest_first(plans: tuple[Plan, Plan, Plan]) -> None:
    mine, second, _ = plans
    found = await search_looks(HOME, Question())
    assert {look.plan_id for look in found} == {mine.id, second.id}
    assert [look.id for look in found] == sorted((look.id for look in found), reverse=True)


async def test_an_entry_is_told_whole(plans: tuple[Plan, Plan, Plan]) -> None:
    mine, *_ = plans
    question = Question(case=mine.case_reference.lower(), person=ASSESSOR.person, action="read", until=NOW + DAY)
    (look,) = await search_looks(HOME, question)
    assert look == Look(
        id=look.id,
        at=NOW,
        person=ASSESSOR.person,
        name="Åse Assessor",
        organisation=f"municipality:{HOME}",
        organisation_name="Københavns Kommune",
        role="visitator",
        action="read",
        plan_id=mine.id,
        case_reference=mine.case_reference,
        criterion=None,
        purpose="guidance",
        result="ok",
    )
    assert question.criterion == "case, person, action, time"


async def test_pages_follow_each_other_without_gap_or_overlap(plans: tuple[Plan, Plan, Plan]) -> None:
    whole = await search_looks(HOME, Question(person="åse"))
    assert len(whole) == 6
    pages, after = [], None
    while page := await search_looks(HOME, Question(person="åse"), after=after, limit=4):
        pages.append(page)
        after = page[-1].id
    assert [len(page) for page in pages] == [4, 2]
    assert [look for page in pages for look in page] == whole


async def test_from_is_included_and_to_is_not(plans: tuple[Plan, Plan, Plan]) -> None:
    mine, *_ = plans
    when = Question(case=mine.case_reference, person="citizen", since=NOW + DAY, until=NOW + 2 * DAY)
    assert [look.at for look in await search_looks(HOME, when)] == [NOW + DAY]


async def test_a_case_that_is_not_theirs_has_no_entries(plans: tuple[Plan, Plan, Plan]) -> None:
    *_, theirs = plans
    for case in (theirs.case_reference, "nobody's"):
        assert await search_looks(HOME, Question(case=case)) == []


async def test_an_export_holds_all_of_it_oldest_first_and_is_written_down(plans: tuple[Plan, Plan, Plan]) -> None:
    theirs, question = plans[2], Question(since=NOW + DAY)
    looks = [look async for look in export_looks(OTHER, question, actor=Actor("op", "operator"), now=NOW)]
    assert [(look.plan_id, look.action, look.at) for look in looks] == [
        (theirs.id, action, NOW + days * DAY) for days in (1, 2) for action in ("seen", "read")
    ]
    assert await log_of("audit_exported", "person", "role", "criterion") == [("op", "operator", "municipality, time")]
