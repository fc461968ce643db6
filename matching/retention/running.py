"""A run of the retention job: everything whose time is up, controller by controller; or only the numbers.

Whoever runs it beside another run finds less to do, and each row is counted by the one that removed it.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

import structlog

from matching.models import RetentionRun
from matching.retention.forgetting import count_other_looks, do
from matching.retention.kinds import CASES, RetentionKind
from matching.retention.rules import rules_on
from matching.retention.tasks import Task, begin_line, due_of, tasks_of
from providers.actors import Actor
from providers.clock import local_date
from providers.models import Municipality

log = structlog.get_logger(__name__)

Progress = Callable[[str, int, int], None]
"""Called with the controller and kind, how many rows have been looked after, and how many are due."""


def unseen(step: str, done: int, total: int) -> None:
    """For those who do not watch."""


async def run_retention(
    *,
    actor: Actor,
    clock: Callable[[], datetime],
    dry_run: bool = False,
    controllers: Sequence[str | None] = (),
    progress: Progress = unseen,
) -> int:
    """Everything that is due, of these controllers or else of all; the answer is the run's number.

    A controller is a municipality, or None for the portal itself. Needs the worker's role. May be broken off at any
    moment: what the report says is gone is gone, and nothing else.
    """
    now = clock()
    run = await RetentionRun.create(started_at=now, dry_run=dry_run, started_by=str(actor))
    book = await rules_on(local_date(now))
    for controller in controllers or await _every_controller():
        tasks = tasks_of(run.id, controller, book, actor=actor, now=now)
        # What goes together with its case is not counted again; a dry run, in which no case goes, counts it twice.
        for whole_cases in (True, False):
            some = [task for task in tasks if (task.kind in CASES) is whole_cases]
            for task, due in zip(some, await due_of(some), strict=True):
                await _attend(task, due, dry_run, progress)
    await RetentionRun.filter(id=run.id).update(finished_at=clock())
    return run.id


async def _attend(task: Task, due: int, dry_run: bool, progress: Progress) -> None:
    if task.kind is RetentionKind.LOOK and task.municipality is None:
        due = await count_other_looks(task)
    if not due:
        return
    name, done = f"{task.municipality or 'portal'} {task.kind.value}", 0

    def gone(count: int) -> None:
        nonlocal done
        done += count
        progress(name, done, max(due, done))

    await begin_line(task, due)
    if not dry_run:
        await do(task, gone)


async def _every_controller() -> list[str | None]:
    codes = await Municipality.all().order_by("code").values("code")
    return [*(row["code"] for row in codes), None]
