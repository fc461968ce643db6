"""Databases for tests: one template, made by whoever comes first, and cheap clones of it.

The template's name holds a hash of everything that decides its content, so it outlives a run and is never stale.
Every session holds a lock in the name of its template and one in the name of its own databases; what nobody holds a
lock for was left behind, and the next session sweeps it away.
"""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from itertools import count
from pathlib import Path
from secrets import token_hex
from typing import Self
from urllib.parse import urlsplit

import asyncpg

from providers.database import connect, connected, execute, migrate
from providers.reference import load_reference

_ROOT = Path(__file__).parents[2]
_TEMPLATE = "genvej_template_"
_TEST = "genvej_test_"
_PREPARING = "genvej_preparing"


class Databases:
    """Fresh databases on one server; `connection` is a superuser's, to the database `postgres`."""

    def __init__(self, server_url: str, connection: asyncpg.Connection) -> None:
        self._server_url = server_url
        self._connection = connection
        self._prefix = _TEST + token_hex(4)
        self._numbers = count()

    @classmethod
    @asynccontextmanager
    async def on(cls, server_url: str) -> AsyncIterator[Self]:
        """Connect, sweep, and see to it that the template is there."""
        connection = await connect(server_url)
        try:
            databases = cls(server_url, connection)
            await databases._prepare()
            yield databases
        finally:
            await connection.close()

    @asynccontextmanager
    async def fresh(self, template: str | None = None) -> AsyncIterator[str]:
        """The owner's address of a new database, dropped afterwards with whoever is still connected."""
        name = f"{self._prefix}_{next(self._numbers)}"
        await self._connection.execute(f"CREATE DATABASE {name} TEMPLATE {template or template_name()}")
        try:
            yield self._address(name)
        finally:
            await self._connection.execute(f"DROP DATABASE {name} WITH (FORCE)")

    async def names(self) -> list[str]:
        """The names of the server's databases that were made for tests."""
        return [*await self._existing(_TEMPLATE), *await self._existing(_TEST)]

    async def _prepare(self) -> None:
        await self._connection.execute("SELECT pg_advisory_lock(hashtext($1))", _PREPARING)
        try:
            for name in (template_name(), self._prefix):
                await self._connection.execute("SELECT pg_advisory_lock_shared(hashtext($1))", name)
            await self._sweep()
            if template_name() not in await self.names():
                await self._make_template()
        finally:
            await self._connection.execute("SELECT pg_advisory_unlock(hashtext($1))", _PREPARING)

    async def _make_template(self) -> None:
        """Under another name until it is whole, so that a killed run leaves nothing that looks finished."""
        async with self.fresh("template0") as url:
            await migrate(url)
            async with connected(url, pool_size=1):
                await load_reference()
                # Nearly half of a fresh database is reference systems that we never use; without them a clone is made
                # in half the time.
                await execute("DELETE FROM spatial_ref_sys WHERE srid NOT IN (4326, 25832)")
                await execute("VACUUM FULL ANALYZE")
            await self._connection.execute(f"CREATE DATABASE {template_name()} TEMPLATE {urlsplit(url).path[1:]}")

    async def _sweep(self) -> None:
        for name in await self._left_behind():
            holder = name if name.startswith(_TEMPLATE) else name.rpartition("_")[0]
            if holder in (template_name(), self._prefix):
                continue
            if await self._connection.fetchval("SELECT pg_try_advisory_lock(hashtext($1))", holder):
                await self._connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
                await self._connection.execute("SELECT pg_advisory_unlock(hashtext($1))", holder)

    async def _left_behind(self) -> list[str]:
        """Databases that may be swept; a template only when it is old, as another working copy may need it soon."""
        query = """
        SELECT datname FROM pg_database
        WHERE starts_with(datname, $1) OR starts_with(datname, $2)
          AND (pg_stat_file(format('base/%s/PG_VERSION', oid))).modification < now() - interval '12 hours'
        """
        return [name for (name,) in await self._connection.fetch(query, _TEST, _TEMPLATE)]

    async def _existing(self, prefix: str) -> list[str]:
        query = "SELECT datname FROM pg_database WHERE starts_with(datname, $1)"
        return [name for (name,) in await self._connection.fetch(query, prefix)]

    def _address(self, database: str) -> str:
        return urlsplit(self._server_url)._replace(path=f"/{database}").geturl()


async def make_template(server_url: str) -> None:
    """See to it that the template is there, for whoever comes later."""
    async with Databases.on(server_url):
        pass


def template_name() -> str:
    """The template's name: a hash of the migrations, the reference data and the queue's version."""
    digest = hashlib.sha256(version("pgqueuer").encode() + Path(__file__).read_bytes())
    for folder in (_ROOT / "migrations", _ROOT / "providers/reference"):
        for path in sorted(file for file in folder.rglob("*") if file.suffix in {".py", ".csv", ".json"}):
            digest.update(path.read_bytes())
    return _TEMPLATE + digest.hexdigest()[:16]
