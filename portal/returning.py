"""Where people are sent instead: to sign in and back again. Only the path of a page of ours is ever gone back to."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Match

from portal.access import Audience, Endpoint, GuardedRoute

_LONGEST = 500
_TO = frozenset({Audience.SIGNED_IN, Audience.STAFF})


def instead(path: str) -> Endpoint:
    """For an address that only takes forms, asked for as a page: by a reload, a bookmark or the language switch."""

    async def elsewhere(request: Request) -> Response:
        return RedirectResponse(path, 303)

    return elsewhere


def sign_in_address(request: Request) -> str:
    """Where to sign in, to come back afterwards to the page that was asked for; not to a form."""
    path = request.url.path
    return (
        f"/ind?til={quote(path, safe='/')}" if request.method == "GET" and page_to_return_to(request, path) else "/ind"
    )


def page_to_return_to(request: Request, path: str) -> str | None:
    """The path, if it is a staff page's; None for everything else that somebody may have written into an address."""
    if not path.startswith("/") or not path.isascii() or len(path) > _LONGEST:
        return None
    scope = {"type": "http", "method": "GET", "path": path, "root_path": "", "headers": []}
    for route in request.app.routes:
        if isinstance(route, GuardedRoute) and route.matches(scope)[0] is Match.FULL:
            return path if route.audience in _TO else None
    return None
