"""A country of any size: as whole as the demo, nobody's, and with codes that open."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio

from matching.demo import demo_codes
from matching.demo.scale import build_many_cases
from matching.entry import enter, verify
from matching.invariants import broken_invariants
from providers.database import connected, fetch, fetch_value
from providers.demo.scale import build_big_registry
from tests.support.contents import digest
from tests.support.databases import Databases
from tests.support.worlds import POLICY, VAULT

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
SEED = b"the tests' own seed of invention"
SITES, CASES = 120, 60
INDEXES = """
SELECT indexrelid::regclass::text, indkey::text, indisunique, indpred IS NOT NULL FROM pg_index
WHERE indrelid::regclass::text !~ '^pg_' ORDER BY 1
"""
CONSTRAINTS = "SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint ORDER BY 1, 2"


async def shape() -> list[tuple[object, ...]]:
    """Every index and every constraint of the tables."""
    return [tuple(record) for query in (INDEXES, CONSTRAINTS) for record in await fetch(query)]


@pytest_asyncio.fixture(scope="module")
async def country(databases: Databases) -> AsyncIterator[list[tuple[object, ...]]]:
    """A small one, and what shape its tables had before."""
    async with databases.fresh() as url, connected(url):
        before = await shape()
        await build_big_registry(seed=7, now=NOW, sites=SITES)
        await build_many_cases(seed=SEED, vault=VAULT, now=NOW, cases=CASES)
        yield before


@pytest.mark.usefixtures("country")
async def test_there_is_as_much_as_was_asked_for() -> None:
    counts = "SELECT (SELECT count(*) FROM site), (SELECT count(*) FROM slot), (SELECT count(*) FROM plan)"
    assert tuple((await fetch(counts))[0]) == (SITES, SITES * 10, CASES)
    assert await fetch_value("SELECT count(DISTINCT kind) FROM offer WHERE next_free > $1", NOW) == 3
    assert await fetch_value("SELECT count(*) FROM booking") == CASES * 35 // 100


@pytest.mark.usefixtures("country")
async def test_what_must_be_true_of_cases_is_true() -> None:
    assert await broken_invariants(NOW) == []


async def test_no_index_and_no_constraint_is_lost(country: list[tuple[object, ...]]) -> None:
    assert await shape() == country


@pytest.mark.usefixtures("country")
async def test_nobody_in_it_exists() -> None:
    assert await fetch_value("SELECT bool_and(name ~ '[Dd]emo' AND cvr ~ '^9[0-9]{7}$') FROM provider")
    assert await fetch_value("SELECT bool_and(name ~ '[Dd]emo' AND phone = '00 00 00 00') FROM site")
    assert await fetch_value(r"SELECT bool_and(web ~ '^https://[a-z0-9-]+\.example$') FROM site")
    assert await fetch_value("SELECT bool_and(name ~ '^Demo ' AND authorisation_id ~ '^z') FROM practitioner")


@pytest.mark.usefixtures("country")
async def test_the_codes_of_its_letters_open_the_plans() -> None:
    codes = await demo_codes(seed=SEED, vault=VAULT, now=NOW, policy=POLICY)
    first = codes[0]
    plan_id = await enter(first.code, address="192.0.2.7", now=NOW, vault=VAULT, policy=POLICY)
    await verify(plan_id, first.access_code, first.date_of_birth, now=NOW, vault=VAULT, policy=POLICY)
    assert len(first.bases) == 4


@pytest.mark.long
async def test_the_same_seed_and_day_give_the_same_country(databases: Databases) -> None:
    async def digests() -> list[str]:
        async with databases.fresh() as url, connected(url):
            await build_big_registry(seed=7, now=NOW, sites=30)
            await build_many_cases(seed=SEED, vault=VAULT, now=NOW, cases=30)
            return [await digest(table) for table in ("provider", "site", "approval", "slot", "offer", "report")]

    assert await digests() == await digests()
