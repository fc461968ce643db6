"""One database for test after test: swept in between, and dropped as soon as a test changes what it stands on.

Copying a template and dropping the copy costs many times as much as deleting the few rows of a test. What the template
holds, and the catalogue itself, is only compared; when either is no longer what it was, the next test gets a new copy.
"""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Self

import asyncpg

from providers.database import connect
from tests.support.databases import Databases
from tests.support.leaving import look_at_tables

_FILLED = """
SELECT name FROM (SELECT oid::regclass::text AS name FROM pg_class
                  WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace) AS tables
WHERE (xpath('/row/filled/text()', query_to_xml(format('SELECT EXISTS (SELECT FROM %s) AS filled', name),
                                                false, true, '')))[1]::text = 'true'
"""

_CATALOGUE = ("pg_class", "pg_attribute", "pg_attrdef", "pg_proc", "pg_trigger", "pg_policy", "pg_constraint")

# Replicas run no triggers and check no foreign keys, so the order does not matter and nothing is append-only.
_SWEEP = """
DO $sweep$
DECLARE
    swept text;
    used record;
BEGIN
    PERFORM set_config('session_replication_role', 'replica', true);
    FOREACH swept IN ARRAY '{tables}'::text[] LOOP
        EXECUTE 'DELETE FROM ' || swept;
    END LOOP;
    FOR used IN SELECT format('%I.%I', schemaname, sequencename)::regclass AS name, start_value FROM pg_sequences
                WHERE last_value IS NOT NULL AND NOT sequencename = ANY ('{sequences}') LOOP
        PERFORM setval(used.name, used.start_value, false);
    END LOOP;
END $sweep$
"""


class Reused:
    """The one database that a worker's tests take turns with."""

    def __init__(self, databases: Databases) -> None:
        self._databases = databases
        self._held = AsyncExitStack()
        self._url: str | None = None

    @classmethod
    @asynccontextmanager
    async def on(cls, databases: Databases) -> AsyncIterator[Self]:
        reused = cls(databases)
        try:
            yield reused
        finally:
            await reused._held.aclose()

    @asynccontextmanager
    async def clean(self) -> AsyncIterator[str]:
        """The owner's address of a database in which nobody has written."""
        if self._url is None:
            await self._open()
        assert self._url is not None
        try:
            yield self._url
        finally:
            await self._sweep()

    async def _open(self) -> None:
        self._url = await self._held.enter_async_context(self._databases.fresh())
        self._keeper = await connect(self._url)
        self._held.push_async_callback(self._keeper.close)
        filled = {name for (name,) in await self._keeper.fetch(_FILLED)}
        tables = await self._names(
            "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        used = await self._names("SELECT sequencename::text FROM pg_sequences WHERE last_value IS NOT NULL")
        self._compared = [*sorted(filled), *_CATALOGUE]
        self._sweeping = _SWEEP.format(tables=_array(set(tables) - filled), sequences=_array(used))
        self._known = await self._fingerprint()

    async def _sweep(self) -> None:
        """Take the connections of the test away, then what it wrote; give the database up when that is not enough."""
        try:
            await self._keeper.execute(
                "SELECT pg_terminate_backend(pid, 1000) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            await look_at_tables(self._keeper)
            await self._keeper.execute(self._sweeping)
            same = await self._fingerprint() == self._known
        except (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError):
            # A test that takes the database away takes our own connection with it.
            same = False
        if not same:
            await self._held.aclose()
            self._url = None

    async def _fingerprint(self) -> list[tuple[str, int, int]]:
        """Per table how many rows it has and a sum over where they are and who wrote them."""
        query = "SELECT count(*), sum(hashtextextended(ctid::text || xmin::text, 0) >> 20) FROM {}"
        both = " UNION ALL ".join(query.format(table) for table in self._compared)
        return [tuple(record) for record in await self._keeper.fetch(both)]

    async def _names(self, query: str) -> list[str]:
        return [name for (name,) in await self._keeper.fetch(query)]


def _array(names: set[str] | list[str]) -> str:
    return "{" + ",".join(sorted(names)) + "}"
