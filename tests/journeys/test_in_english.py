"""In English from the first page to the last, by the link that every page has."""

import pytest

from portal.language import language
from tests.support.english_pages import speaks_english_only
from tests.support.traveller import Comes, Traveller
from tests.support.whole_way import finds_a_way_on, goes_the_whole_way


@pytest.mark.long
async def test_given_english_when_a_citizen_follows_the_pages_then_no_danish_is_left(comes: Comes) -> None:
    citizen = await comes()
    await chooses_english(citizen)
    await goes_the_whole_way(citizen, "3 places within 10 km of 2300 København S")


@pytest.mark.long
async def test_given_english_when_no_time_fits_then_no_danish_is_left(comes: Comes) -> None:
    citizen = await comes()
    await chooses_english(citizen)
    await finds_a_way_on(citizen)


async def chooses_english(citizen: Traveller) -> None:
    await citizen.opens_the_front_page()
    await citizen.page.get_by_role("link", name="English").click()
    citizen.spoken, citizen.checks = language("en"), [speaks_english_only]
    await citizen.arrives("/", "Find din genoptræning")
