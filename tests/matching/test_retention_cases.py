"""A case whose time is up: nothing of the person is left anywhere, the figures are, and the log can prove it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import asyncpg
import pytest
import pytest_asyncio
from tortoise.exceptions import IntegrityError

from matching.auditing import seal_entries, verify
from matching.invariants import broken_invariants
from matching.models import AuditEntry, CaseFigure, Plan
from matching.retention.cases import ERASED_WITH_A_CASE
from matching.retention.kinds import CASES, RetentionKind
from matching.retention.reading import Line, Report, retention_report
from matching.retention.running import run_retention
from providers.actors import Actor
from providers.database import WORKER_ROLE, connect, connected, execute, fetch
from tests.support.full_lives import FullLife, a_full_life
from tests.support.traces import traces
from tests.support.workers import until
from tests.support.worlds import HOME, NOW, TODAY, VAULT, a_plan

JOB = Actor("genvej", "system")
LAST_DAY = date(2026, 11, 19)
FIVE_YEARS = timedelta(days=5 * 365)
LATER = NOW + FIVE_YEARS + timedelta(days=30)

_CHILDREN = """
WITH RECURSIVE below AS (
    SELECT 'plan'::regclass AS name
    UNION SELECT c.conrelid::regclass FROM pg_constraint c JOIN below b ON c.confrelid = b.name
    WHERE c.contype = 'f' AND c.confdeltype <> 'c'
)
SELECT name::text FROM below
"""
_WAITING = """
SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE datname = current_database() AND NOT granted
"""


@dataclass(frozen=True, slots=True)
class Erasure:
    """What could be found of the person before, what the log held, and what the run said."""

    life: FullLife
    before: dict[str, set[str]]
    entries: int
    report: Report


async def erased(url: str, now: datetime = LATER, *, dry_run: bool = False) -> Report:
    """A run for the home municipality, in the role in which the worker makes it."""
    async with connected(url, role=WORKER_ROLE):
        run = await run_retention(actor=JOB, clock=lambda: now, dry_run=dry_run, controllers=[HOME])
        return await retention_report(run)


def cases(report: Report) -> list[Line]:
    return [line for line in report.lines if line.kind in CASES]


@pytest_asyncio.fixture(scope="module")
async def erasure(world: str) -> AsyncIterator[Erasure]:
    """A full life is over; there is another case, which is not."""
    life = await a_full_life()
    await a_plan(received_on=LATER.date())
    before, entries = await traces(life.needles, VAULT), await AuditEntry.all().count()
    await seal_entries(VAULT, NOW)
    yield Erasure(life, before, entries, await erased(world))


async def test_nothing_is_left_of_the_person_in_any_column_of_any_table(erasure: Erasure) -> None:
    assert erasure.before.keys() == erasure.life.needles.keys(), "each trace was there to be found"
    assert await traces(erasure.life.needles, VAULT) == {}
    assert [(line.kind, line.due, line.done, line.demo) for line in erasure.report.lines] == [
        (RetentionKind.CASE, 1, 1, True)
    ]
    assert await Plan.all().count() == 1
    assert await broken_invariants(LATER) == []


async def test_the_figures_say_what_the_case_was_and_how_it_ended(erasure: Erasure) -> None:
    (figure,) = await CaseFigure.all().values()
    assert {name: value for name, value in figure.items() if value is not None} == {
        "id": figure["id"],
        "municipality_id": HOME,
        "plan_type": "general",
        "level": "basic",
        "package_id": "01-kirurgisk",
        "discharge_date": TODAY - timedelta(days=1),
        "received_on": TODAY - timedelta(days=1),
        "booked_on": TODAY,
        "first_contact": LAST_DAY,
        "basis": "own",
        "booking_state": "completed",
        "stop_reason": "opted_out",
        "state": "completed",
        "last_day": LAST_DAY,
        "erased_on": LATER.date(),
    }


async def test_the_log_says_what_went_when_and_how_many_and_is_whole(erasure: Erasure) -> None:
    said = AuditEntry.filter(purpose="retention").order_by("id")
    assert await said.values_list("action", "result", "organisation", "at") == [
        ("audit_blanked", str(erasure.entries), f"municipality:{HOME}", LATER),
        ("data_erased", "case 1", f"municipality:{HOME}", LATER),
    ]
    kept = await AuditEntry.exclude(purpose="retention").values_list("person", "plan_id", "criterion")
    assert kept == [("(blanked)", None, None)] * erasure.entries
    assert (await verify(VAULT)).faults == []


async def test_the_citizen_s_plan_in_another_municipality_stands_and_is_linked_to_nothing(database: str) -> None:
    over = await a_plan(state="stopped")
    other = await a_plan(cpr_digest=over.cpr_digest, municipality_id="0851", linked_to_id=over.id, link="restarts")
    assert (await erased(database)).left == 0
    (kept,) = await Plan.all()
    assert (kept.id, kept.linked_to_id, kept.link) == (other.id, None, None)


@pytest.mark.parametrize(
    ("state", "kind", "days"),
    [("error", RetentionKind.CASE, 5 * 365), ("booked", RetentionKind.SILENT_CASE, 6 * 365)],
)
async def test_a_case_is_kept_for_so_many_days_and_goes_on_the_next(
    database: str, state: str, kind: RetentionKind, days: int
) -> None:
    plan = await a_plan(state=state, received_on=TODAY, discharge_date=TODAY)
    assert cases(await erased(database, NOW + timedelta(days=days))) == []
    day_after = NOW + timedelta(days=days + 1)
    (line,) = cases(await erased(database, day_after, dry_run=True))
    assert (line.kind, line.days, line.due, line.done) == (kind, days, 1, 0)
    assert await Plan.exists(id=plan.id), "a dry run only counts"
    assert (await erased(database, day_after)).left == 0
    assert not await Plan.exists(id=plan.id)


async def test_a_case_with_which_somebody_goes_on_is_left_alone(database: str) -> None:
    """It was listed, and then somebody was quicker."""
    plan = await a_plan(state="stopped")
    other = await connect(database)
    try:
        async with other.transaction():
            await other.execute("UPDATE plan SET state = 'assessed' WHERE id = $1", plan.id)
            running = asyncio.create_task(erased(database))
            await until(lambda: other.fetchval(_WAITING))
    finally:
        await other.close()
    assert [(line.due, line.done) for line in cases(await running)] == [(1, 0)]
    assert await Plan.exists(id=plan.id)


async def test_one_that_cannot_go_keeps_nobody_else_and_is_seen_in_the_report(database: str) -> None:
    stuck, other = await a_plan(state="stopped"), await a_plan(state="stopped")
    await execute("CREATE TABLE forgotten_child (plan_id bigint REFERENCES plan (id) ON DELETE RESTRICT)")
    await execute("INSERT INTO forgotten_child VALUES ($1)", stuck.id)
    report = await erased(database)
    assert ([(line.due, line.done) for line in cases(report)], report.left) == ([(2, 1)], 1)
    assert await Plan.all().values_list("id", flat=True) == [stuck.id]
    assert not await Plan.exists(id=other.id)
    assert await CaseFigure.all().count() == 1, "nothing of the case that stayed was done"


async def test_every_table_that_hangs_on_a_plan_is_erased_with_it(erasure: Erasure) -> None:
    """Whoever adds one says in `matching.retention.cases` how it goes, unless it goes by itself.

    Entries of the look-up log are blanked.
    """
    hanging = {name for (name,) in await fetch(_CHILDREN)}
    assert hanging - ERASED_WITH_A_CASE.keys() == {"audit_entry"}


async def test_events_go_with_their_case_and_in_no_other_way(database: str) -> None:
    plan = await a_plan()
    await execute(
        "INSERT INTO case_event (plan_id, sequence, kind, at, actor) VALUES ($1, 1, 'x', now(), 'x')", plan.id
    )
    for statement in ("DELETE FROM case_event", "UPDATE case_event SET kind = 'y'"):
        with pytest.raises((asyncpg.RestrictViolationError, IntegrityError)):
            await execute(statement)
    async with connected(database, role=WORKER_ROLE):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await execute("DELETE FROM case_event WHERE plan_id = $1", plan.id)
