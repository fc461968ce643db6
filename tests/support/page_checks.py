"""What must be true of every page of a journey, whoever is on it."""

from collections.abc import Awaitable, Callable
from functools import cache
from pathlib import Path
from typing import Any

from playwright.async_api import Page, ViewportSize, expect

Check = Callable[[Page], Awaitable[None]]

_AXE = Path(__file__).parents[2] / "static/node_modules/axe-core/axe.min.js"
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_SMALLEST_TARGET = 24
_NARROW: ViewportSize = {"width": 320, "height": 640}
_ZOOMED: ViewportSize = {"width": 640, "height": 450}
"""What is left of a window of 1280 by 900 at 200 %; 320 is what is left of it at 400 % (WCAG 1.4.10)."""

# What only screen readers have goes on beyond its box of one pixel. A map goes on beyond its frame, within which it is
# moved (WCAG 1.4.10 excepts it).
_TOO_WIDE = """
() => [...document.body.querySelectorAll("*")]
  .filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && (box.right > innerWidth + 0.5 || box.left < -0.5)
      && !element.closest(".skipnav, .leaflet-pane, .steps li:not(.steps-current), .form-checkbox, .form-radio");
  })
  .map((element) => `${element.tagName}.${element.className} ${element.textContent.trim().slice(0, 40)}`)
"""
_USUAL: ViewportSize = {"width": 1280, "height": 900}
_PHONE: ViewportSize = {"width": 390, "height": 844}
# The design system's own root is 62.5 % of what the browser's user has chosen.
_LARGE = "document.documentElement.style.setProperty('font-size', '125%', 'important')"
_UNSEEN = """
() => {
  const edged = (element, part) => {
    const style = getComputedStyle(element, part);
    const bordered = style.borderBottomStyle !== "none" && parseFloat(style.borderBottomWidth) > 0;
    return bordered || style.textDecorationLine.includes("underline") || style.outlineStyle !== "none";
  };
  const plain = [...document.querySelectorAll("main :is(a[href], button, select, input:not([type=hidden]))")]
    .filter((element) => element.checkVisibility() && !element.closest(".leaflet-control"))
    .map((element) => ["checkbox", "radio"].includes(element.type) ? element.labels[0] : element)
    .filter((element) => !edged(element) && !edged(element, "::before"));
  const signs = [...document.querySelectorAll(".sign")].filter((element) => element.checkVisibility())
    .filter((element) => getComputedStyle(element).backgroundColor === getComputedStyle(document.body).backgroundColor);
  return [...plain, ...signs].map((element) => element.outerHTML.slice(0, 120));
}
"""
_TARGETS = """
() => [...document.querySelectorAll("a[href], button, select, summary, input:not([type=hidden])")]
  .map((element) => ["checkbox", "radio"].includes(element.type) ? element.labels[0] : element)
  .filter((element) => element.checkVisibility() && !element.matches(".skipnav"))
  .map((element) => [element.textContent.trim() || element.id, element.getClientRects()[0]])
  .map(([name, box]) => [name, box.width, box.height])
"""


async def no_violations(page: Page) -> None:
    """axe finds nothing against WCAG 2.2, levels A and AA."""
    await page.evaluate(_axe())
    options = {"runOnly": {"type": "tag", "values": _RULES}, "resultTypes": ["violations"], "preload": False}
    found: dict[str, Any] = await page.evaluate("(options) => axe.run(options)", options)
    violations = [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found["violations"]]
    assert not violations, (page.url, violations)
    assert len(found["passes"]) > 5, "axe has looked at nothing"


async def fits_narrow_and_zoomed(page: Page) -> None:
    """Nothing is wider than a window of 320 pixels, or than a usual one at 200 %, and everything can be hit."""
    for window in (_ZOOMED, _NARROW):
        await page.set_viewport_size(window)
        width: int = await page.evaluate("document.documentElement.scrollWidth")
        too_wide: list[str] = await page.evaluate(_TOO_WIDE)
        assert width == window["width"], (page.url, width)
        assert not too_wide, (page.url, too_wide)
        targets: list[tuple[str, float, float]] = await page.evaluate(_TARGETS)
        small = [target for target in targets if min(target[1:]) < _SMALLEST_TARGET]
        assert targets
        assert not small, (page.url, small)


async def fits_with_large_letters(page: Page) -> None:
    """With a browser's letters twice as large as usual (WCAG 1.4.4), in a usual window and on a phone."""
    await page.evaluate(_LARGE)
    for window in (_USUAL, _PHONE):
        await page.set_viewport_size(window)
        width: int = await page.evaluate("document.documentElement.scrollWidth")
        too_wide: list[str] = await page.evaluate(_TOO_WIDE)
        assert (width, too_wide) == (window["width"], []), (page.url, width, too_wide)
    await page.set_viewport_size(_USUAL)


async def seen_in_forced_colours(page: Page) -> None:
    """Whatever can be pressed has an edge or a line, and signs are drawn in a colour that differs from what is behind.

    Backgrounds are gone then; what has neither edge nor line would look like any word.
    """
    assert await page.evaluate("matchMedia('(forced-colors: active)').matches")
    unseen: list[str] = await page.evaluate(_UNSEEN)
    assert not unseen, (page.url, unseen)


async def skip_link_leads_to_the_content(page: Page) -> None:
    """The first stop of the keyboard is a link past the header; where the page has set the focus itself, it is kept."""
    if await page.evaluate("document.activeElement !== document.body"):
        return
    await page.keyboard.press("Tab")
    assert await page.evaluate("document.activeElement.matches('a.skipnav:focus-visible')"), page.url
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("main")).to_be_focused()


@cache
def _axe() -> str:
    return _AXE.read_text()
