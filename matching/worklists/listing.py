"""A municipality's tasks: page by page, counted, or those of one case."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from matching.plan_facts import Level
from matching.states import PlanState
from matching.worklists.rules import URGENT, Task
from matching.worklists.statements import case_statement, count_statement, page_statement
from providers.clock import local_date
from providers.database import fetch

MOST = 500
"""As far as tasks of one rule are counted: beyond that the number changes nothing, and costs."""


@dataclass(frozen=True, slots=True)
class Line:
    """One task of one case; a case with several tasks has several. `due` is a deadline, or the day since when."""

    rank: int
    task: Task
    plan_id: int
    due: date
    case_reference: str
    state: PlanState
    package_id: str | None
    level: Level | None
    caseworker_id: int | None
    caseworker: str | None


@dataclass(frozen=True, slots=True)
class Spot:
    """How far a list was shown."""

    rank: int
    due: date
    plan_id: int


@dataclass(frozen=True, slots=True)
class Question:
    """`owner`: an account's cases; 0 = those that nobody sees to; None = all. `task` None = all."""

    municipality: str
    task: Task | None = None
    owner: int | None = None


async def list_tasks(question: Question, *, now: datetime, after: Spot | None = None, limit: int = 50) -> list[Line]:
    """The most urgent first, and of equal ones those that are due first; in the municipality's own scope."""
    if after is not None and after.rank not in _ranks(question.task):
        after = None
    query = page_statement(question.task, after.rank if after else None)
    spot = (after.due, after.plan_id) if after else ()
    return [_line(row) for row in await fetch(query, *_common(question, now), limit, *spot)]


async def count_tasks(question: Question, *, now: datetime) -> Mapping[Task, int]:
    """How many there are of every task, whatever the question's; `MOST` or more means at least so many."""
    rows = await fetch(count_statement(tuple(Task)), *_common(question, now), MOST)
    return {Task(row["task"]): row["found"] for row in rows}


async def urgent_count(municipality: str, *, now: datetime, limit: int = 100) -> int:
    """How many tasks there are in which somebody's right is at stake, counted up to `limit` for each rule."""
    rows = await fetch(count_statement(URGENT), *_common(Question(municipality), now), limit)
    return sum(row["found"] for row in rows)


async def tasks_of(plan_id: int, municipality: str, *, now: datetime) -> list[Line]:
    """What is to be done in one case of the municipality's."""
    return [_line(row) for row in await fetch(case_statement(), *_common(Question(municipality), now), plan_id)]


def _ranks(task: Task | None) -> Collection[int]:
    """Those that a list of the task, or of all, may have come to."""
    return [list(Task).index(task)] if task else range(len(Task))


def _common(question: Question, now: datetime) -> tuple[object, ...]:
    return question.municipality, local_date(now), now, question.owner


def _line(row: Any) -> Line:
    kinds = {
        "task": Task(row["task"]),
        "state": PlanState(row["state"]),
        "level": Level(row["level"]) if row["level"] else None,
    }
    return Line(**{**row, **kinds})
