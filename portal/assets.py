"""What browsers fetch besides pages: our own files, and those of the installed front-end packages that we use.

Every address holds a digest of the contents, so that browsers may keep a file for good. Style sheets name other files
by their plain names; the digests are put in when they are served, so that a changed picture changes the sheet as well.
"""

import gzip
import mimetypes
import re
from functools import cache
from hashlib import sha256
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from portal.coast import coast
from portal.trimming import trimmed

_STATIC = Path(__file__).parent.parent / "static"
_PACKAGES = _STATIC / "node_modules"
_FONTS = _PACKAGES / "dkfds/dist/fonts/IBMPlexSans/split/woff2"
_ICONS = _PACKAGES / "dkfds/dist/img/svg-icons"

# Name in the address → file. Besides these only the design system's icons can be fetched.
_FILES = {
    "genvej.css": _STATIC / "genvej.css",
    "rooms.css": _STATIC / "rooms.css",
    "capacity.css": _STATIC / "capacity.css",
    "casework.css": _STATIC / "casework.css",
    "figures.css": _STATIC / "figures.css",
    "guide.css": _STATIC / "guide.css",
    "map.css": _STATIC / "map.css",
    "genvej.js": _STATIC / "genvej.js",
    "map.js": _STATIC / "map.js",
    "place.js": _STATIC / "place.js",
    "point.js": _STATIC / "point.js",
    "rows.js": _STATIC / "rows.js",
    "favicon.svg": _STATIC / "favicon.svg",
    "letter.svg": _STATIC / "letter.svg",
    "dkfds.css": _PACKAGES / "dkfds/dist/css/dkfds.min.css",
    "htmx.js": _PACKAGES / "htmx.org/dist/htmx.min.js",
    "leaflet.css": _PACKAGES / "leaflet/dist/leaflet.css",
    "leaflet.js": _PACKAGES / "leaflet/dist/leaflet.js",
    "coast.json": _PACKAGES / "world-atlas/countries-10m.json",
    "plex-regular.woff2": _FONTS / "IBMPlexSans-Regular-Latin1.woff2",
    "plex-semibold.woff2": _FONTS / "IBMPlexSans-SemiBold-Latin1.woff2",
    **{path.name: path for path in (_STATIC / "images").glob("step-*.svg")},
}
_TYPES = {".woff2": "font/woff2", ".js": "text/javascript"}

# The design system names the complete fonts, 60 kB each; genvej.css names their Latin parts instead.
_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
_ADDRESS = re.compile(r"url\(([\w./-]+)\)")


@cache
def asset_url(name: str) -> str:
    """The address of a file, which changes with its contents; KeyError for a name that is not served."""
    return f"/static/{sha256(_contents(name)).hexdigest()[:12]}/{name}"


async def serve_asset(request: Request) -> Response:
    """`/static/{digest}/{name}`; an old digest gives the file of today, kept by nobody."""
    name: str = request.path_params["name"]
    try:
        fresh = asset_url(name) == request.url.path
    except KeyError:
        raise HTTPException(404) from None
    headers = {"Cache-Control": "public, max-age=31536000, immutable" if fresh else "no-cache"}
    packed = _packed(name) if "gzip" in request.headers.get("Accept-Encoding", "") else None
    if packed is not None:
        headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    return Response(packed or _contents(name), headers=headers, media_type=_media_type(name))


def missing_files() -> list[str]:
    """The names of files that pages use and that are not installed."""
    return [name for name, path in _FILES.items() if not path.is_file()] + ([] if _ICONS.is_dir() else ["icons"])


def file_of(name: str) -> Path:
    """Where a file is, for whoever needs it itself; KeyError for a name that is not served."""
    return _path(name)


@cache
def _contents(name: str) -> bytes:
    if name == "coast.json":
        return coast(_path(name))
    contents = _path(name).read_bytes()
    if not name.endswith(".css"):
        return contents
    sheet = contents.decode()
    if name == "dkfds.css":
        sheet = trimmed(_FONT_FACE.sub("", sheet))
    return _ADDRESS.sub(_with_digest, sheet).encode()


@cache
def _packed(name: str) -> bytes | None:
    """The file as small as it gets, packed once and not for every browser; None for what is packed already."""
    return None if name.endswith(".woff2") else gzip.compress(_contents(name), mtime=0)


def _path(name: str) -> Path:
    if name in _FILES:
        return _FILES[name]
    # The addresses of icons are read off the folder, so that nobody can ask for any other file.
    return {path.name: path for path in _ICONS.glob("*.svg")}[name]


def _with_digest(found: re.Match[str]) -> str:
    """The address of a file as it is served; one that we do not serve stays as it is."""
    try:
        return f"url({asset_url(Path(found[1]).name)})"
    except KeyError:
        return found[0]


def _media_type(name: str) -> str:
    return _TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
