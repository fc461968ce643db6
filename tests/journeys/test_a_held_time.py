"""A time is kept for a while: how that is said, and how it is given back."""

import pytest
from playwright.async_api import Page, expect

from matching.models import Hold
from tests.support.journey_world import OWN
from tests.support.traveller import Comes, Traveller

SOON_OVER = "Der er mindre end 3 minutter tilbage af den tid, vi holder til dig."
OVER = "Vi holder ikke længere tiden til dig. Du kan stadig fortsætte, hvis ingen anden har taget den."


@pytest.mark.long
async def test_given_a_held_time_when_it_runs_out_then_it_is_said_without_interrupting(comes: Comes) -> None:
    citizen = await comes()
    await citizen.page.clock.install()
    await chooses(citizen)
    region = citizen.page.locator("#melding")
    await expect(region).to_have_role("status")
    await citizen.page.clock.fast_forward("10:00")
    await expect(region).to_be_empty()
    await citizen.page.clock.fast_forward("03:00")
    await expect(region).to_have_text(SOON_OVER)
    await expect(citizen.main.locator(".held")).to_contain_text("indtil kl. 10.15")
    await citizen.page.clock.fast_forward("03:00")
    await expect(region).to_have_text(OVER)
    await expect(citizen.main.locator(".held")).to_have_text(OVER)


async def test_given_a_held_time_when_the_citizen_goes_back_then_it_is_free_again(comes: Comes) -> None:
    citizen = await comes()
    await chooses(citizen)
    assert await held(citizen) == 1
    await citizen.hands.press(citizen.button("Vælg en anden tid"))
    await citizen.arrives("/steder/[0-9]+", OWN)
    assert await held(citizen) == 0


@pytest.mark.parametrize("remembered", [True, False], ids=["from its memory", "by asking again"])
@pytest.mark.long
async def test_given_a_held_time_when_the_browser_goes_back_then_it_is_free_again(
    comes: Comes, remembered: bool
) -> None:
    citizen = await comes()
    await arrives_at_the_times(citizen)
    if not remembered:
        # Chromium keeps no page in its memory that wants to know when it is left.
        await citizen.page.evaluate("addEventListener('unload', () => {})")
    await citizen.chooses_a_time()
    await goes_back(citizen)
    assert await held(citizen) == 0


@pytest.mark.long
async def test_given_a_time_that_was_given_back_then_nothing_more_is_said_of_it(comes: Comes) -> None:
    citizen = await comes()
    await takes_the_clock_only(citizen.page)
    await chooses(citizen)
    await goes_back(citizen)
    await citizen.page.clock.run_for("16:00")
    await expect(citizen.page.locator("#melding")).to_be_empty()


async def takes_the_clock_only(page: Page) -> None:
    """A clock that the test turns; by itself it would take the browser's word of how the page was reached as well."""
    await page.add_init_script("const real = performance; window.reached = (type) => real.getEntriesByType(type);")
    await page.clock.install()
    await page.add_init_script("performance.getEntriesByType = window.reached;")


async def goes_back(citizen: Traveller) -> None:
    """With the browser's own button; the page gives the time back by itself."""
    async with citizen.page.expect_response("**/slip"):
        await citizen.page.go_back()
    await citizen.arrives("/steder/[0-9]+", OWN)
    await expect(citizen.main.locator("[data-held]")).to_have_count(0)


async def arrives_at_the_times(citizen: Traveller) -> None:
    """From the letter to the times of a site."""
    await citizen.opens_the_front_page()
    await citizen.enters_the_code()
    await citizen.asks_for_free_times()
    await citizen.visits(OWN)


async def chooses(citizen: Traveller) -> None:
    """And on to a held time."""
    await arrives_at_the_times(citizen)
    await citizen.chooses_a_time()


async def held(citizen: Traveller) -> int:
    return await Hold.filter(plan_id=citizen.plan.id).count()
