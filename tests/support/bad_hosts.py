"""Recipients that are not even wrong: bytes that no web server would send."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

ENDLESS = b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ntransfer-encoding: chunked\r\n\r\n"
STALLING = b"HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\nok"
GARBAGE = b"\x15\x03\x01 010150-1234 is not HTTP\r\n\r\n"
HUGE_HEADER = b"HTTP/1.1 200 OK\r\nx-name: " + b"a" * 1_000_000 + b"\r\n\r\n"
DRIPPING = b"HTTP/1.1 200 OK\r\nx-name: "
CUT_SHORT = b"HTTP/1.1 200 OK\r\ncontent-le"
_DRIP_SECONDS = 0.1


@asynccontextmanager
async def a_bad_host(answer: bytes, *, hang_up: bool = False) -> AsyncIterator[str]:
    """The address of a host that gives everybody this answer.

    `ENDLESS` goes on as fast as it can until the caller has had enough, `DRIPPING` a byte at a time.
    """

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(answer)
            while answer == ENDLESS:
                writer.write(b"400\r\n" + b"a" * 1024 + b"\r\n")
                await writer.drain()
            while answer == DRIPPING:
                writer.write(b"a")
                await writer.drain()
                await asyncio.sleep(_DRIP_SECONDS)
            if not hang_up:
                await reader.read(-1)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/reports"
