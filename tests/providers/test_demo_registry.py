"""The invented registry: the same every time, whole, and nobody's."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio
from stdnum.dk import cvr

from providers.database import APP_ROLE, connected, fetch, fetch_value
from providers.demo import build_registry
from tests.support.contents import offers_that_differ
from tests.support.databases import Databases

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
TABLES = ("municipality", "provider", "agreement", "site", "practitioner", "approval", "slot", "offer")


@pytest_asyncio.fixture(scope="module")
async def registry(databases: Databases) -> AsyncIterator[str]:
    """A database with the demo registry, which no test here changes."""
    async with databases.fresh() as url, connected(url, role=APP_ROLE):
        await build_registry(seed=7, now=NOW, sites=150)
        yield url


async def test_every_municipality_has_one_training_centre_of_its_own(registry: str) -> None:
    sites = await fetch(
        "SELECT p.municipality_id, z.municipality_codes[1] AS stands_in, g.basis, g.municipality_id AS agreed_with"
        " FROM provider p JOIN site s ON s.provider_id = p.id JOIN postal_code z ON z.code = s.postal_code_id"
        " JOIN agreement g ON g.provider_id = p.id WHERE p.kind = 'municipal'"
    )

    assert len({row["municipality_id"] for row in sites}) == len(sites) == 98
    assert {row["basis"] for row in sites} == {"own"}
    assert all(row["municipality_id"] == row["stands_in"] == row["agreed_with"] for row in sites)


async def test_there_are_as_many_private_sites_as_asked_for_and_forty_contract_suppliers(registry: str) -> None:
    bases = await fetch("SELECT basis, count(*) FROM agreement GROUP BY basis ORDER BY basis")
    both = await fetch_value(
        "SELECT count(*) FROM agreement c JOIN agreement e USING (provider_id)"
        " WHERE c.basis = 'contract' AND e.basis = 'extended'"
    )

    assert 0 < both < 40
    assert {row["basis"]: row["count"] for row in bases} == {"contract": 40, "extended": 150 + both, "own": 98}


async def test_clinics_stand_where_people_live(registry: str) -> None:
    found = await fetch(
        "SELECT z.municipality_codes[1] AS code, count(*) FROM site s JOIN postal_code z ON z.code = s.postal_code_id"
        " JOIN provider p ON p.id = s.provider_id AND p.kind = 'private' GROUP BY 1"
    )
    clinics = {row["code"]: row["count"] for row in found}

    assert clinics["0101"] > 15
    assert clinics["0751"] > 4
    assert max(clinics.get(small, 0) for small in ("0563", "0741", "0825", "0492")) <= 1


async def test_every_site_is_within_half_a_kilometre_of_its_postal_codes_point_on_land(registry: str) -> None:
    farthest = await fetch_value(
        "SELECT max(ST_Distance(s.point, z.point)) FROM site s JOIN postal_code z ON z.code = s.postal_code_id"
    )

    assert 100 < farthest < 500
    assert await fetch_value("SELECT count(DISTINCT point) = count(*) FROM site")


async def test_identities_cannot_be_real(registry: str) -> None:
    numbers = [row["cvr"] for row in await fetch("SELECT cvr FROM provider")]
    assert all(number.startswith("9") and cvr.is_valid(number) for number in numbers)
    assert await fetch_value("SELECT bool_and(sor ~ '^[0-9]{8}0{9}[0-9]$') FROM provider")
    assert await fetch_value("SELECT bool_and(name ~ '[Dd]emo') FROM provider")
    assert await fetch_value("SELECT bool_and(name ~ '[Dd]emo' AND phone = '00 00 00 00') FROM site")
    assert await fetch_value(r"SELECT bool_and(web ~ '^https://[a-z0-9-]+\.example$') FROM site")
    assert await fetch_value("SELECT bool_and(name ~ '^Demo ') FROM practitioner")
    assert await fetch_value("SELECT count(DISTINCT authorisation_id) = count(authorisation_id) FROM practitioner")
    assert await fetch_value(
        r"SELECT bool_and(phone = '00 00 00 00' AND email ~ '^[a-z]+@[a-z-]+\.example$') FROM municipality"
        " WHERE is_municipality"
    )


async def test_names_are_not_repeated(registry: str) -> None:
    assert await fetch_value("SELECT count(DISTINCT name) = count(*) FROM provider")


@pytest.mark.parametrize(
    "condition",
    [
        "state = 'approved' AND valid_to IS NULL",
        "state = 'approved' AND valid_to BETWEEN '2026-11-19' AND '2026-12-31'",
        "state = 'approved' AND valid_to < '2026-11-18'",
        "state = 'approved' AND valid_from > '2026-11-18'",
        "state = 'applied' AND decided_by IS NULL",
        "state = 'suspended'",
        "state = 'rejected'",
        "state = 'returned'",
        "state = 'withdrawn'",
    ],
)
async def test_approvals_are_of_every_kind(registry: str, condition: str) -> None:
    assert await fetch_value(f"SELECT count(*) FROM approval WHERE {condition}") > 0


@pytest.mark.parametrize(
    "condition",
    [
        "role = 'therapist' AND profession = '5151' AND checked_at < '2026-11-18' AND withdrawn_at IS NULL",
        "role = 'therapist' AND profession = '5153'",
        "role = 'therapist' AND checked_at IS NULL",
        "role = 'therapist' AND withdrawn_at > checked_at",
        "role = 'assistant' AND authorisation_id IS NULL",
        "role = 'student_under_supervision' AND authorisation_id IS NULL",
    ],
)
async def test_staff_is_of_every_kind(registry: str, condition: str) -> None:
    assert await fetch_value(f"SELECT count(*) FROM practitioner WHERE {condition}") > 0


async def test_advanced_is_scarce_among_private_clinics_and_common_at_the_municipalities(registry: str) -> None:
    shares = await fetch(
        "SELECT o.kind, avg((l.level = 'advanced')::int)::float AS advanced FROM offer o"
        " JOIN package_level l ON l.id = o.package_level_id GROUP BY o.kind"
    )
    share = {row["kind"]: row["advanced"] for row in shares}

    assert share["extended"] < 0.12 < 0.4 < share["municipal"]


async def test_every_municipality_can_offer_each_known_package_at_the_basic_level(registry: str) -> None:
    able = await fetch_value(
        "SELECT count(*) FROM offer o JOIN package_level l ON l.id = o.package_level_id"
        " JOIN package p ON p.code = l.package_id"
        " WHERE o.kind = 'municipal' AND p.source = 'real' AND l.level = 'basic' AND o.next_free IS NOT NULL"
    )

    assert able == 98 * 8


async def test_about_85_per_cent_of_the_seats_are_sold_elsewhere_and_none_booked_here(registry: str) -> None:
    sold, booked = (await fetch("SELECT sum(blocked_seats)::float / sum(seats), sum(taken) FROM slot"))[0]

    assert sold == pytest.approx(0.85, abs=0.025)
    assert booked == 0


async def test_slots_are_on_working_days_by_the_danish_clock(registry: str) -> None:
    days = await fetch(
        "SELECT DISTINCT (starts_at AT TIME ZONE 'Europe/Copenhagen')::date AS day FROM slot ORDER BY day"
    )
    hours = await fetch(
        "SELECT min(local), max(local), bool_and(local + make_interval(mins => minutes) <= '16:00') FROM"
        " (SELECT (starts_at AT TIME ZONE 'Europe/Copenhagen')::time AS local, minutes FROM slot) t"
    )
    found = [row["day"].isoformat() for row in days]

    assert (found[0], found[-1]) == ("2026-10-21", "2027-01-13")
    assert not {"2026-11-21", "2026-11-22", "2026-12-24", "2026-12-25", "2026-12-31", "2027-01-01"} & set(found)
    assert [value if isinstance(value, bool) else f"{value:%H.%M}" for value in hours[0]] == ["08.00", "15.15", True]


async def test_summer_time_shifts_the_instants_not_the_clock(registry: str) -> None:
    # 25 October 2026 is the Sunday on which summer time ends.
    hours = await fetch(
        "SELECT extract(hour FROM min(starts_at AT TIME ZONE 'UTC'))::int AS utc FROM slot"
        " WHERE (starts_at AT TIME ZONE 'Europe/Copenhagen')::date IN ('2026-10-23', '2026-10-26')"
        " GROUP BY (starts_at AT TIME ZONE 'Europe/Copenhagen')::date ORDER BY min(starts_at)"
    )

    assert [row["utc"] for row in hours] == [6, 7]


async def test_every_site_has_slots_on_every_working_day(registry: str) -> None:
    fewest, most = (
        await fetch(
            "SELECT min(n), max(n) FROM (SELECT count(*) AS n FROM slot"
            " GROUP BY site_id, (starts_at AT TIME ZONE 'Europe/Copenhagen')::date) t"
        )
    )[0]
    days_of_sites = await fetch(
        "SELECT count(DISTINCT (starts_at AT TIME ZONE 'Europe/Copenhagen')::date) AS n FROM slot GROUP BY site_id"
    )

    assert (fewest, most) == (2, 4)
    assert len({row["n"] for row in days_of_sites}) == 1


async def test_there_are_slots_of_every_mode_and_some_for_certain_packages_only(registry: str) -> None:
    modes = await fetch("SELECT DISTINCT mode FROM slot ORDER BY mode")

    assert [row["mode"] for row in modes] == ["digital", "group", "home", "individual"]
    assert await fetch_value("SELECT count(*) FROM slot WHERE package_levels IS NOT NULL") > 0
    assert await fetch_value("SELECT bool_and(seats = 1) FROM slot WHERE mode <> 'group'")


async def test_most_capacity_is_fresh_and_some_is_stale(registry: str) -> None:
    stale = await fetch_value(
        "SELECT avg((capacity_confirmed_at < $1::timestamptz - interval '60 days')::int)::float FROM site", NOW
    )

    assert 0 < stale < 0.1
    assert await fetch_value("SELECT max(capacity_confirmed_at) < $1 FROM site", NOW)


async def test_the_offers_are_those_of_a_full_recompute(registry: str) -> None:
    assert await offers_that_differ(NOW) == 0
    assert await fetch_value("SELECT count(*) FROM offer") > 4000
