"""`genvej retention` as it is run, by hand and each night."""

import asyncio
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner, Result

from matching.models import Plan, RetentionRun
from portal.commands import app
from portal.worker.chores import forget_in_time
from providers.database import WORKER_ROLE, connected, fetch_value
from tests.support.workers import a_worker, until
from tests.support.worlds import FIELD_KEY, HOME, LOOKUP_KEY, a_plan

LONG_AGO = datetime(2016, 3, 1, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def environment(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GENVEJ_DATABASE_URL", database)
    monkeypatch.setenv("GENVEJ_FIELD_KEYS", FIELD_KEY)
    monkeypatch.setenv("GENVEJ_LOOKUP_KEY", LOOKUP_KEY)
    monkeypatch.setenv("GENVEJ_SIGNING_KEY", LOOKUP_KEY[::-1])


async def genvej(*arguments: str) -> Result:
    """The command, in a thread of its own, for it brings its own event loop."""
    return await asyncio.to_thread(CliRunner().invoke, app, ["retention", *arguments])


async def test_a_dry_run_counts_and_a_run_erases() -> None:
    await a_plan(state="stopped", now=LONG_AGO)
    answer = await genvej("run", "--dry-run", "--municipality", HOME)
    assert (answer.exit_code, await Plan.all().count()) == (0, 1)
    assert (await genvej("run", "--municipality", HOME)).exit_code == 0
    assert await Plan.all().count() == 0
    assert await RetentionRun.all().order_by("id").values_list("dry_run", flat=True) == [True, False]


async def test_what_was_decided_holds_and_the_rest_is_a_demo_s() -> None:
    decided = ("decide", "case", "3650", "--source", "Byrådet 7/2026", "--municipality", HOME)
    assert (await genvej(*decided)).exit_code == 0
    again = await genvej(*decided)
    assert (again.exit_code, again.stderr) == (
        1,
        "There is a rule from that day already. Choose a later day with --from.\n",
    )
    refused = await genvej("decide", "session", "1", "--source", "x", "--municipality", HOME)
    assert "the portal is the controller, not a municipality" in refused.stderr
    assert (await genvej("rules", "--municipality", "9999")).stderr == "There is no municipality with the code 9999.\n"


async def test_the_worker_runs_it_each_night_and_leaves_the_rest_when_it_is_told_to_stop(database: str) -> None:
    for _ in range(3):
        await a_plan(state="stopped", now=LONG_AGO)
    stop = asyncio.Event()
    stop.set()
    async with connected(database, role=WORKER_ROLE):
        await forget_in_time(lambda: datetime.now(UTC), stop)
    assert (await Plan.all().count(), (await RetentionRun.get()).finished_at) == (2, None)

    async def it_is_planned() -> bool:
        planned = "SELECT expression = '40 1 * * *' FROM pgqueuer_schedules WHERE entrypoint = 'forget'"
        return bool(await fetch_value(planned))

    async with a_worker(database):
        await until(it_is_planned)
