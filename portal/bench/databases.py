"""Where the benchmarks' databases are: on a server of their own, or beside the one that the environment names."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from portal import embedded
from portal.demo_secrets import Secrets, make_secrets
from portal.embedded import Server
from portal.settings_files import given_database_url
from providers.database import connect

PREFIX = "genvej_bench_"
_CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE starts_with(datname, $1)"


@dataclass(frozen=True, slots=True)
class Databases:
    """`address` gives the owner's address of a database by its name; `secrets` seal what is in all of them.

    `server` is ours alone; None = one that others may use as well.
    """

    address: Callable[[str], str]
    secrets: Secrets
    server: Server | None = None

    async def restart(self) -> None:
        """Restart the server; one that is not ours only has the benchmarks' connections cut."""
        if self.server is not None:
            await asyncio.to_thread(self.server.restart)
            return
        connection = await connect(self.address("postgres"))
        try:
            await connection.execute(_CUT, PREFIX)
        finally:
            await connection.close()

    async def make(self, name: str) -> bool:
        """Create the database; the answer is whether it was not there."""
        connection = await connect(self.address("postgres"))
        try:
            if await connection.fetchval("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", name):
                return False
            await connection.execute(f"CREATE DATABASE {name}")
            return True
        finally:
            await connection.close()

    async def drop(self, prefix: str = PREFIX) -> None:
        """Drop everything that was made for a benchmark, or what is called so."""
        connection = await connect(self.address("postgres"))
        try:
            for name in await connection.fetch(
                "SELECT datname FROM pg_database WHERE starts_with(datname, $1)", prefix
            ):
                await connection.execute(f"DROP DATABASE {name['datname']} WITH (FORCE)")
        finally:
            await connection.close()


@asynccontextmanager
async def databases(kept: Path | None) -> AsyncIterator[Databases]:
    """Databases for the time of the block; those in the folder `kept` are left there, to be used again.

    A server that is started here is without durability: what is compared is programs, not disks.
    """
    if kept is not None:
        with embedded.start(kept, durable=False) as server:
            yield Databases(server.address, make_secrets(kept), server)
    elif given := given_database_url():
        folder = Path(tempfile.mkdtemp())
        beside = Databases(lambda name: urlsplit(given)._replace(path=f"/{name}").geturl(), make_secrets(folder))
        try:
            yield beside
        finally:
            await beside.drop()
            shutil.rmtree(folder)
    else:
        with embedded.scratch() as server:
            yield Databases(server.address, make_secrets(server.data), server)
