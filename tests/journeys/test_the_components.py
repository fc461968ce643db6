"""Every component in every state, in a real browser: nothing that axe finds, nothing too wide, and a map that hears."""

import pytest
from playwright.async_api import expect

from portal.components import SAMPLES
from tests.support.browser import DESKTOP, PHONE
from tests.support.page_checks import fits_narrow_and_zoomed, no_violations
from tests.support.traveller import Tab

MORE_OF_THE_SAME = {"ingen-opgaver", "lukket-sag", "opgaver", "uge"}
"""On a telephone these have hardly anything that the others have not; all are gone through in wide windows below."""


async def test_everybody_can_use_every_component(tab: Tab) -> None:
    page, _ = await tab(PHONE)
    for name in SAMPLES.keys() - MORE_OF_THE_SAME:
        await page.goto(f"/_components/{name}")
        await no_violations(page)


async def test_a_card_and_its_pin_light_up_together_and_the_position_stays_in_the_browser(tab: Tab) -> None:
    page, watch = await tab(DESKTOP)
    await page.goto("/_components/liste")
    card, pin = page.locator(".card-item").nth(1), page.locator(".map-pin").nth(1)
    await card.get_by_role("link").first.focus()
    await expect(pin).to_contain_class("map-pin-lit")
    await page.locator(".map-pin").first.hover()
    await expect(page.locator(".card-item").first).to_contain_class("card-lit")
    # Nobody has said that this page may know where they are.
    await page.get_by_role("button", name="Brug min placering").click()
    await expect(page.locator("#position-svar")).to_have_text(
        "Vi fik ikke din placering. Skriv et postnummer eller en by i stedet."
    )
    await expect(page.locator("#sted")).to_be_focused()
    await page.context.grant_permissions(["geolocation"])
    await page.context.set_geolocation({"longitude": 10.2, "latitude": 56.15})
    await page.goto("/soeg")
    before = len(watch.requests)
    # The list is asked for at once, and says that it also needs the package.
    async with page.expect_event("console", lambda message: message.text.startswith("Failed to load resource")):
        await page.get_by_role("button", name="Brug min placering").click()
    await expect(page.locator("#sted")).to_have_value("8000 Aarhus C")
    sent = [request.url for request in watch.requests[before:]]
    assert not [url for url in sent if "10.2" in url or "56.15" in url], sent
    watch.expected = [400]


async def test_a_list_is_gone_through_by_keyboard_and_only_while_the_focus_is_in_it(tab: Tab) -> None:
    page, _ = await tab(DESKTOP)
    await page.goto("/_components/opgaver")
    case = page.locator("tbody th a")
    boxes, chosen = page.locator("tbody input:checked"), page.locator("[data-chosen]")
    await page.keyboard.press("j")
    await page.locator("#sag").press_sequentially("jxa?")
    await expect(page.locator("#sag")).to_have_value("jxa?")
    assert await boxes.count() == 0
    await case.first.focus()
    await page.keyboard.press("j")
    await expect(case.nth(1)).to_be_focused()
    await page.keyboard.press("x")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Space")
    await expect(chosen).to_have_text("Valgt: 2")
    assert [await box.get_attribute("value") for box in await boxes.all()] == ["2", "3"]
    await page.keyboard.press("a")
    await expect(chosen).to_have_text("Valgt: 4")
    await page.keyboard.press("?")
    keys = page.locator("[data-keys-told]")
    await expect(keys.locator("summary")).to_be_focused()
    await expect(keys.get_by_text("Næste række")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(case.nth(2)).to_be_focused()
    await expect(keys.get_by_text("Næste række")).to_be_hidden()
    await page.keyboard.press("k")
    await page.keyboard.press("Control+a")
    await expect(chosen).to_have_text("Valgt: 4")
    async with page.expect_request("**/kommune/sager/2"):
        await page.keyboard.press("Enter")


@pytest.mark.long
async def test_every_component_is_as_good_in_wide_and_in_narrow_and_zoomed_windows(tab: Tab) -> None:
    page, _ = await tab(DESKTOP)
    for name in SAMPLES:
        await page.set_viewport_size(DESKTOP["viewport"])
        await page.goto(f"/_components/{name}")
        await no_violations(page)
        await fits_narrow_and_zoomed(page)
