"""A real server for tests: processes of its own behind one socket, as many as are asked for."""

import asyncio
import os
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import httpx

_ROOT = Path(__file__).parents[2]
_AT_ONCE = httpx.Limits(max_connections=100)


@asynccontextmanager
async def a_server(url: str, *, processes: int = 2) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the API of a portal on the database `url`."""
    async with AsyncExitStack() as stack:
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=256))
        started = [await stack.enter_async_context(_a_process(str(listener.fileno()), url)) for _ in range(processes)]
        for process in started:
            assert process.stdout is not None
            assert await process.stdout.readline() == b"ready\n"
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/api/v1"
        client = httpx.AsyncClient(base_url=address, limits=_AT_ONCE, timeout=60, trust_env=False)
        yield await stack.enter_async_context(client)


@asynccontextmanager
async def _a_process(descriptor: str, url: str) -> AsyncIterator[Process]:
    command = (sys.executable, "-m", "tests.support.serving", descriptor, url)
    environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
    process = await asyncio.create_subprocess_exec(
        *command, cwd=_ROOT, env=environment, stdout=PIPE, pass_fds=[int(descriptor)]
    )
    try:
        yield process
    finally:
        process.kill()
        await process.wait()
