"""A real server for tests: processes of its own, which get the requests in turn."""

import asyncio
import os
import socket
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import cycle
from pathlib import Path

import httpx

_ROOT = Path(__file__).parents[2]
# The server closes what was idle for five seconds; whoever uses a connection at that very moment reads nothing.
_AT_ONCE = httpx.Limits(max_connections=100, keepalive_expiry=1)


class _InTurn(httpx.AsyncHTTPTransport):
    """As a load balancer would: each request goes to the next port."""

    def __init__(self, ports: Sequence[int]) -> None:
        super().__init__(limits=_AT_ONCE)
        self._ports = cycle(ports)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        request.url = request.url.copy_with(port=next(self._ports))
        return await super().handle_async_request(request)


@asynccontextmanager
async def a_server(url: str, *, processes: int = 2) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the API of a portal on the database `url`."""
    async with AsyncExitStack() as stack:
        async with asyncio.TaskGroup() as group:
            starting = [group.create_task(stack.enter_async_context(a_process(url))) for _ in range(processes)]
        transport = _InTurn([started.result() for started in starting])
        client = httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1/api/v1", timeout=60)
        yield await stack.enter_async_context(client)


@asynccontextmanager
async def a_process(url: str) -> AsyncIterator[int]:
    """A server that is ready, as its port."""
    with socket.create_server(("127.0.0.1", 0), backlog=256) as listener:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.support.serving", str(listener.fileno()), url),
            cwd=_ROOT,
            env={**os.environ, "PYTHONPATH": str(_ROOT)},
            stdout=PIPE,
            pass_fds=[listener.fileno()],
        )
        try:
            assert process.stdout is not None
            assert await process.stdout.readline() == b"ready\n"
            yield listener.getsockname()[1]
        finally:
            process.kill()
            await process.wait()
