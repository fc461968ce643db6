"""The gate: what is looked at before a request is anybody's. Each check reads the head of the request only.

Sizes first, since the others read what they let through; then the host, the origin and how often the sender comes.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from portal.access import SAFE
from portal.encryption import PERMANENTLY
from portal.operations import WATCHED
from portal.problems import on_error, on_http_error
from portal.programs import is_for_programs
from providers.errors import GenvejError

Refusal = HTTPException | GenvejError
Check = Callable[[Scope], Refusal | None]

LONGEST_ADDRESS = 4 * 1024
"""Bytes of path and query. Our longest has a place, a package and a cursor: a few hundred."""

LARGEST_HEAD = 16 * 1024
"""Bytes of all headers together."""


class Gate:
    """Lets a request through when no check has anything against it."""

    def __init__(self, app: ASGIApp, *, checks: Sequence[Check]) -> None:
        self.app = app
        self.checks = checks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            for check in self.checks:
                if refusal := check(scope):
                    response = await refused(Request(scope), refusal)
                    return await response(scope, receive, send)
        return await self.app(scope, receive, send)


async def refused(request: Request, refusal: Refusal) -> Response:
    """The answer to a request that goes no further. Its body is unread, so the connection ends with it."""
    if isinstance(refusal, HTTPException) and refusal.status_code == PERMANENTLY:
        return Response(status_code=PERMANENTLY, headers=refusal.headers)
    answer = await (on_error if isinstance(refusal, GenvejError) else on_http_error)(request, refusal)
    if request.method not in SAFE:
        answer.headers["Connection"] = "close"
    return answer


def sizes(scope: Scope) -> Refusal | None:
    """An address or a head that no page or program of ours sends."""
    if len(scope["raw_path"]) + len(scope["query_string"]) > LONGEST_ADDRESS:
        return HTTPException(414)
    head = sum(len(name) + len(value) for name, value in scope["headers"])
    return HTTPException(431) if head > LARGEST_HEAD else None


def named(hosts: frozenset[str]) -> Check:
    """A request names one of our hosts: whoever leads a browser here under another name gets nothing."""

    def check(scope: Scope) -> Refusal | None:
        if scope["path"] in WATCHED:
            return None
        given = [value for name, value in scope["headers"] if name == b"host"]
        return None if len(given) == 1 and _host(given[0]) in hosts else HTTPException(421)

    return check


def own_origin(public_url: str) -> Check:
    """A change must come from our own pages. Programs bring no cookie, so their addresses are left alone."""

    def check(scope: Scope) -> Refusal | None:
        if scope["method"] in SAFE or is_for_programs(scope["path"]):
            return None
        headers = Headers(scope=scope)
        # Every browser of today sends Sec-Fetch-Site; the origin is for those that do not.
        if site := headers.get("sec-fetch-site"):
            return None if site in {"same-origin", "none"} else HTTPException(403)
        origin = headers.get("origin")
        ours = origin is not None and (origin == public_url or urlsplit(origin).netloc == headers.get("host"))
        return None if ours else HTTPException(403)

    return check


@lru_cache(maxsize=100)
def _host(value: bytes) -> str:
    """The name in a Host header, without its port; nothing for what is no name."""
    try:
        return urlsplit(f"//{value.decode('ascii')}").hostname or ""
    except ValueError:
        return ""
