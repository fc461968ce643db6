"""Members of the staff at their browsers."""

from datetime import datetime

from starlette.applications import Starlette

from tests.support.apps import client_of
from tests.support.pages import Page, Visitor
from tests.support.staff import PASSWORD, Colleague
from tests.support.worlds import NOW

COOKIE = "genvej"


def at_a_browser(app: Starlette, *, agent: str = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0") -> Visitor:
    """Somebody with a browser of their own."""
    client = client_of(app)
    client.headers["User-Agent"] = agent
    return Visitor(app, client)


async def show_password(visitor: Visitor, colleague: Colleague, *, password: str = PASSWORD, til: str = "") -> Page:
    """The first half of signing in."""
    page = await visitor.get("/ind", **({"til": til} if til else {}))
    return await visitor.submit(page, "/ind", email=colleague.email, adgangskode=password)


async def sign_in_as(visitor: Visitor, colleague: Colleague, *, now: datetime = NOW, til: str = "") -> Page:
    """Both halves; the answer is the page on which the colleague arrives."""
    page = await show_password(visitor, colleague, til=til)
    return await visitor.submit(page, "/ind/kode", kode=colleague.code(now))


def session_of(visitor: Visitor) -> str | None:
    """The id in the visitor's cookie."""
    return visitor.client.cookies.get(COOKIE)
