"""What the database itself refuses of the figures, and shows to nobody else."""

import asyncpg
import pytest

from matching.models import FigureCount, FigureRun
from providers.database import APP_ROLE, WORKER_ROLE, connected, execute, transaction
from providers.scope import NOBODY, Scope
from tests.support.worlds import HOME, NOW, TODAY

_A_COUNT = "INSERT INTO figure_count (run_id, span, begins_on, measure, part, cases) SELECT id, 'week', as_of"


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("figure_run_published_when_finished", "UPDATE figure_run SET finished_at = now()"),
        ("figure_count_positive", f"{_A_COUNT}, 'plans', '', 0 FROM figure_run"),
        ("figure_count_once", f"{_A_COUNT}, 'plans', '', 1 FROM figure_run, generate_series(1, 2)"),
    ],
)
@pytest.mark.usefixtures("clean_world")
async def test_the_database_refuses_a_row_that_cannot_be(name: str, row: str) -> None:
    await FigureRun.create(as_of=TODAY, started_at=NOW)
    with pytest.raises(asyncpg.IntegrityConstraintViolationError, match=name):
        await execute(row)


async def test_a_municipality_is_shown_its_own_numbers_and_the_countrys(database: str) -> None:
    """Policies figure_count_shown and figure_count_made; the app writes nothing."""
    async with connected(database, role=WORKER_ROLE):
        run = await FigureRun.create(as_of=TODAY, started_at=NOW)
        of = {"run_id": run.id, "span": "week", "begins_on": TODAY, "measure": "plans", "part": ""}
        for code, cases in ((HOME, 1), ("0147", 2), (None, 3)):
            await FigureCount.create(municipality_id=code, cases=cases, **of)
    seen = []
    async with connected(database, role=APP_ROLE):
        for scope in (NOBODY, Scope(municipality=HOME)):
            async with transaction(scope, read_only=True):
                seen.append({count.cases for count in await FigureCount.all()})
        for change in ("DELETE FROM figure_count", "UPDATE figure_run SET as_of = now()"):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await execute(change)
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await execute("SELECT * FROM genvej_case_facts(now()::date)")
    assert seen == [{3}, {1, 3}]
