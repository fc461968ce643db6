"""Always eight weeks ahead, however long nobody has looked."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from providers.database import APP_ROLE, connected, execute, fetch, fetch_value
from providers.demo import build_registry, roll_slots_forward
from tests.support.contents import digest, offers_that_differ
from tests.support.databases import Databases
from tests.support.rows import undone

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(days=9)

LAST_DAY = "SELECT max((starts_at AT TIME ZONE 'Europe/Copenhagen')::date)::text FROM slot"
STALE = "SELECT count(*) FROM site WHERE capacity_confirmed_at < $1::timestamptz - interval '60 days'"


@pytest_asyncio.fixture(scope="module")
async def registry(databases: Databases) -> AsyncIterator[str]:
    """A small demo registry, in which the tests here undo what they write."""
    async with databases.fresh() as url, connected(url, role=APP_ROLE):
        await build_registry(seed=7, now=NOW, sites=5)
        yield url


async def test_nothing_to_do_on_the_day_of_building(registry: str) -> None:
    async with undone():
        before = [await digest(table) for table in ("slot", "offer", "site")]

        await roll_slots_forward(NOW)

        assert [await digest(table) for table in ("slot", "offer", "site")] == before


async def test_slots_reach_eight_weeks_ahead_again_and_a_second_time_changes_nothing(registry: str) -> None:
    async with undone():
        kept = await fetch_value("SELECT count(*) FROM slot")

        await roll_slots_forward(LATER)
        rolled = await digest("slot")
        await roll_slots_forward(LATER + timedelta(hours=2))

        assert await digest("slot") == rolled
        assert await fetch_value(LAST_DAY) == "2027-01-22"
        assert await fetch_value("SELECT count(*) FROM slot") > kept


async def test_days_that_went_by_unseen_are_left_out(registry: str) -> None:
    async with undone():
        much_later = NOW + timedelta(days=100)

        await roll_slots_forward(much_later)

        between = await fetch_value(
            "SELECT count(*) FROM slot WHERE starts_at BETWEEN '2027-01-14' AND $1::timestamptz - interval '1 day'",
            much_later,
        )
        assert between == 0
        assert await fetch_value(LAST_DAY) == "2027-04-23"


@pytest.mark.long
async def test_rolling_day_by_day_gives_the_slots_of_rolling_at_once(registry: str) -> None:
    async with undone():
        columns = "site_id, starts_at, mode, seats, blocked_seats"
        for days in range(1, 10):
            await roll_slots_forward(NOW + timedelta(days=days))
        step_by_step = await fetch(f"SELECT {columns} FROM slot WHERE starts_at > '2027-01-14' ORDER BY 2, 1")

        await execute("DELETE FROM slot WHERE starts_at > '2027-01-14'")
        await roll_slots_forward(LATER)

        assert await fetch(f"SELECT {columns} FROM slot WHERE starts_at > '2027-01-14' ORDER BY 2, 1") == step_by_step


async def test_the_offers_follow(registry: str) -> None:
    async with undone():
        await execute("UPDATE slot SET blocked_seats = seats")

        await roll_slots_forward(LATER)

        assert await offers_that_differ(LATER) == 0
        assert await fetch_value("SELECT min(next_free) FROM offer") > datetime(2027, 1, 13, tzinfo=UTC)


async def test_who_kept_capacity_up_to_date_still_does_and_who_had_forgotten_does_not(registry: str) -> None:
    async with undone():
        much_later = NOW + timedelta(days=100)
        await execute("UPDATE site SET capacity_confirmed_at = $1 WHERE id % 10 = 0", NOW - timedelta(days=70))
        forgotten = await fetch_value(STALE, NOW)

        await roll_slots_forward(much_later)

        assert forgotten > 10
        assert await fetch_value(STALE, much_later) == forgotten


async def test_a_provider_that_is_not_of_the_demo_is_left_alone(registry: str) -> None:
    async with undone():
        await execute("UPDATE provider SET cvr = '10000009' WHERE id = (SELECT min(id) FROM provider)")

        await roll_slots_forward(LATER)

        behind = await fetch("SELECT site_id FROM slot GROUP BY site_id HAVING max(starts_at) < '2027-01-14'")
        own = await fetch("SELECT id FROM site WHERE provider_id = (SELECT id FROM provider WHERE cvr = '10000009')")
        assert [row["site_id"] for row in behind] == [row["id"] for row in own]
