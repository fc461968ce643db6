"""The receivers as a process: `python -m portal.bench.storm.receiving OPEN CLOSED`, two sockets that are inherited.

The first line of the standard input is JSON with the conducts, the webhooks' secrets, the ledger's file, and where and
with which keys acknowledgements are posted. The second one ends the trouble; until then nobody listens at CLOSED.
"""

import asyncio
import socket
import sys
from pathlib import Path
from typing import BinaryIO, cast

import httpx
import orjson

from portal.bench.serving import READY
from portal.bench.storm.conduct import Conduct
from portal.bench.storm.recipients import Later, Recipients
from portal.bench.storm.wire import Line

_AGAIN_SECONDS = 0.5


async def main(listening: socket.socket, closed: socket.socket) -> None:
    """Receive until the standard input ends."""
    lines = await _input()
    given = orjson.loads(await lines.readline())
    conducts = {code: Conduct(name) for code, name in given["conducts"].items()}
    with open_ledger(given["ledger"]) as ledger:
        async with httpx.AsyncClient(base_url=given["portal"], timeout=10) as client:
            recipients = Recipients(conducts, given["secrets"], ledger, _later(client, given["keys"]))
            loop = asyncio.get_running_loop()
            servers = [await loop.create_server(lambda: Line(recipients.respond), sock=listening, backlog=256)]
            sys.stdout.buffer.write(READY)
            sys.stdout.buffer.flush()
            await lines.readline()
            recipients.calm.set()
            servers.append(await loop.create_server(lambda: Line(recipients.respond), sock=closed, backlog=256))
            await lines.read()


def open_ledger(path: str) -> BinaryIO:
    """Each line is in the file before its message is answered."""
    return cast(BinaryIO, Path(path).open("wb", buffering=0))


def _later(client: httpx.AsyncClient, keys: dict[str, str]) -> Later:
    """Posts until the portal has it: it may be without its database at this moment."""

    async def post(code: str, body: bytes) -> None:
        headers = {"Authorization": f"Bearer {keys[code]}", "Content-Type": "application/fhir+json"}
        # Another process decides when it can.
        while not await _posted(client, body, headers):  # noqa: ASYNC110
            await asyncio.sleep(_AGAIN_SECONDS)

    return post


async def _posted(client: httpx.AsyncClient, body: bytes, headers: dict[str, str]) -> bool:
    try:
        return (await client.post("/api/v1/inbound", content=body, headers=headers)).is_success
    except httpx.HTTPError:
        return False


async def _input() -> asyncio.StreamReader:
    reader = asyncio.StreamReader(limit=2**20)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    return reader


if __name__ == "__main__":
    asyncio.run(main(*(socket.socket(fileno=int(number)) for number in sys.argv[1:])))
