"""The finder, case by case. (All rules at once: test_finding_against_brute_force.py.)"""

from datetime import date, timedelta
from math import nextafter

import pytest

from matching.cases import read_case
from matching.finding import Search, find
from matching.finding.terms import terms_of_case
from matching.plan_facts import Basis
from providers.database import APP_ROLE, connected
from providers.offers import rebuild_offers
from tests.support.rows import undone
from tests.support.searches import a_search, found, origin
from tests.support.statements import statements
from tests.support.worlds import (
    AMAGER,
    BORNHOLM,
    HOME,
    NOW,
    POLICY,
    a_hold,
    a_plan,
    a_provider,
    a_site,
    a_slot,
    an_agreement,
    an_approval,
)

TOMORROW = NOW + timedelta(days=1)
NEXT_WEEK = NOW + timedelta(days=8)

pytestmark = pytest.mark.usefixtures("database")


async def test_nobody_delivers_the_level() -> None:
    await a_site(package_levels=[5], slots=[TOMORROW])
    page = await find(await a_search())
    assert (page.items, page.after) == ((), None)


async def test_a_site_on_the_rim_is_in_range_and_a_hair_beyond_it_is_not() -> None:
    site = await a_site(at=AMAGER, slots=[TOMORROW])
    (match,) = (await find(await a_search())).items
    assert match.distance == pytest.approx(3457, abs=1)
    assert await found(radius=match.distance) == [site.pk]
    assert await found(radius=nextafter(match.distance, 0)) == []


async def test_an_island_keeps_to_itself() -> None:
    capital = await a_site(slots=[TOMORROW])
    island = await a_site(at=BORNHOLM, slots=[TOMORROW])
    assert await found(BORNHOLM, radius=100_000.0) == [island.pk]
    assert await found(BORNHOLM) == [island.pk, capital.pk]


async def test_a_site_with_a_contract_and_an_agreement_stands_once_and_as_contract() -> None:
    clinic = await a_provider("private")
    await an_agreement(clinic, "contract", municipality=HOME)
    await an_agreement(clinic, "extended")
    site = await a_site("private", provider=clinic, slots=[TOMORROW])
    (match,) = (await find(await a_search())).items
    assert (match.site_id, match.basis) == (site.pk, Basis.CONTRACT)
    (match,) = (await find(await a_search(home_municipality="0400"))).items
    assert (match.site_id, match.basis) == (site.pk, Basis.EXTENDED)


async def test_the_contract_of_another_municipality_opens_no_door() -> None:
    await a_site("private", contract_with="0400", slots=[TOMORROW])
    assert await found() == []


async def test_private_sites_are_shown_from_the_day_on_which_they_may_open() -> None:
    own = await a_site(slots=[TOMORROW])
    too_soon = await a_site("private", slots=[TOMORROW])
    later = await a_site("private", slots=[TOMORROW, NEXT_WEEK])
    case = await read_case((await a_plan()).id, NOW)
    here = await origin()
    closed = await find(Search(terms_of_case(case, POLICY), here, None))
    assert [match.site_id for match in closed.items] == [own.pk]
    preview = await find(Search(terms_of_case(case, POLICY, preview_private=True), here, None))
    assert [(match.site_id, match.first_free, match.opens_on) for match in preview.items] == [
        (own.pk, TOMORROW, None),
        (later.pk, NEXT_WEEK, date(2026, 11, 23)),
    ]
    assert too_soon.pk not in {match.site_id for match in preview.items}


async def test_somebody_elses_hold_hides_the_last_seat_until_it_runs_out(database: str) -> None:
    site = await a_site()
    slot = await a_slot(site, TOMORROW)
    mine, theirs = await a_plan(), await a_plan()
    await a_hold(theirs, slot)
    # The app, which may see nobody's plan here, must count their holds all the same.
    async with connected(database, role=APP_ROLE):
        assert await found(plan_id=mine.id) == []
        assert await found(plan_id=theirs.id) == [site.pk]
        assert await found(plan_id=mine.id, now=NOW + POLICY.hold) == [site.pk]


async def test_an_approval_that_follows_another_carries_the_site_on() -> None:
    site = await a_site(package_levels=())
    await a_slot(site, NEXT_WEEK)
    await an_approval(site, valid_to=date(2026, 11, 20))
    await rebuild_offers(NOW)
    assert await found() == []
    await an_approval(site, valid_from=date(2026, 11, 21))
    await rebuild_offers(NOW)
    assert await found() == [site.pk]


@pytest.mark.parametrize("sites", [1, 3])
async def test_a_page_costs_one_statement(sites: int) -> None:
    expected = [(await a_site(slots=[TOMORROW])).pk for _ in range(sites)]
    search = await a_search()
    async with undone():
        # The driver's own questions about types come first, once for each connection.
        await find(search)
        with statements() as sent:
            page = await find(search)
    assert [match.site_id for match in page.items] == expected
    assert len(sent) == 1
