"""A time is kept for a while: how that is said, and how it is given back."""

from playwright.async_api import expect

from matching.models import Hold
from tests.support.journey_world import OWN
from tests.support.traveller import Comes, Traveller

SOON_OVER = "Der er mindre end 3 minutter tilbage af den tid, vi holder til dig."
OVER = "Vi holder ikke længere tiden til dig. Du kan stadig fortsætte, hvis ingen anden har taget den."


async def test_given_a_held_time_when_it_runs_out_then_it_is_said_without_interrupting(comes: Comes) -> None:
    citizen = await comes()
    await citizen.page.clock.install()
    await chooses(citizen)
    region = citizen.page.locator("#melding")
    await expect(region).to_have_role("status")
    await citizen.page.clock.fast_forward("11:30")
    await expect(region).to_be_empty()
    await citizen.page.clock.fast_forward("01:00")
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
    await citizen.chooses_a_time()
    assert await held(citizen) == 1
    await citizen.page.go_back()
    await citizen.arrives("/steder/[0-9]+", OWN)
    await expect(citizen.main.locator("[data-held]")).to_have_count(0)
    assert await held(citizen) == 0


async def chooses(citizen: Traveller) -> None:
    """From the letter to a held time."""
    await citizen.opens_the_front_page()
    await citizen.enters_the_code()
    await citizen.asks_for_free_times()
    await citizen.visits(OWN)
    await citizen.chooses_a_time()


async def held(citizen: Traveller) -> int:
    return await Hold.filter(plan_id=citizen.plan.id).count()
