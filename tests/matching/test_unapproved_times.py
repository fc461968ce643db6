"""What the approver decides about a site is a task of every municipality whose citizen has a time ahead there."""

from datetime import date, timedelta

import pytest

from matching.booking import book
from matching.worklists import Question, Task, list_tasks
from providers.actors import CITIZEN, Actor
from providers.approving import Decision, Period, decide
from providers.database import execute
from providers.models import Approval
from providers.roles import Role
from tests.support.worlds import HOME, KNEE_BASIC, LONG_AGO, NOW, POLICY, TODAY, a_plan, a_site, an_approval

pytestmark = pytest.mark.usefixtures("clean_world")

APPROVER = Actor("account:9", Role.APPROVER)
TOMORROW = TODAY + timedelta(days=1)


async def troubled() -> list[int]:
    """The cases of the home municipality whose citizen is expected where nobody may receive them."""
    await execute("SELECT set_config('genvej.municipality', $1, true)", HOME)
    return [line.plan_id for line in await list_tasks(Question(HOME, Task.SUSPENDED), now=NOW)]


@pytest.mark.parametrize(
    ("decision", "last", "expected"),
    [
        (Decision.SUSPEND, None, True),
        (Decision.WITHDRAW, None, True),
        (Decision.APPROVE, TOMORROW, True),
        (Decision.APPROVE, TODAY + timedelta(days=2), False),
    ],
)
async def test_a_time_ahead_without_an_approval_is_a_task(
    decision: Decision, last: date | None, expected: bool
) -> None:
    site = await a_site("private", contract_with=HOME, slots=[NOW + timedelta(days=2)])
    (slot,), plan = await site.slots.all(), await a_plan()
    await book(plan.id, slot.id, actor=CITIZEN, now=NOW, policy=POLICY)
    approval = await Approval.get(site_id=site.pk)
    assert await troubled() == []
    period = Period(LONG_AGO, last)
    await decide(approval.pk, decision, reason="Fordi.", period=period, actor=APPROVER, now=NOW)
    assert await troubled() == ([plan.id] if expected else [])
    if expected:
        await execute("UPDATE booking SET state = 'started'")
        assert await troubled() == []


async def test_a_later_approval_for_that_day_is_good_enough() -> None:
    site = await a_site("private", contract_with=HOME, slots=[NOW + timedelta(days=2)])
    (slot,), plan = await site.slots.all(), await a_plan()
    await book(plan.id, slot.id, actor=CITIZEN, now=NOW, policy=POLICY)
    approval = await Approval.get(site_id=site.pk)
    await decide(approval.pk, Decision.WITHDRAW, reason="Fordi.", actor=APPROVER, now=NOW)
    await an_approval(site, KNEE_BASIC, valid_from=TOMORROW)
    assert await troubled() == []
