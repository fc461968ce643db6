"""Figures as people and programs get them: a municipality's own beside the country's, and those for anybody."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest
import pytest_asyncio
from starlette.applications import Starlette
from typer.testing import CliRunner

from matching.demo import add_past_cases
from matching.figures import count_figures
from matching.models import Booking, CaseEvent, FigureRun
from matching.plan_facts import Basis
from matching.states import BookingState
from portal.charts import Bar, Row, Series, bar_chart, line_chart
from portal.charts.marks import ticks
from portal.commands import app as commands
from portal.worker.chores import count_in_time
from providers.database import WORKER_ROLE, connected
from providers.models import Provider, Slot
from tests.support.apps import Clock, client_of, running_app
from tests.support.databases import Databases
from tests.support.pages import Visitor
from tests.support.staff import a_colleague
from tests.support.staff_pages import at_a_browser, sign_in_as
from tests.support.worlds import HOME, NOW, TODAY, a_plan, a_site

PATH, ELSEWHERE = "/kommune/tal", "0147"


@pytest_asyncio.fixture(scope="module")
async def portal_app(databases: Databases) -> AsyncIterator[Starlette]:
    """A thirteen months' past of two municipalities, and one course at a provider with a dangerous name."""
    async with databases.fresh() as url, running_app(url, Clock()) as app:
        await add_past_cases(600, [HOME, ELSEWHERE], seed=1, today=TODAY)
        await _begun_at("=HYPERLINK(1)")
        async with connected(url, role=WORKER_ROLE):
            await count_figures(clock=lambda: NOW - timedelta(hours=6))
        yield app


@pytest_asyncio.fixture(scope="module")
async def manager(portal_app: Starlette) -> Visitor:
    visitor = at_a_browser(portal_app)
    await sign_in_as(visitor, await a_colleague())
    return visitor


async def _begun_at(name: str) -> None:
    site, plan = await a_site(), await a_plan(discharge_date=date(2026, 10, 1))
    await Provider.filter(id=site.provider_id).update(name=name)
    at = NOW - timedelta(days=40)
    slot = await Slot.create(site_id=site.id, starts_at=at, minutes=30, mode="group", seats=1)
    booking = await Booking.create(plan_id=plan.id, slot_id=slot.id, basis=Basis.OWN, state="started", created_at=at)
    await CaseEvent.create(plan_id=plan.id, sequence=1, kind="started", at=at, actor="x", booking_id=booking.id)
    assert booking.state == BookingState.STARTED


async def test_each_figure_is_said_drawn_written_down_and_defined(manager: Visitor) -> None:
    page = await manager.get(PATH)
    assert "er 6 timer gamle" in page.words
    charts = page.all("svg")
    said = {one.get("id"): one for one in page.all("p", **{"class": "figure-says"})}
    assert len(charts) == 10
    assert all(said[chart.get("aria-labelledby")].text for chart in charts)
    assert len(page.all("table")) == 10
    assert page.words.count("Nævner") == 4
    assert "Oktober 2026: " in page.words
    weeks = await manager.get(PATH, pr="uge")
    assert "Uge 45 i 2026: " in weeks.words
    assert (await manager.get(PATH, pr="=1+1")).words.count("Oktober 2026: ") == page.words.count("Oktober 2026: ")


async def test_a_file_has_the_table_and_no_formula(manager: Visitor) -> None:
    for name in ("tilbudt", "dage-til-start", "ventetid", "stop"):
        answer = await manager.client.get(f"{PATH}/{name}.csv", params={"pr": "uge"})
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/csv; charset=utf-8")
    rows = (await manager.client.get(f"{PATH}/leverandoerer.csv")).text.lstrip("\ufeff").splitlines()
    assert rows == ['"Leverandør";"Forløb";"Procent"', '"\'=HYPERLINK(1)";"1";"100"']
    assert (await manager.client.get(f"{PATH}/x.csv")).status_code == 404


async def test_anybody_sees_the_country_and_no_small_number(portal_app: Starlette, manager: Visitor) -> None:
    page = await Visitor(portal_app, client_of(portal_app)).get("/tal")
    assert "november 2025 til oktober 2026" in page.words
    assert "hidden" not in page.words
    async with client_of(portal_app) as client:
        answer = await client.get("/api/v1/figures")
        tables = {table["name"]: table for table in answer.json()["tables"]}
        assert [row["key"] for row in tables["begun_by_municipality"]["rows"]] == [HOME, ELSEWHERE]
        seen = [cell for table in tables.values() for row in table["rows"] for cell in row["cells"] if cell is not None]
        assert min(seen) >= 5
        file = await client.get("/api/v1/figures/begun_by_month.csv")
        assert (
            file.text.splitlines()[0]
            == '\ufeff"key";"plans";"begun_in_time";"begun_later";"not_begun";"median";"ninetieth"'
        )
        assert (await client.get("/api/v1/figures/x.csv")).json()["code"] == "figure_unknown"
        again = await client.get("/api/v1/figures", headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304


async def test_before_anything_is_counted_the_pages_say_so(portal_app: Starlette, manager: Visitor) -> None:
    [run] = await FigureRun.all()
    await FigureRun.all().update(finished_at=None, published=None)
    for path in (PATH, "/tal"):
        assert "Tallene er ikke gjort op endnu." in (await manager.get(path)).words
    assert (await manager.client.get("/api/v1/figures")).json()["tables"] == []
    assert (await manager.client.get(f"{PATH}/tilbudt.csv")).status_code == 404
    await run.save()


async def test_the_command_counts_now(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GENVEJ_DATABASE_URL", database)
    answer = await asyncio.to_thread(CliRunner().invoke, commands, ["figures"])
    assert (answer.exit_code, await FigureRun.filter(finished_at__isnull=False).count()) == (0, 1)


async def test_a_worker_that_is_told_to_stop_leaves_the_figures_as_they_were(database: str) -> None:
    stop = asyncio.Event()
    stop.set()
    async with connected(database, role=WORKER_ROLE):
        await count_in_time(lambda: NOW, stop)
    assert await FigureRun.all().values_list("finished_at", flat=True) == [None]


@pytest.mark.parametrize(
    ("largest", "scale"),
    [(0, [0, 1]), (1, [0, 1]), (4, [0, 1, 2, 3, 4]), (9, [0, 2, 4, 6, 8, 10]), (100, [0, 20, 40, 60, 80, 100])],
)
def test_a_scale_has_round_numbers(largest: int, scale: list[int]) -> None:
    assert ticks(largest) == scale


def test_a_line_breaks_where_there_is_no_number_and_names_are_written_as_text() -> None:
    drawn = str(line_chart(["a", "b", "c", "d"], [Series("<b>", [1, None, 2, 2])], described_by="x"))
    assert drawn.split(' d="')[1].split('"')[0].count("M") == 2
    assert "&lt;b&gt;" in drawn
    assert "<b>" not in drawn
    assert "style=" not in drawn
    assert 'aria-labelledby="x"' in str(bar_chart([Row("n", [Bar(None, "–")])], [], described_by="x"))
