"""What browsers fetch besides pages: our own files, and those of the installed front-end packages that we use."""

import hashlib
from functools import cache
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

_STATIC = Path(__file__).parent.parent / "static"
_PACKAGES = _STATIC / "node_modules"
_FONTS = _PACKAGES / "dkfds/dist/fonts/IBMPlexSans"

# Name in the address → file. Nothing else of the packages can be fetched.
_FILES = {
    "genvej.css": _STATIC / "genvej.css",
    "genvej.js": _STATIC / "genvej.js",
    "favicon.svg": _STATIC / "favicon.svg",
    "dkfds.css": _PACKAGES / "dkfds/dist/css/dkfds.min.css",
    "htmx.js": _PACKAGES / "htmx.org/dist/htmx.min.js",
}


@cache
def asset_url(name: str) -> str:
    """The address of a file, which changes with its contents, so that browsers may keep it for good."""
    digest = hashlib.sha256(_FILES[name].read_bytes()).hexdigest()[:12]
    return f"/static/{digest}/{name}"


async def serve_asset(request: Request) -> Response:
    """`/static/{digest}/{name}`; an old digest gives the file of today, kept by nobody."""
    name: str = request.path_params["name"]
    if name not in _FILES:
        raise HTTPException(404)
    fresh = asset_url(name) == request.url.path
    return FileResponse(
        _FILES[name], headers={"Cache-Control": "public, max-age=31536000, immutable" if fresh else "no-cache"}
    )
