"""What a run has to do: one controller's one kind at a time, and the line of the report that each becomes.

A line grows in the transactions in which the rows go, so what a report says is so even when the run was broken off.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from matching.audit import audit
from matching.models import RetentionCount
from matching.retention.kinds import RetentionKind
from matching.retention.parts import OF_MUNICIPALITIES, OF_THE_PORTAL, Part
from matching.retention.rules import Rule, RuleBook
from providers.actors import Actor
from providers.clock import local_date, start_of_day
from providers.database import execute, fetch, transaction
from providers.scope import Scope

_ADD = """
UPDATE retention_count SET done = done + $4
WHERE run_id = $1 AND municipality_id IS NOT DISTINCT FROM $2 AND kind = $3
"""


@dataclass(frozen=True, slots=True)
class Task:
    """What is older than `before` has to go. `municipality` None = the portal itself."""

    run_id: int
    municipality: str | None
    kind: RetentionKind
    part: Part
    rule: Rule
    before: datetime
    actor: Actor
    now: datetime

    @property
    def scope(self) -> Scope:
        return Scope(municipality=self.municipality)


def tasks_of(run_id: int, municipality: str | None, book: RuleBook, *, actor: Actor, now: datetime) -> list[Task]:
    """A controller's kinds, each with the rule of today. In the look-up log it is done on the controller's behalf."""
    organisation = f"municipality:{municipality}" if municipality else None
    on_behalf = Actor(actor.person, actor.role, organisation)

    def task(kind: RetentionKind, part: Part) -> Task:
        rule = book.rule(kind, municipality)
        before = start_of_day(local_date(now) - timedelta(days=rule.days))
        return Task(run_id, municipality, kind, part, rule, before, on_behalf, now)

    return [task(kind, part) for kind, part in (OF_MUNICIPALITIES if municipality else OF_THE_PORTAL).items()]


async def due_of(tasks: Sequence[Task]) -> list[int]:
    """How many rows are due of each of one controller's tasks, asked at once."""
    if not tasks:
        return []
    counts = (
        f"SELECT {place} AS place, count(*) AS due FROM ({task.part.due.replace('$2', f'${place}')}) x"
        for place, task in enumerate(tasks, 2)
    )
    query, municipality = " UNION ALL ".join(counts), tasks[0].municipality
    async with transaction(tasks[0].scope, read_only=True):
        rows = await fetch(f"{query} ORDER BY place", municipality, *(task.before for task in tasks))
    return [row["due"] for row in rows]


async def begin_line(task: Task, due: int) -> None:
    """So many rows are due, and none has gone yet."""
    await RetentionCount.create(
        run_id=task.run_id,
        municipality_id=task.municipality,
        kind=task.kind,
        days=task.rule.days,
        source=task.rule.source,
        demo=task.rule.demo,
        before=task.before,
        due=due,
        done=0,
    )


async def add_to_line(task: Task, gone: int) -> None:
    """In the transaction in which they go; the look-up log says the same."""
    await execute(_ADD, task.run_id, task.municipality, task.kind.value, gone)
    await audit("data_erased", actor=task.actor, now=task.now, purpose="retention", result=f"{task.kind.value} {gone}")
