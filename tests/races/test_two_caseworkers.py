"""Two caseworkers save at once what each has seen alone: one of them is told. Without the lock, nobody is."""

import asyncio
from datetime import datetime

import pytest

from matching.cases import Case, read_case
from matching.casework import Assessment, assess, opening
from matching.casework.errors import CaseChanged
from matching.models import CaseEvent
from matching.plan_facts import Level
from matching.states import PlanState
from providers.actors import Actor
from providers.database import connected
from providers.scope import Scope
from tests.support.lockless import Meeting
from tests.support.worlds import HOME, NOW, PACKAGE, a_plan


def visitator(number: int) -> Actor:
    return Actor(f"account:{number}", "visitator", f"municipality:{HOME}", Scope(municipality=HOME))


async def both_assess(plan_id: int) -> list[type]:
    """What each of them is answered."""
    tries = [
        assess(plan_id, Assessment(PACKAGE, level), actor=visitator(number), now=NOW, seen=0)
        for number, level in enumerate(Level, 1)
    ]
    return sorted((type(answer) for answer in await asyncio.gather(*tries, return_exceptions=True)), key=str)


def without_the_lock(patch: pytest.MonkeyPatch) -> None:
    """Both have read the case, and its last event, before one of them writes."""
    seen, meeting = opening.last_event, Meeting()

    async def read(plan_id: int, now: datetime) -> Case:
        return await read_case(plan_id, now)

    async def look(plan_id: int) -> int:
        number = await seen(plan_id)
        await meeting.come()
        return number

    patch.setattr(opening, "lock_case", read)
    patch.setattr(opening, "last_event", look)


@pytest.mark.parametrize("locked", [True, False])
async def test_one_of_two_is_told(database_url: str, monkeypatch: pytest.MonkeyPatch, locked: bool) -> None:
    async with connected(database_url):
        plan = await a_plan(state=PlanState.ASSESSED, level=None)
        if not locked:
            without_the_lock(monkeypatch)
        answers = await both_assess(plan.id)
        assert answers == sorted([type(None), CaseChanged if locked else type(None)], key=str)
        assert await CaseEvent.filter(plan_id=plan.id).count() == (1 if locked else 2)
