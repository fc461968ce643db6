"""In 320 pixels, and at 200 %: nothing to scroll sideways for, and nothing too small to hit."""

from tests.support.journey_world import CONTRACT, OWN
from tests.support.page_checks import fits_narrow_and_zoomed
from tests.support.traveller import Comes


async def test_given_little_room_when_a_citizen_follows_the_pages_then_everything_fits(comes: Comes) -> None:
    citizen = await comes(checks=[fits_narrow_and_zoomed])
    await citizen.opens_the_front_page()
    await citizen.enters_the_code()
    await citizen.asks_for_free_times()
    await citizen.searches("2300", "10 km", "3 steder inden for 10 km fra 2300 København S")
    await citizen.visits(OWN)
    await citizen.chooses_a_time()
    await citizen.says_who_they_are()
    await citizen.agrees()
    await citizen.moves(CONTRACT)
    await citizen.cancels()
