"""Which language the pages speak."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal.language import COOKIE, LANGUAGES
from portal.request_facts import settings_of

_YEAR = 365 * 24 * 60 * 60


async def choose_language(request: Request) -> Response:
    """Remember the language for a year, and go back to the page that the visitor came from."""
    code = request.path_params["code"]
    if code not in LANGUAGES:
        raise HTTPException(404)
    response = RedirectResponse(_own_page(request), 303)
    secure = settings_of(request).secure_cookies
    response.set_cookie(COOKIE, code, max_age=_YEAR, secure=secure, httponly=True, samesite="lax", path="/")
    return response


def _own_page(request: Request) -> str:
    """The page with the link, as the browser names it; the front page for anything that is not ours.

    The page's own address cannot stand in the link: htmx changes the one without the other.
    """
    host, address = request.url.netloc, request.headers.get("referer", "").partition("://")[2]
    path = address.removeprefix(host)
    ours = address.startswith(f"{host}/") and not path.startswith(("//", "/\\"))
    return path if ours else "/"
