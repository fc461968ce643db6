"""Building the invented cases: the same every time, on any day."""

from datetime import UTC, datetime

import pytest

from matching.citizens import Citizen, open_citizen
from matching.demo import add_weekly_starts, build_plans
from matching.demo.people import person
from matching.demo.secret import access_code, course_code
from matching.demo.stories import STORIES, programme
from matching.models import Plan
from providers.database import connected
from providers.demo import build_registry
from providers.models import Slot
from tests.support.contents import digest
from tests.support.databases import Databases
from tests.support.invariants import assert_invariants
from tests.support.worlds import VAULT

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
SEED = b"a seed that only the tests know"
TABLES = ("plan", "booking", "case_event", "course_code", "report", "slot", "offer")


async def contents(databases: Databases) -> tuple[dict[str, str], list[Citizen]]:
    async with databases.fresh() as url, connected(url):
        await build_registry(seed=7, now=NOW, sites=20)
        await build_plans(seed=SEED, vault=VAULT, now=NOW, count=len(STORIES))
        digests = {table: await digest(table, without=["citizen", "contents"]) for table in TABLES}
        return digests, [open_citizen(plan.citizen, VAULT) for plan in await Plan.all().order_by("id")]


@pytest.mark.long
async def test_the_same_seed_gives_the_same_rows(databases: Databases) -> None:
    # What the vault seals is different each time; the citizens inside are not.
    assert await contents(databases) == await contents(databases)


def test_another_seed_gives_other_people_and_other_codes() -> None:
    assert person(SEED, 1) == person(SEED, 1) != person(b"another seed", 1)
    assert course_code(SEED, 1, 0) == course_code(SEED, 1, 0) != course_code(b"another seed", 1, 0)
    assert len({course_code(SEED, number, issue) for number in range(50) for issue in range(2)}) == 100
    assert len({access_code(SEED, number, issue) for number in range(50) for issue in range(2)}) == 100


@pytest.mark.parametrize(
    "moment",
    [
        "2026-12-23T23:10",
        *(pytest.param(day, marks=pytest.mark.long) for day in ("2026-04-02T06:00", "2027-03-28T01:10")),
    ],
)
@pytest.mark.long
async def test_the_demo_can_be_built_on_any_day(database: str, moment: str) -> None:
    now = datetime.fromisoformat(moment).replace(tzinfo=UTC)

    await build_registry(seed=7, now=now, sites=10)
    await build_plans(seed=SEED, vault=VAULT, now=now, count=2 * len(STORIES))
    await add_weekly_starts(now)

    assert await Slot.filter(whole_week=True, taken=0).exists()
    await assert_invariants(now)
    assert await Plan.all().count() == 2 * len(STORIES)


def test_the_programme_tells_every_story_before_any_a_second_time() -> None:
    assert list(programme(len(STORIES))) == list(STORIES)
    told = list(programme(300))
    assert {story: told.count(story) for story in told} == dict(STORIES)
    assert list(programme(305))[300:] == list(STORIES)[:5]


@pytest.mark.long
async def test_progress_is_told_to_the_end(database: str) -> None:
    told: list[tuple[str, int, int]] = []
    await build_registry(seed=7, now=NOW, sites=10)

    await build_plans(seed=SEED, vault=VAULT, now=NOW, count=25, progress=lambda *step: told.append(step))

    assert told == [("plans", 20, 25), ("plans", 25, 25)]
