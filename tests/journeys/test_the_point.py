"""A site's point on the map: by keyboard, by pointing and by its fields, which are what is sent."""

import pytest
from playwright.async_api import Page, expect

from portal.assets import asset_url
from tests.support.browser import DESKTOP
from tests.support.traveller import Tab

# The form's own part of a page that people must sign in for, on one that has the map's scripts already.
FORM = """
([point, coast]) => {
  document.querySelector("main").innerHTML = `
    <input id="postnummer"><input id="bredde"><input id="laengde"><p id="punkt-svar"></p>
    <div class="point-map"><div class="map" id="punkt" data-towns="/postnumre.json" data-tiles=""
      data-coast="${coast}" data-label="Punkt" data-nearer="Zoom ind" data-farther="Zoom ud"></div></div>`;
  const script = document.createElement("script");
  script.src = point;
  document.head.append(script);
}
"""


async def at(page: Page) -> tuple[float, float]:
    values = [await page.input_value(f"#{name}") for name in ("bredde", "laengde")]
    north, east = (float(value.replace(",", ".")) for value in values)
    return north, east


@pytest.mark.long
async def test_given_a_postal_code_when_the_point_is_moved_then_the_fields_say_where(tab: Tab) -> None:
    page, _ = await tab(DESKTOP)
    await page.goto("/soeg")
    await page.evaluate(FORM, [asset_url("point.js"), asset_url("coast.json")])
    await expect(page.get_by_role("button", name="Zoom ind")).to_be_visible()
    await page.fill("#postnummer", "1050")
    await page.locator("#postnummer").blur()
    point = page.get_by_role("button", name="Punkt")
    await expect(point).to_be_visible()
    assert await page.input_value("#bredde") == "", "the middle of the district is nobody's own point"
    await point.focus()
    await page.keyboard.press("ArrowUp")
    first = await at(page)
    await page.keyboard.press("Shift+ArrowRight")
    second = await at(page)
    assert first[0] == pytest.approx(second[0], abs=0.001)
    assert first[1] < second[1]
    await page.locator("#punkt").click(position={"x": 300, "y": 350})
    third = await at(page)
    assert third[0] < second[0]
    assert await page.inner_text("#punkt-svar") == " / ".join(
        [await page.input_value("#bredde"), await page.input_value("#laengde")]
    )
