"""What happens to every request: pure ASGI, for the framework's convenient base class costs most of the throughput."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
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
        headers = _HEADERS | {"Cache-Control": "no-store"}
        if https:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        self.headers = [(name.lower().encode(), value.encode()) for name, value in headers.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(pair for pair in self.headers if pair[0] not in given)]
            await send(message)

        return await self.app(scope, receive, send_with_headers)


class BodyLimit:
    """A body larger than `largest` bytes is refused: unread when its length is announced, else where it is too long.

    The framework's own limit answers in plain text, outside of all our pages and problem documents.
    """

    def __init__(self, app: ASGIApp, *, largest: int) -> None:
        self.app = app
        self.largest = largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        announced = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        # A server that speaks HTTP lets only figures through; their number is limited too.
        if not announced.isdigit() or len(announced) > 18 or int(announced) > self.largest:
            response = await on_http_error(Request(scope, receive), HTTPException(413))
            return await response(scope, receive, send)
        return await self.app(scope, self._counted(receive), send)

    def _counted(self, receive: Receive) -> Receive:
        total = 0

        async def receive_counted() -> Message:
            nonlocal total
            message = await receive()
            total += len(message.get("body", b""))
            if total > self.largest:
                raise HTTPException(413)
            return message

        return receive_counted


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
