"""Workers for tests: as a task of the test's own loop, or as processes that can be killed."""

import asyncio
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from portal.messages.config import MessageConfig
from portal.worker import WorkerConfig, work
from tests.support.patience import WAIT
from tests.support.receivers import THIS_MACHINE
from tests.support.worlds import POLICY, VAULT

_ROOT = Path(__file__).parents[2]
_POLL_SECONDS = 0.05

NO_WAY = MessageConfig("http://localhost:8000", "00 00 00 00")
"""Nobody is told anything."""


@asynccontextmanager
async def a_worker(url: str, messages: MessageConfig = NO_WAY) -> AsyncIterator[asyncio.Event]:
    """A worker in this process until the block ends; the event stops it earlier."""
    stop = asyncio.Event()
    task = asyncio.create_task(work(WorkerConfig(url, VAULT, POLICY, THIS_MACHINE, messages), stop))
    try:
        yield stop
    finally:
        stop.set()
        async with asyncio.timeout(WAIT):
            await task


@asynccontextmanager
async def a_worker_process(url: str) -> AsyncIterator[Process]:
    """A worker of its own; killed at the end if it still runs."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "tests.support.worker_process", url, cwd=_ROOT)
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def until(condition: Callable[[], Awaitable[object]]) -> None:
    """Look again and again until the condition holds; TimeoutError when it does not come to."""
    async with asyncio.timeout(WAIT):
        # Another process changes the database, and no event of ours can tell.
        while not await condition():  # noqa: ASYNC110
            await asyncio.sleep(_POLL_SECONDS)
