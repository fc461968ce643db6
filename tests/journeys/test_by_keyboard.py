"""Without a mouse: every stop has a ring, is in sight and comes in the order of the page."""

import pytest
from playwright.async_api import expect

from tests.support.browser import DESKTOP
from tests.support.hands import Keyboard
from tests.support.journey_world import OWN
from tests.support.page_checks import skip_link_leads_to_the_content
from tests.support.traveller import Comes

BY_KEYBOARD = {"window": DESKTOP, "hands": Keyboard, "checks": [skip_link_leads_to_the_content]}


async def test_given_a_keyboard_only_when_a_citizen_follows_the_pages_then_they_book_and_cancel(comes: Comes) -> None:
    citizen = await comes(**BY_KEYBOARD)
    await citizen.opens_the_front_page()
    await citizen.enters_the_code()
    await citizen.asks_for_free_times()
    await citizen.searches("2300", "50 km", "3 steder inden for 50 km fra 2300 København S")
    await citizen.visits(OWN)
    await citizen.chooses_a_time()
    await citizen.says_who_they_are()
    await citizen.agrees()
    await citizen.cancels()


@pytest.mark.long
async def test_when_something_is_missing_then_the_focus_is_on_the_summary_and_leads_to_the_field(comes: Comes) -> None:
    citizen = await comes(**BY_KEYBOARD)
    await citizen.opens_the_front_page()
    await citizen.enters_the_code()
    await citizen.asks_for_free_times()
    await citizen.visits(OWN)
    await citizen.chooses_a_time()
    await citizen.hands.press(citizen.button("Fortsæt"))
    await expect(citizen.main.locator("#fejl")).to_be_focused()
    await citizen.hands.press(citizen.main.locator("#fejl").get_by_role("link", name="Skriv kontrolkoden"))
    await expect(citizen.field("kontrolkode")).to_be_focused()
    await citizen.says_who_they_are()
    await citizen.hands.press(citizen.button("Book tiden"))
    await expect(citizen.main.locator("#fejl")).to_be_focused()
    await citizen.hands.press(citizen.main.locator("#fejl").get_by_role("link"))
    await expect(citizen.field("samtykke")).to_be_focused()
    await citizen.agrees()
    citizen.watch.expected = [400, 400]
