"""Without a mouse: every stop has a ring, is in sight and comes in the order of the page."""

import pytest
from playwright.async_api import expect

from tests.support.browser import DESKTOP
from tests.support.hands import Keyboard
from tests.support.journey_world import OWN
from tests.support.page_checks import skip_link_leads_to_the_content
from tests.support.traveller import Comes
from tests.support.whole_way import arrives_at_the_list, goes_the_whole_way

BY_KEYBOARD = {"window": DESKTOP, "hands": Keyboard, "checks": [skip_link_leads_to_the_content]}


async def test_given_a_keyboard_only_when_a_citizen_follows_the_pages_then_everything_can_be_done(
    comes: Comes,
) -> None:
    await goes_the_whole_way(await comes(**BY_KEYBOARD))


@pytest.mark.long
async def test_when_something_is_missing_then_the_focus_is_on_the_summary_and_leads_to_the_field(comes: Comes) -> None:
    citizen = await comes(**BY_KEYBOARD)
    await arrives_at_the_list(citizen)
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
