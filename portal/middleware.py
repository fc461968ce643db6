"""What happens to every request: pure ASGI, for the framework's convenient base class costs most of the throughput."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal.problems import on_http_error

_SAFE = {"GET", "HEAD", "OPTIONS"}
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


class SecurityHeaders:
    """Every answer says what a browser may do with it; nothing is cached unless its route says so."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self.app = app
        self.headers = _HEADERS | ({"Strict-Transport-Security": "max-age=31536000"} if https else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        return await self.app(scope, receive, send_with_headers)


class SameSite:
    """A change must come from our own pages. Programs bring no cookie, so the API is left alone."""

    def __init__(self, app: ASGIApp, *, public_url: str) -> None:
        self.app = app
        self.origin = public_url.rstrip("/")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._may(scope):
            response = await on_http_error(Request(scope, receive), HTTPException(403))
            return await response(scope, receive, send)
        return await self.app(scope, receive, send)

    def _may(self, scope: Scope) -> bool:
        if scope["method"] in _SAFE or scope["path"].startswith("/api/"):
            return True
        headers = Headers(scope=scope)
        # Every browser of today sends Sec-Fetch-Site; the origin is for those that do not.
        if site := headers.get("sec-fetch-site"):
            return site in {"same-origin", "none"}
        origin = headers.get("origin")
        return origin is not None and (origin == self.origin or urlsplit(origin).netloc == headers.get("host"))
