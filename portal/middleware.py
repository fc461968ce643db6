"""What happens to every request: pure ASGI, for the framework's convenient base class costs most of the throughput."""

import asyncio
from collections.abc import Callable, Mapping, Sequence

from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from portal.gate import refused
from portal.heads import header_of
from portal.programs import is_for_programs

# Everything a page uses comes from here, and nothing stands in the page itself: neither script nor style, so that no
# nonce is needed. htmx is told in the page's head to do without both.
_CONTENT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# The position is not among them: a button of ours may ask for it, and it stays in the browser.
_UNUSED = (
    *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "fullscreen"),
    *("gyroscope", "magnetometer", "microphone", "midi", "payment", "picture-in-picture"),
    *("publickey-credentials-get", "screen-wake-lock", "usb", "xr-spatial-tracking"),
)
ALWAYS = {
    "Content-Security-Policy": _CONTENT,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _UNUSED),
    # Not "no-referrer": browsers then leave the origin out of forms as well, by which we know our own.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
"""Headers of every answer. A route's own Cache-Control goes before ours."""

FOR_DOCUMENTS = frozenset({"Cross-Origin-Opener-Policy", "Permissions-Policy"})
"""These say nothing of a file that a page uses, and on a dozen of them they would weigh as much as the page itself;
nor of an answer to a program.
"""

_UNDER_HTTPS = {"Strict-Transport-Security": "max-age=63072000; includeSubDomains"}
_RETRY_SECONDS = 10

Pairs = Sequence[tuple[bytes, bytes]]
"""Headers as they are sent."""


class SecurityHeaders:
    """Every answer says what a browser may do with it; nothing is kept unless its route says so."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        https: bool,
        forms_to: Sequence[str] = (),
        images_from: Sequence[str] = (),
        also: Callable[[Scope], Pairs] = lambda scope: (),
    ) -> None:
        """Origins beside our own: `forms_to`, that forms may lead on to; `images_from`, whose map tiles are shown.

        `also` gives the headers of one request's answer.
        """
        self.app = app
        self.also = also
        headers = ALWAYS | (_UNDER_HTTPS if https else {})
        # The buttons that lead to an issuer, and the one that leaves it, are forms of ours that are sent on there.
        targets = " ".join(("form-action 'self'", *forms_to))
        images = " ".join(("img-src 'self'", *images_from))
        policy = _CONTENT.replace("form-action 'self'", targets).replace("img-src 'self'", images)
        headers["Content-Security-Policy"] = policy
        self.headers = _encoded(headers)
        self.headers_of_others = _encoded({name: headers[name] for name in headers.keys() - FOR_DOCUMENTS})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name for name, _ in message["headers"]}
                is_file = scope["path"].startswith("/static/") and message["status"] == 200
                ours = self.headers_of_others if is_file or is_for_programs(scope["path"]) else self.headers
                missing = [pair for pair in ours if pair[0] not in given]
                message["headers"] = [*message["headers"], *missing, *self.also(scope)]
            await send(message)

        return await self.app(scope, receive, send_with_headers)


def _encoded(headers: Mapping[str, str]) -> Pairs:
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]


class Compression(GZipMiddleware):
    """The framework's; past it goes what a program asks for that has not heard of compression."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asks = scope["type"] == "http" and header_of(scope, b"accept-encoding")
        return await (super().__call__ if asks else self.app)(scope, receive, send)


class TimeLimit:
    """A request that takes longer than `seconds` is broken off: nothing of it is waited for, and nothing locked.

    The time begins when the head is read, so a body that drips in counts too; it begins once more with the answer.
    """

    def __init__(self, app: ASGIApp, *, seconds: float) -> None:
        self.app = app
        self.seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        started = False

        async def send_in_time(message: Message) -> None:
            nonlocal started
            if not started:
                started = True
                limit.reschedule(asyncio.get_running_loop().time() + self.seconds)
            await send(message)

        try:
            async with asyncio.timeout(self.seconds) as limit:
                return await self.app(scope, receive, send_in_time)
        except TimeoutError:
            if started or not limit.expired():
                raise
        response = await refused(Request(scope), HTTPException(503, headers={"Retry-After": str(_RETRY_SECONDS)}))
        return await response(scope, receive, send)


class BodyLimit:
    """A body larger than `largest` bytes is refused: unread when its length is announced, else where it is too long.

    `larger` says what is allowed where a request goes; it is asked only about bodies above `largest`. The framework's
    own limit answers in plain text, outside of all our pages and problem documents.
    """

    def __init__(self, app: ASGIApp, *, largest: int, larger: Callable[[Scope], int]) -> None:
        self.app = app
        self.largest = largest
        self.larger = larger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        announced = header_of(scope, b"content-length") or b"0"
        # A server that speaks HTTP lets only figures through; their number is limited too.
        if not announced.isdigit() or len(announced) > 18 or self._too_large(int(announced), scope):
            response = await refused(Request(scope, receive), HTTPException(413))
            return await response(scope, receive, send)
        return await self.app(scope, self._counted(receive, scope), send)

    def _too_large(self, size: int, scope: Scope) -> bool:
        return size > self.largest and size > self.larger(scope)

    def _counted(self, receive: Receive, scope: Scope) -> Receive:
        total = 0

        async def receive_counted() -> Message:
            nonlocal total
            message = await receive()
            total += len(message.get("body", b""))
            if self._too_large(total, scope):
                raise HTTPException(413, headers={"Connection": "close"})
            return message

        return receive_counted
