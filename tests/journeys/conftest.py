"""One browser, one server and one country for all journeys of a process; a tab of their own for each citizen."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack

import pytest_asyncio
from playwright.async_api import Browser, Page

from portal.language import language
from providers.database import connected
from tests.support.browser import DESKTOP, Watch, Window, a_browser, a_tab
from tests.support.databases import Databases
from tests.support.hands import Hands, Mouse
from tests.support.journey_world import a_country
from tests.support.page_checks import Check
from tests.support.server import a_process
from tests.support.traveller import Comes, Tab, Traveller
from tests.support.worlds import a_code, a_plan

Served = tuple[str, str]


@pytest_asyncio.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with a_browser() as browser:
        yield browser


@pytest_asyncio.fixture(scope="session")
async def served(databases: Databases) -> AsyncIterator[Served]:
    """The portal's address, and its database's."""
    async with databases.fresh() as url:
        async with connected(url):
            await a_country()
        async with a_process(url) as port:
            yield f"http://127.0.0.1:{port}", url


@pytest_asyncio.fixture
async def tab(browser: Browser, served: Served) -> AsyncIterator[Tab]:
    """Opens tabs. When the test is over, each must have been quiet."""
    async with AsyncExitStack() as stack:
        watches: list[Watch] = []

        async def tab(window: Window) -> tuple[Page, Watch]:
            page, watch = await stack.enter_async_context(a_tab(browser, served[0], window))
            watches.append(watch)
            return page, watch

        yield tab
        for watch in watches:
            watch.assert_quiet()


@pytest_asyncio.fixture
async def comes(tab: Tab, served: Served) -> AsyncIterator[Comes]:
    """A citizen with a letter sits down at a browser; the test looks into the same database."""

    async def comes(
        window: Window = DESKTOP,
        *,
        hands: Callable[[Page], Hands] = lambda page: Mouse(),
        speaks: str = "da",
        checks: Sequence[Check] = (),
    ) -> Traveller:
        plan = await a_plan()
        codes = await a_code(plan)
        page, watch = await tab(window)
        scripts = window.get("java_script_enabled", True)
        return Traveller(page, watch, plan, codes, language(speaks), hands(page), checks, scripts)

    async with connected(served[1]):
        yield comes
