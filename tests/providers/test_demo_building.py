"""Building the invented registry: the same every time, and telling how far it is."""

from datetime import UTC, datetime

import pytest

from providers.database import APP_ROLE, connected
from providers.demo import build_registry
from tests.support.contents import digest
from tests.support.databases import Databases

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
TABLES = ("municipality", "provider", "agreement", "site", "practitioner", "approval", "slot", "offer")


async def digests(databases: Databases, seed: int, now: datetime) -> dict[str, str]:
    async with databases.fresh() as url, connected(url, role=APP_ROLE):
        await build_registry(seed=seed, now=now, sites=5)
        return {table: await digest(table) for table in TABLES}


@pytest.mark.long
async def test_the_same_seed_and_day_give_the_same_rows_and_another_seed_others(databases: Databases) -> None:
    one = await digests(databases, 7, NOW)

    assert await digests(databases, 7, NOW) == one
    assert not set((await digests(databases, 8, NOW)).values()) & set(one.values())


@pytest.mark.long
async def test_progress_is_told_from_the_first_step_to_the_last(database: str) -> None:
    told: list[tuple[str, int, int]] = []

    await build_registry(seed=7, now=NOW, sites=3, progress=lambda *step: told.append(step))

    steps = list(dict.fromkeys(step for step, _, _ in told))
    assert steps == ["places", "sites", "slots", "offers"]
    assert {step: done == total for step, done, total in told} == dict.fromkeys(steps, True)
