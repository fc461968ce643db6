"""Which language the pages speak."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal.access import settings_of
from portal.language import COOKIE, LANGUAGES

_YEAR = 365 * 24 * 60 * 60


async def choose_language(request: Request) -> Response:
    """Remember the language for a year, and go back to the page; only to one of ours."""
    code = request.path_params["code"]
    if code not in LANGUAGES:
        raise HTTPException(404)
    response = RedirectResponse(own_path(request.query_params.get("tilbage", "/")), 303)
    secure = settings_of(request).secure_cookies
    response.set_cookie(COOKIE, code, max_age=_YEAR, secure=secure, httponly=True, samesite="lax", path="/")
    return response


def own_path(target: str) -> str:
    """The address if it is a path of this site, else the front page: browsers read `//` and `/\\` as another site."""
    ours = target.startswith("/") and not target.startswith(("//", "/\\")) and target.isprintable()
    return target if ours else "/"
