"""A case opened to be changed by the municipality that answers for it, as the person who changes it has seen it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from matching.cases import Case, PlanUnknown, lock_case
from matching.casework.errors import CaseChanged
from providers.actors import Actor
from providers.database import fetch_value, transaction


@asynccontextmanager
async def opened(plan_id: int, *, actor: Actor, now: datetime, seen: int) -> AsyncIterator[Case]:
    """The case, locked in a transaction of its own.

    `seen` is the number of the last event that the actor has seen. Raises CaseChanged when there is a later one, and
    PlanUnknown for a case of another municipality.
    """
    async with transaction(actor.scope):
        case = await lock_case(plan_id, now)
        if case.plan.municipality_id != actor.scope.municipality:
            raise PlanUnknown
        if await last_event(plan_id) != seen:
            raise CaseChanged
        yield case


async def last_event(plan_id: int) -> int:
    """The number of the case's last event; 0 before the first."""
    return int(await fetch_value("SELECT coalesce(max(sequence), 0) FROM case_event WHERE plan_id = $1", plan_id))
