"""The clients: the same for both sides of a pair, and as light as they can be, since they share the machine."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import cycle
from time import perf_counter
from typing import cast
from urllib.parse import urlencode

from portal.bench.figures import Side, Turn

CLIENTS = 8
"""Connections that ask at once: enough to keep one process of a server busy."""


class BadAnswer(RuntimeError):
    """Something else than success came back; a figure made of that would mean nothing."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    head: bytes
    body: bytes


def request(
    path: str,
    *,
    query: Mapping[str, object] | None = None,
    headers: Mapping[str, str] | None = None,
    method: str = "GET",
    body: bytes = b"",
) -> bytes:
    """A request as it goes over the wire."""
    lines = [f"{method} {path}{'?' + urlencode(query) if query else ''} HTTP/1.1", "Host: localhost"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


class Client(asyncio.Protocol):
    """One connection that is kept. It speaks as much HTTP as our servers answer with: lengths, no chunks."""

    def __init__(self) -> None:
        self._buffer = b""
        self._answer: asyncio.Future[Answer] | None = None
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, found, body = self._buffer.partition(b"\r\n\r\n")
        if found and self._answer and len(body) >= (length := _length(head)):
            self._buffer = body[length:]
            self._answer.set_result(Answer(int(head[9:12]), head, body[:length]))
            self._answer = None

    def connection_lost(self, exc: Exception | None) -> None:
        if self._answer and not self._answer.done():
            self._answer.set_exception(exc or BadAnswer("the server closed the connection"))

    async def ask(self, sent: bytes) -> Answer:
        """The answer to one request."""
        if self._transport is None:
            raise BadAnswer("the connection was never made")
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(sent)
        return await self._answer

    def close(self) -> None:
        if self._transport:
            self._transport.close()


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line[15:])
    return 0


@asynccontextmanager
async def clients(port: int, count: int = CLIENTS) -> AsyncIterator[Sequence[Client]]:
    """So many open connections to a server on this machine."""
    loop = asyncio.get_running_loop()
    opened = [(await loop.create_connection(Client, "127.0.0.1", port))[1] for _ in range(count)]
    try:
        yield opened
    finally:
        for client in opened:
            client.close()


def flood(port: int, requests: Sequence[bytes], seconds: float, *, count: int = CLIENTS) -> Side:
    """Every client asks its next question as soon as it has an answer: requests in a second, for so many seconds."""
    following = cycle(requests)

    async def turn() -> Turn:
        taken: list[float] = []
        async with clients(port, count) as opened:
            began = perf_counter()
            await asyncio.gather(*(_ask_until(client, following, began + seconds, taken) for client in opened))
            return Turn(len(taken) / (perf_counter() - began), taken)

    return turn


async def _ask_until(client: Client, following: Iterator[bytes], end: float, taken: list[float]) -> None:
    while (began := perf_counter()) < end:
        await ask_well(client, next(following))
        taken.append((perf_counter() - began) * 1000)


async def ask_well(client: Client, sent: bytes) -> Answer:
    """An answer that is a success; raises BadAnswer with the beginning of any other one."""
    answer = await client.ask(sent)
    if answer.status >= 300:
        raise BadAnswer(
            f"{sent.splitlines()[0].decode()}: {answer.status} {answer.body[:300].decode(errors='replace')}"
        )
    return answer
