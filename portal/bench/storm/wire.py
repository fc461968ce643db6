"""As much HTTP as a receiver needs: whole requests with a length, on connections that are kept."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import cast


@dataclass(frozen=True, slots=True)
class Request:
    """Names of headers are in small letters."""

    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    status: int = 204
    body: bytes = b""
    content_type: str = "application/fhir+json"
    headers: Mapping[str, str] = field(default_factory=dict)

    def written(self) -> bytes:
        """As it goes over the wire."""
        lines = [f"HTTP/1.1 {self.status} {HTTPStatus(self.status).phrase}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        if self.status != HTTPStatus.NO_CONTENT:
            lines += [f"Content-Type: {self.content_type}", f"Content-Length: {len(self.body)}"]
        return "\r\n".join([*lines, "", ""]).encode() + self.body


class Cut(Exception):
    """No answer: the connection ends without a word."""


Respond = Callable[[Request], Awaitable[Reply]]
"""May raise Cut."""


class Line(asyncio.Protocol):
    """One connection. Nobody sends a second request before the first is answered."""

    def __init__(self, respond: Respond) -> None:
        self._respond = respond
        self._buffer = b""
        self._transport: asyncio.Transport | None = None
        self._answering: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, found, body = self._buffer.partition(b"\r\n\r\n")
        if not found:
            return
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        if len(body) >= (length := int(headers.get("content-length", 0))):
            self._buffer = body[length:]
            request = Request(first.split(" ")[1], headers, body[:length])
            self._answering = asyncio.get_running_loop().create_task(self._answer(request))

    async def _answer(self, request: Request) -> None:
        if self._transport is None:
            return
        try:
            self._transport.write((await self._respond(request)).written())
        except Cut:
            self._transport.abort()
