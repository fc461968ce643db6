"""The ways in which people move through a page: with a mouse, with a finger, or with the keyboard alone."""

from dataclasses import dataclass
from typing import Protocol

from playwright.async_api import Locator, Page

_MOST_STOPS = 80

# Where the focus is, and what can be said of it. A checkbox is drawn by its label, so the ring is looked for there.
_STOP = """
(target, back) => {
  const following = "DOCUMENT_POSITION_FOLLOWING";
  const focused = document.activeElement, previous = window.previousStop;
  window.previousStop = focused;
  const ringed = (element, part) => {
    const style = getComputedStyle(element, part);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  const drawn = ["checkbox", "radio"].includes(focused.type) ? focused.labels[0] : focused;
  const box = drawn.getClientRects()[0];
  const top = box && document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return {
    there: focused === target,
    name: `${focused.tagName} ${focused.id || focused.textContent.trim().slice(0, 40)}`,
    nowhere: focused === document.body,
    ringed: ringed(drawn) || ringed(drawn, "::before"),
    seen: Boolean(top) && (drawn.contains(top) || top.contains(drawn)),
    inOrder: !previous || !previous.isConnected
      || Boolean(previous.compareDocumentPosition(focused) & Node[back ? "DOCUMENT_POSITION_PRECEDING" : following]),
  };
}
"""


# Where the focus is set by the page, the way to a field may be the way back.
_IS_ABOVE = """
(target) => document.activeElement !== document.body
  && Boolean(document.activeElement.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_PRECEDING)
"""


class Hands(Protocol):
    """What a person does to the parts of a page."""

    async def press(self, target: Locator) -> None:
        """A link or a button."""

    async def tick(self, target: Locator) -> None:
        """A checkbox."""

    async def write(self, target: Locator, text: str) -> None:
        """Into an empty field, or instead of what stands there."""

    async def choose(self, target: Locator, label: str) -> None:
        """One line of a list."""


class Mouse:
    async def press(self, target: Locator) -> None:
        await target.click()

    async def tick(self, target: Locator) -> None:
        # The design system draws the box beside the real one, which nobody can hit.
        await target.locator("xpath=following-sibling::label").click()

    async def write(self, target: Locator, text: str) -> None:
        await target.fill(text)

    async def choose(self, target: Locator, label: str) -> None:
        await target.select_option(label=label)


class Finger(Mouse):
    async def press(self, target: Locator) -> None:
        await target.tap()


@dataclass
class Keyboard:
    """Tab, Enter, Space and letters; every stop on the way is looked at."""

    page: Page

    async def press(self, target: Locator) -> None:
        await self._reach(target)
        await self.page.keyboard.press("Enter")

    async def tick(self, target: Locator) -> None:
        await self._reach(target)
        await self.page.keyboard.press("Space")

    async def write(self, target: Locator, text: str) -> None:
        await self._reach(target)
        await self.page.keyboard.press("Control+A")
        await self.page.keyboard.type(text)

    async def choose(self, target: Locator, label: str) -> None:
        await self._reach(target)
        await self.page.keyboard.type(label)

    async def _reach(self, target: Locator) -> None:
        if await target.evaluate("(element) => element === document.activeElement"):
            return
        back = await target.evaluate(_IS_ABOVE)
        for _ in range(_MOST_STOPS):
            await self.page.keyboard.press("Shift+Tab" if back else "Tab")
            stop = await target.evaluate(_STOP, back)
            assert stop | {"name": "", "there": False} == GOOD_STOP, stop
            if stop["there"]:
                return
        raise AssertionError(f"the keyboard does not reach {target}")


GOOD_STOP = {"there": False, "name": "", "nowhere": False, "ringed": True, "seen": True, "inOrder": True}
"""A place for the focus: with a ring around it, not behind anything, and further on in the page than the last."""
