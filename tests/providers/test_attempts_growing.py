"""Budgets whose pauses grow: failing on and on gets slower and slower, and is forgotten slowly."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from providers.attempts import Budget, Spent, refund, spend, weigh
from tests.support.worlds import NOW

pytestmark = pytest.mark.usefixtures("clean_world")

NONE, SECOND, MINUTE, HOUR = timedelta(0), timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
BUDGET = Budget("sign_in:somebody", 3, MINUTE, HOUR)


async def use_up(budget: Budget = BUDGET, now: datetime = NOW) -> None:
    for level in range(1, budget.attempts + 1):
        assert await spend(budget, now) == Spent(level, NONE)


async def pauses(times: int) -> list[timedelta]:
    """What is told after each further failure, when each is made at the very end of the pause before it."""
    now, told = NOW, []
    for _ in range(times):
        told.append((await spend(BUDGET, now)).wait)
        now += told[-1]
        assert (await spend(BUDGET, now)).wait == NONE
    return told


async def test_pauses_double_until_they_are_as_long_as_a_failure_is_remembered() -> None:
    await use_up()
    told = await pauses(14)
    assert told[0] == MINUTE
    assert [pause / MINUTE for pause in told[1:4]] == pytest.approx([2, 4, 8], rel=0.15)
    assert all(later > earlier for earlier, later in pairwise(told[:8]))
    assert max(told) <= HOUR
    assert told[-1] > 0.95 * HOUR


async def test_being_refused_costs_nothing_and_lengthens_nothing() -> None:
    await use_up()
    for seconds in range(60):
        assert (await spend(BUDGET, NOW + seconds * SECOND)).wait == MINUTE - seconds * SECOND
    assert (await spend(BUDGET, NOW + MINUTE)).wait == NONE


async def test_weighing_tells_what_spending_would() -> None:
    await use_up()
    for after in (NONE, 30 * SECOND, MINUTE, 2 * HOUR):
        (weighed,) = await weigh([BUDGET], NOW + after)
        assert weighed == await spend(BUDGET, NOW + after)
    assert await weigh([Budget("nobody", 1, MINUTE, HOUR)], NOW) == [Spent(1, NONE)]


async def test_an_hour_forgets_one_failure() -> None:
    await use_up()
    assert await spend(BUDGET, NOW + HOUR) == Spent(3, NONE)
    assert (await spend(BUDGET, NOW + HOUR)).wait == MINUTE


async def test_what_was_no_failure_shortens_the_pause_again() -> None:
    await use_up()
    await spend(BUDGET, NOW + MINUTE)
    assert (await spend(BUDGET, NOW + MINUTE)).wait > 1.9 * MINUTE
    await refund(BUDGET)
    assert (await spend(BUDGET, NOW + MINUTE)).wait == MINUTE


async def test_a_limit_lowered_far_below_what_was_spent_is_still_a_pause() -> None:
    await use_up(Budget(BUDGET.bucket, 200, MINUTE))
    assert (await spend(Budget(BUDGET.bucket, 1, SECOND, HOUR), NOW)).wait == HOUR
