"""Thousands of sites: a bounded number of statements, and each branch by its own index."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio

from matching.finding import Position, Search, Sort, find, finder
from matching.finding.at_large import AT_LARGE
from matching.finding.nearest import NEAREST
from matching.finding.soonest import SOONEST
from matching.finding.statements import Statement
from matching.published.listing import Asked, Listing, listed, statement_of
from matching.published.places import ORGANISATIONS_NAMED, PLACES_NAMED, PLACES_NEAR
from matching.published.rules import anybody
from matching.published.services import SERVICES_NEAR
from providers.database import APP_ROLE, connected, execute, fetch, fetch_value, transaction
from providers.offers import rebuild_offers
from providers.scope import Scope
from tests.support.databases import Databases
from tests.support.rows import undone
from tests.support.searches import a_search
from tests.support.statements import statements
from tests.support.worlds import NOW, POLICY

PRIVATE = 2000
FAR = (9.92, 57.05)

# One site in each municipality, clinics all over the country, a time tomorrow for each; the last ten are in the far
# north and have a time next week as well.
COUNTRY = [
    "INSERT INTO provider (id, name, kind, municipality_id, cvr)"
    " SELECT code::int, name, 'municipal', code, '9' || lpad(code, 7, '0') FROM municipality WHERE is_municipality",
    "INSERT INTO provider (id, name, kind, cvr)"
    f" SELECT 1000 + n, 'P' || n, 'private', '8' || lpad(n::text, 7, '0') FROM generate_series(1, {PRIVATE}) n",
    "INSERT INTO agreement (provider_id, basis, municipality_id, valid_from)"
    " SELECT id, CASE kind WHEN 'municipal' THEN 'own' ELSE 'extended' END, municipality_id, '2020-01-01'"
    " FROM provider",
    "INSERT INTO site (id, provider_id, name, street, postal_code_id, longitude, latitude, languages,"
    " capacity_confirmed_at) SELECT p.id, p.id, p.name, 'Prøvevej 1', '1050', coalesce(m.longitude, 8.5 + p.id % 61"
    " * 0.06), coalesce(m.latitude, 55.0 + p.id % 97 * 0.02), '{da}', $1"
    " FROM provider p LEFT JOIN municipality m ON m.code = p.municipality_id",
    f"UPDATE site SET longitude = {FAR[0]}, latitude = {FAR[1]} WHERE id > {PRIVATE} + 990",
    "INSERT INTO practitioner (site_id, name, profession, role, authorisation_id, checked_at)"
    " SELECT id, 'Terapeut', '5151', 'therapist', 'bcd12', $1 FROM site",
    "INSERT INTO approval (site_id, package_level_id, state, valid_from)"
    " SELECT id, level, 'approved', '2020-01-01' FROM site, unnest('{4, 5}'::int[]) level",
    "INSERT INTO slot (site_id, starts_at, minutes, mode, seats)"
    " SELECT id, $1::timestamptz + interval '1 day', 30, 'group', 5 FROM site",
    "INSERT INTO slot (site_id, starts_at, minutes, mode, seats)"
    f" SELECT id, $1::timestamptz + interval '8 days', 30, 'group', 5 FROM site WHERE id > {PRIVATE} + 990",
]


@pytest_asyncio.fixture(scope="module")
async def country(databases: Databases) -> AsyncIterator[str]:
    async with databases.fresh() as url:
        async with connected(url):
            for statement in COUNTRY:
                await execute(statement, *([NOW] if "$1" in statement else []))
            await rebuild_offers(NOW)
            await execute("ANALYZE")
        async with connected(url, role=APP_ROLE):
            yield url


@pytest.mark.usefixtures("country")
@pytest.mark.parametrize("sort", Sort)
async def test_when_nobody_near_is_free_one_statement_or_two_find_who_is(sort: Sort) -> None:
    later = NOW + timedelta(days=5)
    search = replace(await a_search(not_before=later, extended_not_before=later, limit=5), sort=sort)
    async with undone():
        # The driver's own questions about types come first, once for each connection.
        await find(search)
        with statements() as sent:
            page = await find(search)
    assert [match.site_id for match in page.items] == list(range(PRIVATE + 991, PRIVATE + 996))
    # By distance, offers without a time so late are not read at all; by time there are too many that come too early.
    assert len(sent) == (1 if sort is Sort.DISTANCE else 2)


@pytest.mark.usefixtures("country")
@pytest.mark.parametrize("sort", Sort)
async def test_the_whole_country_page_after_page_has_every_site_once(sort: Sort) -> None:
    search, seen = replace(await a_search(limit=500), sort=sort), list[int]()
    while True:
        page = await find(search)
        seen += [match.site_id for match in page.items]
        if page.after is None:
            break
        search = replace(search, after=page.after)
    assert len(seen) == len(set(seen)) == PRIVATE + 98


@pytest.mark.usefixtures("country")
@pytest.mark.parametrize("radius", [25_000.0, None])
async def test_every_branch_has_its_index_even_in_a_plan_made_without_the_values(radius: float | None) -> None:
    plan = await _generic_plan(NEAREST, await a_search(radius=radius))
    home, other, private = re.findall(r"CTE (?:home|other|private)\n(.*?)(?=\n  CTE)", plan, re.DOTALL)
    for branch, index in ((home, "offer_home_nearest"), (other, "offer_nearest"), (private, "offer_nearest")):
        assert f"Index Scan using {index}" in branch
        assert "Order By: (point <->" in branch
        assert "Sort" not in branch
    assert "Seq Scan on site" not in plan


@pytest.mark.usefixtures("country")
@pytest.mark.parametrize(
    ("statement", "home", "others"),
    [
        (SOONEST, ["offer_home"], ["offer_soonest", "offer_soonest_by_cell"]),
        (AT_LARGE, ["slot_soonest"], ["slot_soonest"]),
    ],
    ids=["soonest", "at_large"],
)
async def test_the_order_of_time_is_an_indexs_own(statement: Statement, home: list[str], others: list[str]) -> None:
    plan = await _generic_plan(statement, await a_search(radius=25_000.0))
    branches = dict(re.findall(r"CTE soon_(home|other|private)\n(.*?)(?=\n  CTE)", plan, re.DOTALL))
    for name, indexes in (("home", home), ("other", others), ("private", others)):
        assert all(f"using {index} on" in branches[name] for index in indexes)
    assert "Seq Scan on site" not in plan
    assert "Seq Scan on slot" not in plan


_KEPT = "SELECT statement, generic_plans, custom_plans FROM pg_prepared_statements"
_OFF = "SELECT current_setting('jit') || current_setting('max_parallel_workers_per_gather')"


async def test_what_the_finder_asks_is_planned_once_and_by_the_connection_alone(country: str) -> None:
    """Planning takes longer than finding; a plan that is compiled or handed to helpers, hundreds of times as long."""
    async with connected(country, role=APP_ROLE, pool_size=1):
        for sort in Sort:
            search = replace(await a_search(radius=25_000.0), sort=sort)
            await find(search)
            async with transaction(Scope(plan=1), read_only=True):
                await find(search)
        planned = {row["statement"]: (row["generic_plans"], row["custom_plans"]) for row in await fetch(_KEPT)}
        assert planned[NEAREST.text] == planned[SOONEST.text] == (2, 0)
        assert await fetch_value(_OFF) == "off0"


async def test_lists_with_filters_are_planned_for_what_is_chosen(country: str) -> None:
    async with connected(country, role=APP_ROLE, pool_size=1):
        async with transaction(Scope(municipality="0101"), read_only=True):
            assert await fetch_value("SHOW plan_cache_mode") == "auto"
        assert await fetch_value("SHOW plan_cache_mode") == "force_generic_plan"


NEARBY = {"near": {"latitude": 55.676, "longitude": 12.57, "radius": 60_000.0}}
NAMED = {"names": {"names": ["p19%", "p7%"], "beginnings": ["P19", "p7"]}}
PUBLISHED = [
    (PLACES_NEAR, NEARBY, "site_point"),
    (SERVICES_NEAR, NEARBY | {"package_levels": {"package_levels": [4]}}, "site_point"),
    (PLACES_NAMED, NAMED, "site_named"),
    (ORGANISATIONS_NAMED, NAMED, "provider_named"),
]


@pytest.mark.usefixtures("country")
@pytest.mark.parametrize(("listing", "asked", "index"), PUBLISHED)
async def test_what_is_published_is_found_in_its_order_by_an_index(
    listing: Listing[Any], asked: Asked, index: str
) -> None:
    values = anybody(NOW, POLICY) | {name: value for given in asked.values() for name, value in given.items()}
    query = statement_of(listing, tuple(sorted(asked)), False)
    plan = "\n".join(line for (line,) in await fetch(f"EXPLAIN {query.text}", *query.values(values | {"rows": 21})))
    assert index in plan
    assert "Seq Scan on site" not in plan
    seen, after = list[Any](), tuple[object, ...]()
    while rows := await listed(listing, asked, now=NOW, policy=POLICY, limit=40, after=after):
        seen, after = [*seen, *rows], listing.position(rows[-1])
    whole = await listed(listing, asked, now=NOW, policy=POLICY, limit=5000)
    assert seen == whole == sorted(whole, key=listing.position)
    assert len(whole) > 100


async def _generic_plan(statement: Statement, search: Search) -> str:
    async with undone():
        await execute(f"PREPARE question AS {statement.text}")
        await execute("SET LOCAL plan_cache_mode = force_generic_plan")
        known = finder.values(search, Position(-1.0, 0, NOW), 25, 21)
        values = ", ".join(_literal(value) for value in statement.values(known))
        lines = await fetch(f"EXPLAIN EXECUTE question({values})")
        await execute("DEALLOCATE question")
    return "\n".join(line for (line,) in lines)


def _literal(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, list):
        return f"'{{{','.join(map(str, value))}}}'"
    return f"'{value}'"
