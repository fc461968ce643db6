"""Budgets of failed attempts: how many at once, how fast they are forgotten, and that all processes share them."""

import asyncio
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from providers.attempts import Budget, Spent, forget_drained, refund, spend
from providers.database import fetch, fetch_value
from tests.support.rows import undone
from tests.support.worlds import NOW

PAUSE, NONE = timedelta(minutes=2), timedelta(0)
BUDGET = Budget("code:somebody", 3, PAUSE)


async def used_up(now: datetime = NOW) -> None:
    for level in (1, 2, 3):
        assert await spend(BUDGET, now) == Spent(level, NONE)


async def test_so_many_attempts_may_fail_at_once_and_then_one_has_to_wait(clean_world: None) -> None:
    await used_up()
    assert await spend(BUDGET, NOW) == Spent(4, PAUSE)


async def test_whoever_waits_as_long_as_they_were_told_is_let_in(clean_world: None) -> None:
    await used_up()
    refused = await spend(BUDGET, NOW + PAUSE / 3)
    assert refused.wait == PAUSE * 2 / 3
    assert (await spend(BUDGET, NOW + PAUSE / 3 + refused.wait)).wait == NONE
    assert (await spend(BUDGET, NOW + PAUSE)).wait == PAUSE, "and then the budget is used up again"


async def test_trying_while_one_has_to_wait_makes_the_wait_no_longer(clean_world: None) -> None:
    await used_up()
    for seconds in range(0, 120, 7):
        assert (await spend(BUDGET, NOW + timedelta(seconds=seconds))).wait == PAUSE - timedelta(seconds=seconds)
    assert (await spend(BUDGET, NOW + PAUSE)).wait == NONE


async def test_everything_is_forgotten_after_a_while_and_no_more_than_that(clean_world: None) -> None:
    await used_up()
    await used_up(NOW + timedelta(days=30))
    assert (await spend(BUDGET, NOW + timedelta(days=30))).wait == PAUSE


async def test_an_attempt_that_was_no_failure_is_given_back(clean_world: None) -> None:
    await used_up()
    await refund(BUDGET)
    assert await spend(BUDGET, NOW) == Spent(3, NONE)
    for _ in range(9):
        await refund(BUDGET)
    assert await fetch_value("SELECT spent FROM attempt_budget") == 0, "nobody earns attempts"


async def test_each_bucket_is_by_itself(clean_world: None) -> None:
    await used_up()
    assert await spend(Budget("code:somebody else", 3, PAUSE), NOW) == Spent(1, NONE)


async def test_a_clock_that_is_behind_forgets_nothing_and_adds_nothing(clean_world: None) -> None:
    await spend(BUDGET, NOW)
    assert await spend(BUDGET, NOW - timedelta(hours=1)) == Spent(2, NONE)
    assert await fetch_value("SELECT updated_at FROM attempt_budget") == NOW


async def test_buckets_that_nobody_touches_are_removed(clean_world: None) -> None:
    await spend(BUDGET, NOW)
    await spend(Budget("code:old", 3, PAUSE), NOW - timedelta(days=1, seconds=1))
    await forget_drained(NOW)
    assert await fetch("SELECT bucket FROM attempt_budget") == [(BUDGET.bucket,)]


async def test_twenty_at_once_take_no_more_than_there_is(database: str) -> None:
    taken = await asyncio.gather(*(spend(BUDGET, NOW) for _ in range(20)))
    assert sorted(spent.level for spent in taken if not spent.wait) == [1, 2, 3]
    assert {spent.wait for spent in taken} == {NONE, PAUSE}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    pauses=st.lists(st.integers(0, 300), max_size=15),
    attempts=st.integers(1, 4),
    pause=st.integers(1, 100),
)
async def test_never_more_than_the_budget_in_any_stretch_of_time(
    world: str, pauses: list[int], attempts: int, pause: int
) -> None:
    budget, now, made = Budget("b", attempts, timedelta(seconds=pause)), NOW, []
    async with undone():
        for seconds in pauses:
            now += timedelta(seconds=seconds)
            if not (await spend(budget, now)).wait:
                made.append(now)
    for first, begin in enumerate(made):
        for last, end in enumerate(made[first:], 1):
            assert last <= attempts + (end - begin) / budget.pause + 1e-3


@pytest.mark.parametrize("attempts", [1, 500])
async def test_a_budget_of_any_size(clean_world: None, attempts: int) -> None:
    budget = Budget("b", attempts, PAUSE)
    waits = [(await spend(budget, NOW)).wait for _ in range(attempts + 1)]
    assert waits == [NONE] * attempts + [PAUSE]
