"""What is due for a course: by its price when it began, a part when it ended early, and once."""

from datetime import date, timedelta
from uuid import uuid4

import asyncpg
import pytest

from matching import course
from matching.casework import take_back
from matching.course_codes import Intervention
from matching.plan_facts import Basis
from matching.settling import Price, Rule, due, in_force, settle, sums
from matching.settling.reading import without_cpr
from matching.states import StopReason
from providers.actors import Actor
from providers.database import APP_ROLE, execute, transaction
from providers.models import PartRule, SlotMode
from providers.scope import Scope
from tests.support.courses import SOON, Treated, a_treated
from tests.support.worlds import HOME, KNEE_BASIC, TODAY, a_site

pytestmark = pytest.mark.usefixtures("clean_world")

PRICE = Price(date(2026, 1, 1), 320_001, 8, True)
SHARE, WHOLE = (Rule(date(2019, 2, 1), part, True) for part in (PartRule.SHARE_OF_CONTACTS, PartRule.WHOLE))
VISITATOR = Actor("account:1", "visitator", f"municipality:{HOME}", Scope(municipality=HOME))
LAST = TODAY + timedelta(days=30)


@pytest.mark.parametrize(
    ("rule", "contacts", "completed", "ore"),
    [
        (SHARE, 3, True, 320_001),
        (None, 3, True, 320_001),
        (SHARE, 3, False, 120_000),
        (SHARE, 9, False, 320_001),
        (WHOLE, 1, False, 320_001),
        (None, 1, False, None),
    ],
)
def test_the_whole_price_or_a_part(rule: Rule | None, contacts: int, completed: bool, ore: int | None) -> None:
    assert due(PRICE, rule, contacts, completed=completed) == ore


def test_the_newest_row_that_holds_on_the_day() -> None:
    later = Price(date(2026, 7, 1), 1, 1, False)
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1))
    assert [in_force([later, PRICE], day) for day in days] == [None, PRICE, PRICE, later]


async def begun(treated: Treated, contacts: int) -> Treated:
    treated.at = SOON
    await treated.do(course.start)
    for week in range(1, contacts):
        treated.at = SOON + timedelta(days=week)
        await treated.do(course.record_contact, treated.at, 45, SlotMode.GROUP, Intervention.PHYSICAL)
    return treated


async def test_each_course_that_began_and_ended_is_settled_once_by_its_own_price() -> None:
    await execute("DELETE FROM package_price")
    await execute(
        "INSERT INTO package_price (package_level_id, valid_from, ore, contacts, source)"
        " VALUES ($1, $2, 800000, 8, 'real'), ($1, $3, 1, 1, 'demo')",
        *(KNEE_BASIC, TODAY, TODAY + timedelta(days=2)),
    )
    clinic = await a_site("private", contract_with=HOME)
    full, part, back = [await begun(await a_treated(clinic), contacts) for contacts in (2, 3, 1)]
    own, waiting = await begun(await a_treated(await a_site()), 1), await a_treated(clinic)
    await full.say(course.complete, "Færdig")
    await part.say(course.stop, StopReason.OPTED_OUT, "")
    await own.say(course.complete, "Færdig")
    await waiting.do(course.give_back)
    await take_back(back.plan.id, actor=VISITATOR, now=back.at, seen=2)
    async with transaction(Scope(municipality=HOME)):
        await execute(f"SET LOCAL ROLE {APP_ROLE}")
        found = {one.course.booking_id: one for one in await settle(HOME, TODAY, LAST)}
        assert await settle(HOME, LAST, LAST) == []
    async with transaction(Scope(municipality="0147")):
        assert await settle("0147", TODAY, LAST) == []
    amounts = {treated.booking.id: found.pop(treated.booking.id) for treated in (full, part, back)}
    assert found == {}
    assert [(one.course.contacts, one.ore, one.demo) for one in amounts.values()] == [
        *((2, 800_000, False), (3, 300_000, True), (1, 100_000, True))
    ]
    assert {one.course.basis for one in amounts.values()} == {Basis.CONTRACT}
    (total,) = sums(list(amounts.values()))
    assert (total.courses, total.ore, total.unpriced) == (3, 1_200_000, 0)


async def test_a_course_without_a_price_is_said_to_have_none() -> None:
    await execute("DELETE FROM package_price")
    treated = await begun(await a_treated(), 1)
    await treated.say(course.complete, "Færdig")
    async with transaction(Scope(municipality=HOME)):
        (one,) = await settle(HOME, TODAY, LAST)
    assert (one.ore, sums([one])[0].unpriced) == (None, 1)


def test_a_cpr_number_that_is_used_as_a_case_number_is_not_handed_out() -> None:
    number = uuid4()
    assert without_cpr("GOP 010190-1234/26", number) == f"forløb {number.hex[:8]}"
    assert without_cpr("2026-1234567890", number) == "2026-1234567890"


@pytest.mark.parametrize(
    ("constraint", "statement"),
    [
        (
            "package_price_once",
            "INSERT INTO package_price (package_level_id, valid_from, ore, contacts, source)"
            " SELECT package_level_id, valid_from, ore, contacts, source FROM package_price",
        ),
        ("package_price_positive", "UPDATE package_price SET contacts = 0"),
        (
            "settlement_rule_once",
            "INSERT INTO settlement_rule (valid_from, part, source)"
            " SELECT valid_from, part, source FROM settlement_rule",
        ),
    ],
)
async def test_the_bad_row_meets_its_constraint(constraint: str, statement: str) -> None:
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as broken:
        await execute(statement)
    assert broken.value.constraint_name == constraint
