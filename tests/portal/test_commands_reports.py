"""`genvej reports check` as it is run: what it says and how it ends, when cases and reports agree and when not."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner, Result

from matching.models import CaseEvent, Report, ReportDifference, ReportState
from portal.commands import app
from tests.support.reporting import a_booked_plan
from tests.support.worlds import FIELD_KEY, HOME, LOOKUP_KEY

AGREED = "Every change is confirmed, or not old enough to be missed.\n"


@pytest.fixture(autouse=True)
def environment(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GENVEJ_DATABASE_URL", database)
    monkeypatch.setenv("GENVEJ_FIELD_KEYS", FIELD_KEY)
    monkeypatch.setenv("GENVEJ_LOOKUP_KEY", LOOKUP_KEY)
    monkeypatch.setenv("GENVEJ_SIGNING_KEY", LOOKUP_KEY[::-1])


async def check(*arguments: str) -> Result:
    """The command, in a thread of its own, for it brings its own event loop."""
    return await asyncio.to_thread(CliRunner().invoke, app, ["reports", "check", *arguments])


async def test_it_ends_with_1_while_something_is_open_and_names_whose() -> None:
    plan, _ = await a_booked_plan(now=datetime.now(UTC) - timedelta(hours=30))
    told = await CaseEvent.get(plan_id=plan.id)
    await CaseEvent.create(plan_id=plan.id, sequence=9, kind="deferred", at=told.at, actor="citizen")
    assert ((await check("--hours", "31")).exit_code, await ReportDifference.all().count()) == (0, 0)
    answer = await check()
    assert answer.exit_code == 1
    assert [line.split()[1::2] for line in answer.output.splitlines() if HOME in line] == [[HOME, "1", "1"]]
    assert (await check("--municipality", "0400")).output == AGREED
    await Report.filter(plan_id=plan.id).update(state=ReportState.DELIVERED, delivered_at=datetime.now(UTC))
    agreed = await check()
    assert (agreed.exit_code, agreed.output) == (0, AGREED)
    assert await ReportDifference.filter(settled_at__isnull=True).count() == 0


async def test_a_code_of_no_municipality_is_one_sentence() -> None:
    refused = await check("--municipality", "9999")
    assert (refused.exit_code, refused.stderr) == (1, "There is no municipality with the code 9999.\n")
