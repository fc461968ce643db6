"""The receipt as it is printed."""

import re

from playwright.async_api import expect

from matching.booking import book
from providers.actors import CITIZEN
from providers.models import Slot
from tests.support.journey_world import CONTRACT
from tests.support.traveller import Comes
from tests.support.worlds import NOW, POLICY


async def test_given_a_booked_time_when_the_receipt_is_printed_then_it_has_the_time_and_no_buttons(
    comes: Comes,
) -> None:
    citizen = await comes()
    slot = await Slot.filter(site__name=CONTRACT).order_by("-starts_at").first()
    assert slot is not None
    await book(citizen.plan.id, slot.id, actor=CITIZEN, now=NOW, policy=POLICY)
    await citizen.opens_the_front_page()
    await citizen.enters_the_code()
    await citizen.page.goto("/kvittering")
    await citizen.arrives("/bekraeft", "Bekræft, at det er dig")
    await citizen.says_who_they_are("Din tid", "/min-tid")
    await citizen.page.goto("/kvittering")
    await citizen.arrives("/kvittering", "Din tid er bestilt")
    await expect(citizen.button("Udskriv")).to_be_visible()
    await citizen.page.emulate_media(media="print")
    for part in ("nav", "button", "a.button", "form", ".call", ".skipnav"):
        await expect(citizen.page.locator(part).locator("visible=true")).to_have_count(0)
    await expect(citizen.main.locator(".rows")).to_contain_text(CONTRACT)
    await expect(citizen.main.locator(".rows")).to_contain_text("kl. 13.00")
    paper = await citizen.page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    # Of other pages, what is read is printed, and not what is pressed.
    for address in ("/min-tid/aflys", "/steder"):
        await citizen.page.goto(address)
        for part in ("nav", ".button", ".link-button", ".finder-form", ".place-picks", "#kort"):
            await expect(citizen.main.locator(part).locator("visible=true")).to_have_count(0)
