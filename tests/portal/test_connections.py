"""The web server on a real port: endless heads, silence, nonsense, and who may say where a request comes from."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from portal.connections import Connection, web_server
from portal.middleware import ALWAYS
from tests.support.patience import WAIT

GET = b"GET / HTTP/1.1\r\nHost: localhost\r\n"


async def says_where_from(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that answers with the sender's address."""
    assert scope["type"] == "http"
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"9")]})
    await send({"type": "http.response.body", "body": scope["client"][0].encode().ljust(9)[:9]})


@asynccontextmanager
async def a_port(**options: str) -> AsyncIterator[int]:
    """A port on which the portal's own server serves that application."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(web_server(says_where_from, lifespan="off", log_config=None, **options))
        task = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            await task


async def answer_to(port: int, *sent: bytes) -> bytes:
    """Everything that comes back until the server closes; a server that would wait for ever fails the test.

    The first piece is on its way before the server, in this same loop, can have waited for it. Whoever is cut off while
    sending may learn of it as a reset or as a broken pipe.
    """
    client = socket.create_connection(("127.0.0.1", port))
    begun = client.send(sent[0]) if sent[0] else 0
    reader, writer = await asyncio.open_connection(sock=client)
    try:
        for piece in (sent[0][begun:], *sent[1:]):
            writer.write(piece)
            await writer.drain()
        async with asyncio.timeout(WAIT):
            return await reader.read(-1)
    except (ConnectionResetError, BrokenPipeError):
        return b""
    finally:
        writer.close()


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


async def test_an_ordinary_request_is_answered() -> None:
    async with a_port() as port:
        answer = await answer_to(port, GET + b"Connection: close\r\n\r\n")
    assert status(answer) == 200
    assert answer.endswith(b"127.0.0.1")


async def test_a_head_may_come_in_pieces() -> None:
    async with a_port() as port:
        assert status(await answer_to(port, GET, b"Connection: ", b"close\r\n", b"\r\n")) == 200


@pytest.mark.parametrize("endless", [b"X: " + b"x" * 200_000, b"".join(b"X%d: x\r\n" % n for n in range(20_000))])
async def test_an_endless_head_is_cut_off(endless: bytes) -> None:
    async with a_port() as port:
        answer = await answer_to(port, GET, endless)
    assert not answer or status(answer) == 431


async def test_an_endless_address_is_cut_off() -> None:
    async with a_port() as port:
        answer = await answer_to(port, b"GET /" + b"x" * 200_000)
    assert not answer or status(answer) == 431


@pytest.mark.parametrize("said", [b"", b"G", GET, GET + b"X: "])
async def test_whoever_does_not_get_to_the_point_is_not_waited_for(
    said: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Connection, "seconds", 0.05)
    async with a_port() as port:
        answer = await answer_to(port, said)
    assert status(answer) == 408
    assert b"connection: close" in answer.lower()


async def test_what_is_no_request_gets_every_header_too() -> None:
    async with a_port() as port:
        answer = await answer_to(port, b"\x16\x03\x01 not HTTP\r\n\r\n")
    assert status(answer) == 400
    assert [name for name, value in ALWAYS.items() if f"{name}: {value}\r\n".encode() not in answer] == []


@pytest.mark.parametrize(
    ("trusted", "seen"), [("127.0.0.1", b"192.0.2.7"), ("10.0.0.0/8", b"127.0.0.1"), ("127.0.0.0/8", b"192.0.2.7")]
)
async def test_only_a_trusted_proxy_says_where_a_request_comes_from(trusted: str, seen: bytes) -> None:
    async with a_port(trusted_proxies=trusted) as port:
        answer = await answer_to(port, GET + b"X-Forwarded-For: 192.0.2.7\r\nConnection: close\r\n\r\n")
    assert answer.endswith(seen)


async def test_what_the_client_itself_put_before_the_proxys_word_does_not_count() -> None:
    async with a_port() as port:
        answer = await answer_to(port, GET + b"X-Forwarded-For: 8.8.8.8, 192.0.2.7\r\nConnection: close\r\n\r\n")
    assert answer.endswith(b"192.0.2.7")


async def test_a_request_with_two_lengths_is_refused_and_nothing_smuggled_in() -> None:
    body = b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n"
    async with a_port() as port:
        answer = await answer_to(port, GET.replace(b"GET", b"POST") + body)
    assert (status(answer), answer.count(b"HTTP/1.1 ")) == (400, 1)
