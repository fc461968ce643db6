"""What runs beside the long test: the receivers, a worker that is killed now and then, and the portal."""

import asyncio
import os
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import orjson

from portal.bench.serving import READY


@dataclass(frozen=True, slots=True)
class Ports:
    """Where the receivers listen, and where they do not before the trouble is over."""

    listening: socket.socket
    closed: socket.socket

    def address(self, code: str, *, down: bool) -> str:
        """Where a municipality's reports are posted."""
        number = (self.closed if down else self.listening).getsockname()[1]
        return f"http://127.0.0.1:{number}/{code}"


@asynccontextmanager
async def ports() -> AsyncIterator[Ports]:
    """Two that are ours until the block ends."""
    with socket.socket() as listening, socket.socket() as closed:
        for one in (listening, closed):
            one.bind(("127.0.0.1", 0))
        yield Ports(listening, closed)


@asynccontextmanager
async def receivers(ports: Ports, given: Mapping[str, Any]) -> AsyncIterator[Process]:
    """The receivers' process, ready; a line on its standard input ends the trouble. `given` as its module says."""
    numbers = [one.fileno() for one in (ports.listening, ports.closed)]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "portal.bench.storm.receiving", *map(str, numbers)),
        stdin=PIPE,
        stdout=PIPE,
        pass_fds=numbers,
    )
    try:
        say(process, orjson.dumps(given))
        if process.stdout is None or await process.stdout.readline() != READY:
            raise RuntimeError("the receivers did not start; see the lines above")
        yield process
    finally:
        await end(process)


def say(process: Process, line: bytes = b"") -> None:
    if process.stdin is not None:
        process.stdin.write(line + b"\n")


async def a_worker(environment: Mapping[str, str], log: int) -> Process:
    """A worker, which works as soon as it has started; it tells its troubles to the open file `log`."""
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "portal.bench.storm.worker"), env=os.environ | environment, stdout=log, stderr=log
    )


async def end(process: Process) -> None:
    """At once, as `kill -9` does."""
    if process.returncode is None:
        process.kill()
    await process.wait()
