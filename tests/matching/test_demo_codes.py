"""The demo's codes: computed, never kept; each opens its plan, and the first ones can be booked."""

from collections.abc import AsyncIterator
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from itertools import takewhile

import orjson
import pytest
import pytest_asyncio

from matching.booking import book
from matching.cases import read_case
from matching.citizens import open_citizen
from matching.codes import parse_access_code, parse_code
from matching.demo import DemoCode, add_channels, build_plans, demo_codes
from matching.demo.plans import MESSAGE_PREFIX
from matching.demo.secret import course_code
from matching.entry import CodeUnknown, enter, verify
from matching.finding import Origin, Search, find
from matching.finding.terms import terms_of_case
from matching.issuing import issue_codes
from matching.models import CourseCode, Plan, ReportChannel
from matching.plan_facts import Basis, Level, PlanType
from matching.states import PlanState
from providers.actors import CITIZEN, SYSTEM
from providers.database import connected, fetch_value
from providers.demo import build_registry
from providers.reference import load_catalogue
from tests.support.databases import Databases
from tests.support.invariants import assert_invariants
from tests.support.rows import undone
from tests.support.worlds import POLICY, VAULT

NOW = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)
SEED = b"a seed that only the tests know"
FIELDS = [
    "code",
    "access_code",
    "date_of_birth",
    "state",
    "plan_type",
    "level",
    "package",
    "municipality_code",
    "postal_code",
    "bases",
    "opens_on",
]


async def listed(now: datetime = NOW, seed: bytes = SEED) -> list[DemoCode]:
    return await demo_codes(seed=seed, vault=VAULT, now=now, policy=POLICY)


def bookable(code: DemoCode) -> bool:
    return code.state is PlanState.ASSESSED and code.bases == list(Basis)


@pytest_asyncio.fixture(scope="module")
async def demo(databases: Databases) -> AsyncIterator[str]:
    """A database with the whole demo, in which the tests here undo what they write."""
    async with databases.fresh() as url, connected(url):
        await build_registry(seed=7, now=NOW, sites=150)
        await build_plans(seed=SEED, vault=VAULT, now=NOW)
        yield url


async def test_the_fields_are_those_of_the_published_list(demo: str) -> None:
    assert list(asdict((await listed())[0])) == FIELDS


async def test_the_list_can_be_printed_again(demo: str) -> None:
    assert await listed() == await listed()
    assert orjson.loads(orjson.dumps(await listed()))[0]["state"] == "assessed"


async def test_at_least_sixty_can_be_booked_on_every_basis_and_they_come_first(demo: str) -> None:
    codes = await listed()
    first = list(takewhile(bookable, codes))

    assert len(first) == sum(map(bookable, codes)) >= 60
    assert {code.level for code in first} == set(Level)
    assert {code.package[:2] for code in first if code.package} >= {"01", "02", "06", "11"}
    assert len({code.municipality_code for code in first}) > 30
    assert all(code.opens_on and code.opens_on <= NOW.date() for code in first)


async def test_at_least_twenty_are_open_except_for_the_private_choice(demo: str) -> None:
    three = [Basis.OWN, Basis.CONTRACT, Basis.OTHER_MUNICIPALITY]
    waiting = [code for code in await listed() if code.state is PlanState.ASSESSED and code.bases == three]

    assert len([code for code in waiting if code.opens_on and code.opens_on > NOW.date()]) >= 20
    assert [code for code in waiting if code.opens_on is None]


async def test_each_kind_of_plan_has_a_code(demo: str) -> None:
    codes = await listed()

    assert {code.state for code in codes} == set(PlanState)
    assert {code.plan_type for code in codes} == set(PlanType)
    assert {code.level for code in codes} == {None, *Level}
    assert all(not code.bases for code in codes if code.plan_type is not PlanType.GENERAL)
    assert None in {code.package for code in codes if code.plan_type is PlanType.GENERAL}


async def test_postal_codes_lie_in_the_home_municipality(demo: str) -> None:
    catalogue = await load_catalogue()

    for code in await listed():
        assert catalogue.postal_codes[code.postal_code].municipality_code == code.municipality_code


async def test_the_codes_are_those_whose_digests_are_kept(demo: str) -> None:
    codes = await listed()
    kept = {(row.digest, row.access_digest) for row in await CourseCode.all()}
    listed_digests = {
        (
            VAULT.digest("course_code", parse_code(code.code)),
            VAULT.digest("access_code", parse_access_code(code.access_code)),
        )
        for code in codes
    }

    assert len(listed_digests) == len(codes) == 293
    assert listed_digests < kept


async def test_a_code_opens_its_plan_and_its_access_code_and_date_of_birth_are_right(demo: str) -> None:
    async with undone():
        for code in (await listed())[::9]:
            plan_id = await enter(code.code, address="127.0.0.1", now=NOW, vault=VAULT, policy=POLICY)
            await verify(plan_id, code.access_code, code.date_of_birth, now=NOW, vault=VAULT, policy=POLICY)
            plan = await Plan.get(id=plan_id)
            assert (plan.state, plan.package_id) == (code.state, code.package)
            assert open_citizen(plan.citizen, VAULT).date_of_birth == code.date_of_birth


async def test_dead_codes_are_not_listed_and_open_nothing(demo: str) -> None:
    async with undone():
        living = {code.code for code in await listed()}
        numbers = [int(plan.message_id.removeprefix(MESSAGE_PREFIX)) for plan in await Plan.all()]
        dead = {course_code(SEED, number, 0) for number in numbers} - living

        assert len(dead) == 4 + 3 + 5
        for code in sorted(dead)[::3]:
            with pytest.raises(CodeUnknown):
                await enter(code, address="127.0.0.1", now=NOW, vault=VAULT, policy=POLICY)


async def test_another_seed_lists_nothing(demo: str) -> None:
    assert await listed(seed=b"another seed") == []


async def test_codes_that_expire_leave_the_list(demo: str) -> None:
    assert await listed(NOW + timedelta(days=200)) == []


async def test_a_code_that_the_municipality_replaces_leaves_the_list(demo: str) -> None:
    async with undone():
        first = (await listed())[0]
        plan_id = await enter(first.code, address="127.0.0.1", now=NOW, vault=VAULT, policy=POLICY)

        await issue_codes(plan_id, actor=SYSTEM, now=NOW, vault=VAULT, policy=POLICY)

        assert first.code not in {code.code for code in await listed()}


async def test_the_first_code_can_be_booked_at_a_clinic_and_is_then_listed_as_booked(demo: str) -> None:
    async with undone():
        first = (await listed())[0]
        plan_id = await enter(first.code, address="127.0.0.1", now=NOW, vault=VAULT, policy=POLICY)
        place = (await load_catalogue()).postal_codes[first.postal_code]
        terms = terms_of_case(await read_case(plan_id, NOW), POLICY)

        found = await find(Search(terms, Origin(place.easting, place.northing), radius=25_000))
        clinic = next(match for match in found.items if match.basis is Basis.EXTENDED)
        await book(plan_id, clinic.slot_id, actor=CITIZEN, now=NOW, policy=POLICY)

        assert {code.code: code.state for code in await listed()}[first.code] is PlanState.BOOKED
        await assert_invariants(NOW)


async def test_every_municipality_reports_to_the_given_receiver_and_a_new_one_takes_its_place(database: str) -> None:
    await add_channels("http://127.0.0.1:1/reports", "first", VAULT)
    await add_channels("http://127.0.0.1:2/reports", "second", VAULT)

    channels = await ReportChannel.all()
    assert len({channel.municipality_id for channel in channels}) == len(channels) == 98
    assert {channel.url for channel in channels} == {"http://127.0.0.1:2/reports"}
    assert {VAULT.open(channel.secret) for channel in channels} == {b"second"}
    assert await fetch_value("SELECT bool_and(active AND kind = 'webhook') FROM report_channel")
