"""tipg, a public program that serves PostGIS over HTTP: on the finder's own function, and on the table of offers.

It is installed into an environment of its own, in a temporary folder, for the time of the benchmark.
"""

import asyncio
import os
import shutil
import socket
import sys
import tempfile
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

from portal.bench.bare import LIMIT
from portal.bench.figures import Pair
from portal.bench.function import Function, make_function
from portal.bench.ground import Country, Ground
from portal.bench.load import BadAnswer, ask_well, clients, flood, request
from portal.bench.match import as_json
from portal.bench.questions import Question, questions
from providers.packages import package_level_id

_PACKAGES = ("tipg", "uvicorn[standard]")
_PATIENCE = 60


class NotInstalled(RuntimeError):
    """The text is the installer's last line."""


async def beside_tipg(ground: Ground) -> AsyncGenerator[Pair, None]:
    """What our own endpoint gives, asked of a general one. Without a network there is nothing to compare with."""
    country = await ground.country()
    asked = await questions(country)
    function = await make_function(country, asked)
    seconds = ground.effort.seconds
    try:
        async with _tipg(country, function) as tipg, ground.server(country) as portal:
            ours = flood(portal, as_json(asked, LIMIT), seconds)
            name = "match without a code, beside tipg"
            calls = [_items(function.name, call) for call in function.calls]
            yield Pair(f"{name}'s function", "requests/s", ours, flood(tipg, calls, seconds), "tipg on the same SQL")
            rows = [_items("offer", _filter(question)) for question in asked]
            yield Pair(
                f"{name}'s table", "requests/s", ours, flood(tipg, rows, seconds), "tipg on any 20 of its offers"
            )
    except NotInstalled as error:
        ground.note(f"tipg could not be installed, so there is no figure beside it: {error}")


def _items(collection: str, query: dict[str, str]) -> bytes:
    return request(f"/collections/public.{collection}/items", query={**query, "limit": LIMIT, "f": "json"})


def _filter(question: Question) -> dict[str, str]:
    """The table cannot be asked for the nearest, only for what is delivered."""
    return {"package_level_id": str(package_level_id(question.package or "", question.level or ""))}


@asynccontextmanager
async def _tipg(country: Country, function: Function) -> AsyncIterator[int]:
    """The port on which it answers."""
    folder = Path(tempfile.mkdtemp(prefix="genvej-tipg-"))
    try:
        python = await _install(folder)
        with socket.create_server(("127.0.0.1", 0), backlog=256) as listener:
            process = await asyncio.create_subprocess_exec(
                *(str(python), "-m", "uvicorn", "tipg.main:app", "--fd", str(listener.fileno())),
                *("--no-access-log", "--log-level", "error"),
                env=os.environ | _environment(country.url, function.name),
                pass_fds=[listener.fileno()],
                cwd=folder,
            )
            try:
                port: int = listener.getsockname()[1]
                await _wait_for(port)
                yield port
            finally:
                process.kill()
                await process.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def _install(folder: Path) -> Path:
    python = folder / "bin/python"
    for command in ((sys.executable, "-m", "venv", str(folder)), (str(python), "-m", "pip", "install", *_PACKAGES)):
        process = await asyncio.create_subprocess_exec(*command, stdout=DEVNULL, stderr=PIPE)
        _, errors = await process.communicate()
        if process.returncode:
            raise NotInstalled((errors.decode().strip().splitlines() or ["no reason was given"])[-1])
    return python


def _environment(url: str, function: str) -> dict[str, str]:
    """It wants the folder of a socket where a host stands, and sees nothing but what is asked for."""
    parts = urlsplit(url)
    host = parts.query.removeprefix("host=") if not parts.hostname else ""
    address = parts._replace(netloc=f"{parts.username}@{quote(host, safe='')}", query="").geturl() if host else url
    return {
        "DATABASE_URL": address,
        "TIPG_DB_TABLES": '["public.offer"]',
        "TIPG_DB_FUNCTIONS": f'["public.{function}"]',
        "TIPG_DB_ONLY_SPATIAL_TABLES": "false",
        "TIPG_DB_SPATIAL_EXTENT": "false",
        "TIPG_DB_DATETIME_EXTENT": "false",
        "TIPG_CATALOG_TTL": "0",
    }


async def _wait_for(port: int) -> None:
    async with asyncio.timeout(_PATIENCE), clients(port, 1) as (client,):
        answer = await ask_well(client, request("/healthz"))
        if answer.status != 200:
            raise BadAnswer("tipg does not feel well")
