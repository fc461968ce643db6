"""A citizen without a letter: through the issuer's own pages to their plan, and out of both again.

The portal is at `localhost` and the issuer at `127.0.0.1`, which are two sites to a browser: what cookies and forms may
do between them is what it would be on the internet.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from socket import socket

import pytest
import uvicorn
from playwright.async_api import Browser, Page, Route, expect
from starlette.types import ASGIApp

from matching.contents import PlanContents, seal_contents
from tests.support.apps import Clock, as_itself, running_app
from tests.support.browser import DESKTOP, a_tab
from tests.support.databases import Databases
from tests.support.identity import NOW
from tests.support.issuers import an_issuer, citizen, taking_its_word
from tests.support.page_checks import fits_narrow_and_zoomed, no_violations
from tests.support.receivers import bound_socket
from tests.support.worlds import VAULT, a_citizen, a_plan


@asynccontextmanager
async def served(app: ASGIApp, listener: socket) -> AsyncIterator[None]:
    """In this process, beside the test."""
    listener.listen()
    server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_config=None))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield
    finally:
        server.should_exit = True
        await serving


async def without_its_font(route: Route) -> None:
    """The provider's own pages ask a stranger for one."""
    await route.fulfill(body="", content_type="text/css")


async def arrives(page: Page, path: str, heading: str) -> None:
    await expect(page).to_have_url(path)
    await expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    await no_violations(page)
    await fits_narrow_and_zoomed(page)


@pytest.mark.long
async def test_given_a_mitid_when_a_citizen_signs_in_then_they_read_their_plan_and_leave_both(
    browser: Browser, databases: Databases
) -> None:
    listener, who = bound_socket(), a_citizen()
    portal = f"http://localhost:{listener.getsockname()[1]}"
    async with an_issuer(NOW, portal) as issuer, databases.fresh() as url:
        settings = taking_its_word(issuer.url, issuer.url) | {"public_url": portal}
        async with running_app(url, Clock(NOW), **settings) as app, served(as_itself(app), listener):
            contents = seal_contents(PlanContents(need="Styrke og balance."), VAULT)
            await a_plan(citizen=who, now=NOW, contents=contents)
            await issuer.knows("borger", **citizen(who.cpr))
            async with a_tab(browser, portal, DESKTOP) as (page, watch):
                await page.route("**/fonts.googleapis.com/**", without_its_font)
                await page.goto("/")
                await page.get_by_role("button", name="Log ind med Prøve-ID").click()
                await page.get_by_placeholder("Enter any login").fill("borger")
                await page.get_by_placeholder("and password").fill("any")
                await page.get_by_role("button", name="Sign-in").click()
                await arrives(page, f"{portal}/muligheder", "Dine muligheder")
                await page.get_by_role("link", name="Læs din genoptræningsplan").click()
                await arrives(page, f"{portal}/min-plan", "Din genoptræningsplan")
                await expect(page.get_by_role("main")).to_contain_text("Styrke og balance.")
                await page.get_by_role("link", name="Se, hvem der har set din sag").click()
                await arrives(page, f"{portal}/hvem-har-set", "Hvem har set din sag")
                await page.get_by_role("button", name="Log ud").click()
                await page.get_by_role("button", name="Yes, sign me out").click()
                await arrives(page, f"{portal}/", "Find din genoptræning")
                await page.goto("/min-plan")
                await expect(page).to_have_url(f"{portal}/?mangler=kode")
                assert (watch.complaints, watch.statuses) == ([], [])
