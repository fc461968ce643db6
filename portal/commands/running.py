"""Run web servers in this process, beside each other and beside other work, until somebody ends it."""

import asyncio
import signal
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.types import ASGIApp

from portal.commands.place import fail
from portal.connections import web_server

HOST = "127.0.0.1"


class _Server(uvicorn.Server):
    """A server among others: it says when it is ready, and leaves it to the command what Ctrl-C means."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 = any free one. A taken port ends the command with one line."""
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        fail(
            f"Port {port} on {host} cannot be used: {error.strerror}. Choose another with --port, or 0 for a free one."
        )
    listener.listen(128)
    return listener


def address_of(listener: socket.socket) -> str:
    """What to type into a browser."""
    return f"http://localhost:{listener.getsockname()[1]}"


@asynccontextmanager
async def serving(app: ASGIApp, listener: socket.socket) -> AsyncIterator[None]:
    """The application, answering on the socket while the block runs."""
    server = _Server(web_server(app, log_level="warning"))
    task = asyncio.create_task(server.serve(sockets=[listener]))
    ready = asyncio.create_task(server.ready.wait())
    try:
        await asyncio.wait({task, ready}, return_when=asyncio.FIRST_COMPLETED)
        if not server.started:
            fail("The web server could not start; see the lines above.")
        yield
    finally:
        ready.cancel()
        server.should_exit = True
        await task


async def until_ended() -> None:
    """Return when Ctrl-C is pressed or the process is asked to end."""
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ended.set)
    await ended.wait()
