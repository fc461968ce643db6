"""What makes a task true: the rows that are due go, some at a time, each time with the task's line of the report."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import Any

import asyncpg
import structlog
from tortoise.exceptions import IntegrityError

from matching.auditing import blank_entries
from matching.retention.cases import erase_case
from matching.retention.kinds import CASES, RetentionKind
from matching.retention.tasks import Task, add_to_line
from providers.database import execute, fetch, fetch_one, fetch_value, transaction
from providers.errors import Busy
from providers.scope import Scope

log = structlog.get_logger(__name__)

Gone = Callable[[int], None]
"""Called with how many rows have gone since the last call."""

# Few enough that nobody waits long for the rows of a batch.
_BATCH = 500


class _TakenBackError(Exception):
    """Ends a transaction that was only made for its numbers."""


async def do(task: Task, gone: Gone) -> None:
    """Until nothing is due any more."""
    if task.kind in CASES:
        return await _erase_cases(task, gone)
    some = _WAYS.get(task.kind, _forget_rows)
    while True:
        async with transaction(task.scope):
            if not (count := await some(task)):
                return None
            await add_to_line(task, count)
        gone(count)


async def count_other_looks(task: Task) -> int:
    """Entries about no case. Only what blanks them can see them, so they are blanked, and that is taken back."""
    count = 0
    with suppress(_TakenBackError):
        async with transaction():
            count = await _blank_other_looks(task)
            raise _TakenBackError
    return count


async def _erase_cases(task: Task, gone: Gone) -> None:
    """Each in a transaction of its own; one that cannot go is left for another night, and the log says so."""
    async with transaction(task.scope, read_only=True):
        query = f"SELECT id, cpr_digest FROM plan WHERE id IN ({task.part.due}) ORDER BY id"
        cases = await fetch(query, task.municipality, task.before)
    for case in cases:
        try:
            await _erase(task, case["id"], case["cpr_digest"])
        except (asyncpg.IntegrityConstraintViolationError, IntegrityError, Busy) as error:
            log.error("case_not_erased", plan=case["id"], error=type(error).__name__)
        gone(1)


async def _erase(task: Task, plan_id: int, citizen: str) -> None:
    async with transaction(Scope(plan=plan_id, citizen=citizen, municipality=task.municipality)):
        await execute("SELECT FROM plan WHERE id = $1 FOR UPDATE", plan_id)
        still_due = f"SELECT FROM ({task.part.due}) x WHERE x.id = $3"
        # Somebody may have gone on with the case, or erased it, since it was listed.
        if await fetch_one(still_due, task.municipality, task.before, plan_id) is not None:
            await erase_case(plan_id, actor=task.actor, now=task.now)
            await add_to_line(task, 1)


async def _some(task: Task) -> list[Any]:
    """The ids of a batch that is due."""
    return [row["id"] for row in await fetch(f"{task.part.due} LIMIT {_BATCH}", task.municipality, task.before)]


async def _forget_rows(task: Task) -> int:
    gone = await execute(task.part.forget, await _some(task))
    return int(gone.split()[-1])


async def _forget_reports(task: Task) -> int:
    return int(await fetch_value("SELECT forget_reports($1)", await _some(task)))


async def _blank_looks(task: Task) -> int:
    if task.municipality is None:
        return await _blank_other_looks(task)
    cases = f"SELECT DISTINCT id FROM ({task.part.due}) x LIMIT {_BATCH}"
    plans = [row["id"] for row in await fetch(cases, task.municipality, task.before)]
    return await blank_entries(before=task.before, plan_ids=plans, actor=task.actor, now=task.now)


async def _blank_other_looks(task: Task) -> int:
    return await blank_entries(before=task.before, plan_ids=None, actor=task.actor, now=task.now)


async def _forget_accounts(task: Task) -> int:
    return int(await fetch_value("SELECT forget_accounts($1)", task.before))


_WAYS: Mapping[RetentionKind, Callable[[Task], Awaitable[int]]] = MappingProxyType(
    {
        RetentionKind.LOOK: _blank_looks,
        RetentionKind.REPORT: _forget_reports,
        RetentionKind.ACCOUNT: _forget_accounts,
    }
)
