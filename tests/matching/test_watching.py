"""Tell me when: what is waited for, what is news, who is told of it and how often, and when it is over."""

from datetime import timedelta

import asyncpg
import orjson
import pytest

from matching.booking import book, hold, release
from matching.finding.terms import PlanNotReady
from matching.messages import Addresses, set_contact
from matching.models import Message, Plan, Watch
from matching.watching import Wanted, end_watch, look_at_watches, watch, watches_of
from matching.watching.errors import NothingToWaitFor, NowhereToTell, TooManyWatches
from matching.watching.wanted import bits, is_news, wanted_of
from providers.actors import CITIZEN
from providers.database import execute
from providers.errors import GenvejError
from tests.support.worlds import AMAGER, BORNHOLM, NOW, POLICY, VAULT, a_plan, a_site, a_slot

pytestmark = pytest.mark.usefixtures("clean_world")

THURSDAY, FRIDAY, MONDAY = NOW + timedelta(days=3), NOW + timedelta(days=4), NOW + timedelta(days=7)
BOTH = Addresses("proeve@borger.example", "+4500000000")
ANYWHERE = Wanted()

BAD_ROWS = {
    "watch_number_once": "INSERT INTO watch (plan_id, number, looked_at, until)"
    " SELECT plan_id, number, looked_at, until FROM watch",
    "watch_three_at_most": "UPDATE watch SET number = 4",
    "watch_weekdays_known": "UPDATE watch SET weekdays = 128",
    "watch_site_or_area": "UPDATE watch SET radius = 5",
}


async def a_waiting_plan(wanted: Wanted = ANYWHERE, addresses: Addresses = BOTH) -> Plan:
    plan = await a_plan()
    await set_contact(plan.id, addresses, "da", actor=CITIZEN, now=NOW, vault=VAULT)
    await watch(plan.id, wanted, actor=CITIZEN, now=NOW, policy=POLICY)
    return plan


async def look(minutes: int = 1) -> None:
    await look_at_watches(NOW + timedelta(minutes=minutes), policy=POLICY, vault=VAULT)


async def told(plan: Plan) -> list[str]:
    """The times that were told of, one for each message, by e-mail."""
    rows = await Message.filter(plan_id=plan.id, template="time_found", channel="email").order_by("created_at")
    return [orjson.loads(VAULT.open(row.content or b""))["starts_at"] for row in rows]


def test_every_day_of_the_week_is_any_day() -> None:
    assert [bits(days) for days in ((), range(1, 8), (1,), (7,), (1, 3))] == [0, 0, 1, 64, 5]
    assert wanted_of(Watch(weekdays=5, radius=10)) == Wanted(radius=10, days=frozenset({1, 3}))


def test_only_a_time_before_the_one_that_is_known_is_news() -> None:
    assert is_news(None, FRIDAY)
    assert is_news(FRIDAY, THURSDAY)
    assert not is_news(THURSDAY, FRIDAY)
    assert not is_news(THURSDAY, THURSDAY)
    assert not is_news(THURSDAY, None)


async def test_a_time_that_comes_is_told_once_by_each_way_and_an_earlier_one_again() -> None:
    site = await a_site(at=AMAGER)
    plan = await a_waiting_plan(Wanted(origin="2300", radius=10))
    await look(1)
    assert await told(plan) == []
    slot = await a_slot(site, FRIDAY)
    for minute in (2, 3):
        await look(minute)
    assert await told(plan) == [FRIDAY.isoformat()]
    (row, _) = await Message.filter(plan_id=plan.id).order_by("channel")
    assert (row.quiet, row.until, row.due_at) == (True, FRIDAY, NOW + timedelta(minutes=2))
    await hold((await a_plan()).id, slot.id, now=NOW, policy=POLICY)
    await look(4)
    await execute("DELETE FROM hold")
    await look(5)
    assert await told(plan) == [FRIDAY.isoformat()], "the same time is no news, though it was held meanwhile"
    await a_slot(site, THURSDAY)
    await look(6)
    assert await told(plan) == [FRIDAY.isoformat(), THURSDAY.isoformat()]


async def test_what_is_free_already_is_no_news_until_it_is_gone() -> None:
    site = await a_site(slots=[THURSDAY])
    plan = await a_waiting_plan()
    await look(1)
    assert await told(plan) == []
    await execute("UPDATE slot SET blocked_seats = seats")
    await look(2)
    await a_slot(site, FRIDAY)
    await look(3)
    assert await told(plan) == [FRIDAY.isoformat()]


async def test_only_the_site_the_distance_and_the_days_that_were_asked_for() -> None:
    near, far = await a_site(at=AMAGER), await a_site(municipality="0400", at=BORNHOLM)
    here = await a_waiting_plan(Wanted(site_id=near.pk, days=frozenset({1})))
    around = await a_waiting_plan(Wanted(origin="2300", radius=25, days=frozenset({1})))
    everywhere = await a_waiting_plan(Wanted(radius=None, days=frozenset({5})))
    await a_slot(near, THURSDAY)
    await a_slot(far, FRIDAY)
    await look(1)
    assert [await told(plan) for plan in (here, around, everywhere)] == [[], [], [FRIDAY.isoformat()]]
    await a_slot(near, MONDAY)
    await look(2)
    assert [await told(plan) for plan in (here, around)] == [[MONDAY.isoformat()]] * 2


async def test_it_is_over_when_there_is_a_time_or_no_way_or_after_its_life() -> None:
    plans = [await a_waiting_plan() for _ in range(3)]
    slot = await a_slot(await a_site(), THURSDAY)
    await book(plans[0].id, slot.id, actor=CITIZEN, now=NOW, policy=POLICY)
    await set_contact(plans[1].id, Addresses(), "da", actor=CITIZEN, now=NOW, vault=VAULT)
    await look(1)
    assert [row.plan_id for row in await Watch.all()] == [plans[2].id]
    await look_at_watches(NOW + POLICY.watch_life, policy=POLICY, vault=VAULT)
    assert await Watch.all() == []


async def test_the_same_wish_is_one_and_three_are_the_most() -> None:
    plan = await a_waiting_plan()
    for radius in (None, 5, 10):
        await watch(plan.id, Wanted(radius=radius), actor=CITIZEN, now=NOW, policy=POLICY)
    assert [(row.number, row.radius) for row in await watches_of(plan.id)] == [(1, None), (2, 5), (3, 10)]
    with pytest.raises(TooManyWatches):
        await watch(plan.id, Wanted(radius=25), actor=CITIZEN, now=NOW, policy=POLICY)
    await end_watch(plan.id, 2, actor=CITIZEN, now=NOW)
    await end_watch(plan.id, 2, actor=CITIZEN, now=NOW)
    again = await watch(plan.id, Wanted(radius=25), actor=CITIZEN, now=NOW, policy=POLICY)
    assert again.number == 2


@pytest.mark.parametrize(
    ("facts", "error"),
    [({}, NowhereToTell), ({"level": None}, PlanNotReady), ({"state": "completed"}, NothingToWaitFor)],
)
async def test_who_cannot_wait_is_told_why(facts: dict[str, str], error: type[GenvejError]) -> None:
    plan = await a_plan(**facts)
    with pytest.raises(error):
        await watch(plan.id, ANYWHERE, actor=CITIZEN, now=NOW, policy=POLICY)
    await release(plan.id)
    assert await Watch.all() == []


@pytest.mark.parametrize("constraint", BAD_ROWS)
async def test_the_bad_row_meets_its_constraint(constraint: str) -> None:
    await a_waiting_plan(Wanted(site_id=(await a_site()).pk))
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as broken:
        await execute(BAD_ROWS[constraint])
    assert broken.value.constraint_name == constraint
