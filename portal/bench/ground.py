"""What a benchmark stands on: countries of any size, each a database, and servers, each a process."""

import asyncio
import json
import os
import socket
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from portal.bench.databases import PREFIX, Databases
from portal.bench.measuring import Effort
from portal.bench.serving import READY
from portal.country import build_country
from portal.demo_secrets import Secrets
from portal.settings import Settings
from portal.settings_reading import read_settings
from providers.database import connected, migrate
from providers.demo.progress import Progress

PORTAL = "portal.bench.serving:portal"
"""The name of the portal for `Ground.server`; a reference has a function of its own."""

SMALL = 5_000
"""Sites of the country that a large one is compared with."""


@dataclass(frozen=True, slots=True)
class Country:
    """A database of invented sites and cases, and the settings with which to serve it."""

    url: str
    settings: Settings
    secrets: Secrets
    sites: int

    @property
    def seed(self) -> bytes:
        """From which the codes of its cases can be computed."""
        return bytes.fromhex(self.secrets.seed)


@dataclass
class Ground:
    """`sites` and `cases` are how large a country should be; `progress` is told how far its making is."""

    databases: Databases
    sites: int
    effort: Effort
    progress: Progress
    cases: int = 2_000
    countries: dict[str, Country] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    """Sentences on what could not be measured."""

    def note(self, sentence: str) -> None:
        """Say, beside the figures, why one is missing."""
        self.notes.append(sentence)

    async def country(self, sites: int | None = None, *, cases: int | None = None) -> Country:
        """A country of that size; asked for again, the same one, as whoever came before has left it."""
        size = (self.sites if sites is None else sites, self.cases if cases is None else cases)
        name = f"{PREFIX}{size[0]}_{size[1]}"
        if name not in self.countries:
            self.countries[name] = await self._make(name, *size)
        return self.countries[name]

    async def _make(self, name: str, sites: int, cases: int) -> Country:
        new = await self.databases.make(name)
        url, secrets = self.databases.address(name), self.databases.secrets
        settings = settings_of(url, secrets)
        await migrate(url)
        if new:
            async with connected(url, pool_size=2):
                await build_country(secrets, settings, sites, cases, self.progress)
        return Country(url, settings, secrets, sites)

    @asynccontextmanager
    async def server(self, country: Country, made_by: str = PORTAL, parameters: Any = None) -> AsyncIterator[int]:
        """The port of a server of one process, made by a function as `portal.bench.serving` wants it."""
        with socket.create_server(("127.0.0.1", 0), backlog=256) as listener:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "portal.bench.serving", str(listener.fileno()), made_by),
                env=os.environ | environment_of(country.url, country.secrets),
                stdin=PIPE,
                stdout=PIPE,
                pass_fds=[listener.fileno()],
            )
            try:
                yield await _ready(process, listener, json.dumps(parameters))
            finally:
                if process.returncode is None:
                    process.kill()
                await process.wait()


async def _ready(process: asyncio.subprocess.Process, listener: socket.socket, parameters: str) -> int:
    if process.stdin and process.stdout:
        process.stdin.write(parameters.encode())
        process.stdin.close()
    if process.stdout is None or await process.stdout.readline() != READY:
        raise RuntimeError("a server did not start; see the lines above")
    port: int = listener.getsockname()[1]
    return port


def settings_of(url: str, secrets: Secrets, **more: Any) -> Settings:
    """For this process, whatever else the environment says."""
    return read_settings(
        database_url=url,
        field_keys=secrets.field_key,
        lookup_key=secrets.lookup_key,
        signing_key=secrets.signing_key,
        requests_per_minute=0,
        **more,
    )


def environment_of(url: str, secrets: Secrets) -> dict[str, str]:
    """The same for a process. All requests come from one address, which may come as often as it likes."""
    return {
        "GENVEJ_DATABASE_URL": url,
        "GENVEJ_FIELD_KEYS": secrets.field_key,
        "GENVEJ_LOOKUP_KEY": secrets.lookup_key,
        "GENVEJ_SIGNING_KEY": secrets.signing_key,
        "GENVEJ_REQUESTS_PER_MINUTE": "0",
    }
