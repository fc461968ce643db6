"""In English from the first page to the last, by the link that every page has."""

from portal.language import language
from tests.support.english_pages import speaks_english_only
from tests.support.journey_world import CONTRACT, OWN
from tests.support.traveller import Comes


async def test_given_english_when_a_citizen_follows_the_pages_then_no_danish_is_left(comes: Comes) -> None:
    citizen = await comes()
    await citizen.opens_the_front_page()
    await citizen.page.get_by_role("link", name="English").click()
    citizen.spoken, citizen.checks = language("en"), [speaks_english_only]
    await citizen.arrives("/", "Find din genoptræning")
    await citizen.enters_the_code()
    await citizen.asks_for_free_times()
    await citizen.searches("2300", "10 km", "3 places within 10 km of 2300 København S")
    await citizen.visits(OWN)
    await citizen.chooses_a_time()
    await citizen.says_who_they_are()
    await citizen.agrees()
    await citizen.moves(CONTRACT)
    await citizen.cancels()
