"""The web server of the portal: what it allows a connection before there is a request to speak of."""

import asyncio
import gc
from http import HTTPStatus
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from portal.gate import LARGEST_HEAD, LONGEST_ADDRESS
from portal.middleware import ALWAYS

HEAD_SECONDS = 10.0
"""How long a client may take over the head of a request, from its first byte or from connecting."""

# The gate answers what is a little too large with a page; this is where reading ends.
_MOST_BYTES = 2 * (LARGEST_HEAD + LONGEST_ADDRESS)


class Connection(HttpToolsProtocol):
    """A connection that must get to its point: endless heads and silent clients are cut off.

    The server's own parser keeps whatever comes until a head is complete, and waits for it for ever.
    """

    seconds = HEAD_SECONDS

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._head_bytes: int | None = 0
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)  # type: ignore[arg-type]
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_is_done()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._head_bytes is not None:
            self._head_bytes += len(data)
            if self._head_bytes > _MOST_BYTES:
                self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)

    def on_message_begin(self) -> None:
        self._await_head()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._head_is_done()
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        self._refuse(HTTPStatus.BAD_REQUEST)

    def _await_head(self) -> None:
        self._head_is_done()
        self._head_bytes = 0
        self._deadline = self.loop.call_later(self.seconds, self._refuse, HTTPStatus.REQUEST_TIMEOUT)

    def _head_is_done(self) -> None:
        self._head_bytes = None
        if self._deadline is not None:
            self._deadline.cancel()

    def _refuse(self, status: HTTPStatus) -> None:
        """Say why, in one line, and close. There is no request yet, so there is no page either."""
        self._head_is_done()
        if self.transport.is_closing():
            return
        body = f"{status.value} {status.phrase}\n".encode()
        headers = {**ALWAYS, "Content-Type": "text/plain", "Content-Length": str(len(body)), "Connection": "close"}
        lines = [f"HTTP/1.1 {status.value} {status.phrase}", *(f"{name}: {value}" for name, value in headers.items())]
        self.transport.write("\r\n".join([*lines, "", ""]).encode() + body)
        self.transport.close()


def settle() -> None:
    """Before a process begins to serve: what is loaded by now stays, and is never again searched for rubbish.

    Half a million objects of libraries and templates are; without this a page of results takes a quarter longer.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


def web_server(app: ASGIApp, *, trusted_proxies: str = "127.0.0.1", **options: Any) -> uvicorn.Config:
    """The server's configuration. Only the proxies that are named can say where a request comes from."""
    return uvicorn.Config(
        app,
        http=Connection,
        ws="none",
        access_log=False,
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips=trusted_proxies,
        **options,
    )
