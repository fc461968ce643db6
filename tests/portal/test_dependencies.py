"""The check of dependencies: the real programs, asking services on this machine that know what the test tells them."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import orjson
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.support.receivers import address_of, bound_socket, serving

# Half a minute for what changes only with the locks.
pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]
UNSAFE_PYTHON = {
    "id": "TEST-1",
    "summary": "Opdigtet",
    "details": "",
    "affected": [
        {
            "package": {"name": "jinja2", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "99.0"}]}],
        }
    ],
}
UNSAFE_FRONT_END = {
    "id": 1,
    "url": "https://advisories.example/1",
    "title": "Opdigtet",
    "severity": "high",
    "vulnerable_versions": "<99.0.0",
    "cwe": [],
    "cvss": {"score": 0, "vectorString": None},
}


@contextmanager
def advisories(python: dict[str, Any], front_end: dict[str, Any]) -> Iterator[str]:
    """A service that knows these advisories, by package; its address."""

    async def osv(request: Request) -> Response:
        name = orjson.loads(await request.body())["package"]["name"]
        return JSONResponse({"vulns": [python[name]]} if name in python else {})

    async def bulk(request: Request) -> Response:
        return JSONResponse({name: [known] for name, known in front_end.items()})

    async def package(request: Request) -> Response:
        return JSONResponse({"error": "not found"}, 404)

    app = Starlette(
        routes=[
            Route("/osv", osv, methods=["POST"]),
            Route("/-/npm/v1/security/advisories/bulk", bulk, methods=["POST"]),
            Route("/{name:path}", package),
        ]
    )
    listener = bound_socket()
    with serving(app, listener):
        yield urlsplit(address_of(listener))._replace(path="").geturl()


async def check(service: str, home: Path) -> tuple[int, str, str]:
    """The command's exit code, what it says, and what it complains of."""
    environment = {
        **os.environ,
        "npm_config_registry": f"{service}/",
        "npm_config_cache": str(home),
        "npm_config_fetch_retries": "0",
        "PIP_CACHE_DIR": str(home),
        "NO_PROXY": "127.0.0.1",
    }
    command = (sys.executable, "-m", "portal.commands", "check-dependencies", "--advisories", f"{service}/osv")
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environment, stdout=PIPE, stderr=PIPE)
    said, complained = await process.communicate()
    return process.returncode or 0, said.decode(), complained.decode()


async def test_when_nothing_is_known_one_line_says_so(tmp_path: Path) -> None:
    with advisories({}, {}) as service:
        assert await check(service, tmp_path) == (
            0,
            "✓ Nothing is known against any package of requirements-test.lock and static/package-lock.json.\n",
            "",
        )


async def test_what_is_known_is_named_with_its_package_and_what_mends_it(tmp_path: Path) -> None:
    with advisories({"jinja2": UNSAFE_PYTHON}, {"htmx.org": UNSAFE_FRONT_END}) as service:
        code, said, complained = await check(service, tmp_path)
    python, front_end = said.splitlines()
    assert (code, complained) == (1, "")
    assert python.startswith("✗ jinja2 ")
    assert python.endswith(": TEST-1, mended in 99.0")
    assert front_end == "✗ htmx.org: Opdigtet (high)"


async def test_without_the_network_one_line_says_so_and_nothing_is_called_good(tmp_path: Path) -> None:
    with bound_socket() as nobody:
        service = urlsplit(address_of(nobody))._replace(path="").geturl()
        code, said, complained = await check(service, tmp_path)
    assert (code, said) == (2, "")
    assert complained == "pip-audit could not ask for advisories. It needs the network; not everything was checked.\n"
