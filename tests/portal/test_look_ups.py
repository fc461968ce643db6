"""A manager searches who has looked at the municipality's cases, and takes it out as a file."""

import csv
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
import pytest_asyncio
from starlette.applications import Starlette

from matching.audit import audit
from matching.models import AuditEntry, Plan
from portal.municipality.look_ups import PAGE
from portal.presenting.spreadsheets import cell, line
from providers.accounts import Post
from providers.actors import CITIZEN, Actor
from providers.models import Account
from providers.roles import Role
from tests.support.apps import Clock, running_app
from tests.support.databases import Databases
from tests.support.pages import Page, Visitor, text
from tests.support.staff import a_colleague
from tests.support.staff_pages import at_a_browser, sign_in_as
from tests.support.worlds import HOME, NOW, a_plan

DAY = timedelta(days=1)
PATH = "/kommune/opslag"


@dataclass
class Desk:
    """A manager of HOME at a browser; a case of theirs that was looked at often, and a stranger's."""

    visitor: Visitor
    mine: Plan
    theirs: Plan


@pytest_asyncio.fixture(scope="module")
async def desk(databases: Databases) -> AsyncIterator[Desk]:
    """One for the module: every test searches, and none minds the others' searches."""
    async with databases.fresh() as url, running_app(url, Clock()) as app:
        mine, theirs = await a_plan(case_reference="=SAG-1"), await a_plan(municipality_id="0147")
        clerk = await Account.create(email="v@kommune.example", name="Åse Assessor", created_at=NOW)
        reader = Actor(f"account:{clerk.id}", "visitator", f"municipality:{HOME}")
        for number in range(PAGE + 1):
            await audit("case_seen", actor=reader, now=NOW - (PAGE - number) * DAY, purpose="casework", plan_id=mine.id)
        for plan in (mine, theirs):
            await audit("choices_seen", actor=CITIZEN, now=NOW, purpose="choice", plan_id=plan.id)
        visitor = await _manager(app)
        yield Desk(visitor, mine, theirs)


async def _manager(app: Starlette) -> Visitor:
    visitor = at_a_browser(app)
    await sign_in_as(visitor, await a_colleague(Post(Role.MANAGER, municipality=HOME)))
    return visitor


def rows(page: Page) -> list[list[str]]:
    """The cells of the table below its heads."""
    return [[text(cell) for cell in row.iter("td")] for row in page.tree.iter("tr") if list(row.iter("td"))]


async def last(action: str = "audit_searched") -> tuple[int | None, str | None, str]:
    entry = await AuditEntry.filter(action=action).order_by("-id").first()
    assert entry
    return entry.plan_id, entry.criterion, entry.result


async def searches() -> int:
    return await AuditEntry.filter(action="audit_searched").count()


async def test_everything_is_paged_newest_first(desk: Desk) -> None:
    page = await desk.visitor.get(PATH, handling="case_seen")
    assert len(rows(page)) == PAGE
    following = await desk.visitor.get(page.links()["Næste side"])
    assert [row[0] for row in rows(following)] == ["27. september 2026 11.00"]
    assert (await desk.visitor.get(following.links()["Til begyndelsen"])).html.count("<td") == page.html.count("<td")


async def test_each_search_is_an_entry_that_says_by_what_and_not_for_what(desk: Desk) -> None:
    page = await desk.visitor.get(PATH, sag="=sag-1", person="åse", fra="2026-11-16", til="16.11.2026")
    assert rows(page) == [
        [
            "16. november 2026 10.00",
            "Åse Assessor Visitator, Københavns Kommune",
            "Så sagen",
            "=SAG-1",
            "Sagsbehandling",
        ]
    ]
    assert await last() == (desk.mine.id, "case, person, time", "1")
    page = await desk.visitor.get(PATH, person="Borger", handling="choices_seen")
    assert [row[1:3] for row in rows(page)] == [["Borgeren", "Så mulighederne"]]
    assert await last() == (None, "person, action", "1")


async def test_a_strangers_case_is_no_case(desk: Desk) -> None:
    page = await desk.visitor.get(PATH, sag=desk.theirs.case_reference)
    assert (rows(page), "Der er ingen opslag, der passer." in page.words) == ([], True)
    assert await last() == (None, "case", "0")


@pytest.mark.parametrize(
    ("asked", "field"),
    [({"fra": "32.1.2026"}, "fra"), ({"til": "0001-01-01"}, "til"), ({"fra": "2.1.2026", "til": "1.1.2026"}, "fra")],
)
async def test_a_day_that_is_none_is_said_beside_its_field(desk: Desk, asked: dict[str, str], field: str) -> None:
    before = await searches()
    page = await desk.visitor.get(PATH, **asked)
    assert (page.status, [at for _, at in page.problems], rows(page)) == (400, [field], [])
    assert await searches() == before


async def test_text_of_any_kind_finds_nothing(desk: Desk) -> None:
    for typed in ("\x00", "%", "_", "'; --", "🦵" * 100, "\u202e"):
        page = await desk.visitor.get(PATH, sag=typed or "x", person=typed, efter=typed)
        assert page.status == 200


async def test_a_file_holds_it_all_without_formulas_and_is_an_entry(desk: Desk) -> None:
    page = await desk.visitor.get(PATH, handling="case_seen")
    fields = {field.get("name"): field.get("value") for field in page.form(f"{PATH}/udtraek").iter("input")}
    headers = {"Sec-Fetch-Site": "same-origin"}
    answer = await desk.visitor.client.post(f"{PATH}/udtraek", data=fields, headers=headers)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="opslag.csv"'
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    lines = list(csv.DictReader(answer.content.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert len(lines) == PAGE + 1
    assert {line["case_reference"] for line in lines} == {"'=SAG-1"}
    assert (lines[0]["name"], lines[0]["at"]) == ("Åse Assessor", "2026-09-27T11:00:00+02:00")
    assert await last("audit_exported") == (None, "municipality, action", "ok")
    refused = await desk.visitor.client.post(f"{PATH}/udtraek", data=fields | {"fra": "x"}, headers=headers)
    assert refused.headers["Location"] == f"{PATH}?handling=case_seen&fra=x"


def test_no_cell_is_a_formula_or_ends_early() -> None:
    for evil in ("=1+1", "+1", "-1", "@x", "\t=1", " =1", "\n=1", "＝1", "\r=1"):
        assert cell(evil) == f"'{evil}"
    assert [cell(value) for value in (None, -1, -1.5, "a=b", 0)] == ["", "-1", "-1.5", "a=b", "0"]
    assert line(["a;=1", 'b"c', None]) == '"a;=1";"b""c";""\r\n'
