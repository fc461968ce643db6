"""The import of plans: reading, sealing, linking, events, log and reports, beside COPY of the rows that come of it."""

from collections.abc import AsyncGenerator, Callable
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import count
from time import perf_counter

import asyncpg

from matching.intake.directory import load_directory
from matching.intake.storing import File
from matching.intake.taking import BATCH, take_in
from matching.models import MessageSource
from portal.bench.figures import Pair, Side, Turn
from portal.bench.ground import Country, Ground
from portal.bench.messages import a_list, messages
from providers.actors import SYSTEM
from providers.clock import local_date
from providers.database import WORKER_ROLE, connect, connected

PLANS = 10_000
"""Plans of a turn, where it may last as long as it likes."""

_EACH_SECOND = 7_000
_SITES = 100
_HOME = "0101"
_TABLES = ("raw_message", "plan", "case_event", "audit_entry", "report", "arrival")
_EMPTY = f"TRUNCATE {', '.join(f'bare.{table}' for table in _TABLES)}"

Make = Callable[[int, int, date], list[File]]


async def imports(ground: Ground) -> AsyncGenerator[Pair, None]:
    """Plans as an operator brings them: a list in one file, and as many files with a message each."""
    country = await ground.country(_SITES, cases=0)
    plans, turns = min(PLANS, int(ground.effort.seconds * _EACH_SECOND)), count(1)
    await _bare_tables(country)
    kinds: dict[str, Make] = {"in one CSV file": a_list, "as GGOP messages": messages}
    for kind, make in kinds.items():

        async def ours(make: Make = make) -> Turn:
            return await _imported(country, make(next(turns), plans, local_date(datetime.now(UTC))), plans)

        yield Pair(f"import of {plans} plans {kind}", "plans/s", ours, _copied(country), "COPY of the same rows")


async def _bare_tables(country: Country) -> None:
    """Tables alike, with their indexes and without their triggers."""
    connection = await connect(country.url)
    await connection.execute("DROP SCHEMA IF EXISTS bare CASCADE; CREATE SCHEMA bare")
    for table in _TABLES:
        await connection.execute(f"CREATE TABLE bare.{table} (LIKE public.{table} INCLUDING ALL)")
    await connection.close()


async def _imported(country: Country, files: list[File], plans: int) -> Turn:
    """The files go first out of the database that were there before, so that it does not grow from turn to turn."""
    owner = await connect(country.url)
    await owner.execute(f"TRUNCATE {', '.join(_TABLES)} CASCADE; TRUNCATE audit_unsealed")
    await owner.close()
    async with connected(country.url, role=WORKER_ROLE, pool_size=2):
        directory, vault = await load_directory(), country.settings.vault()
        began = perf_counter()
        for first in range(0, len(files), BATCH):
            await take_in(
                files[first : first + BATCH],
                municipality=_HOME,
                source=MessageSource.COMMAND,
                directory=directory,
                actor=SYSTEM,
                now=datetime.now(UTC),
                vault=vault,
            )
        return Turn(plans / (perf_counter() - began))


def _copied(country: Country) -> Side:
    """Everything that the last import has written."""

    async def turn() -> Turn:
        connection = await connect(country.url)
        try:
            rows = {table: await _rows(connection, table) for table in _TABLES}
            plans = await connection.fetchval("SELECT count(*) FROM plan")
            await connection.execute(_EMPTY)
            began = perf_counter()
            async with connection.transaction():
                for table, file in rows.items():
                    await connection.copy_to_table(table, source=file, schema_name="bare", format="binary")
            return Turn(plans / (perf_counter() - began))
        finally:
            await connection.close()

    return turn


async def _rows(connection: asyncpg.Connection, table: str) -> BytesIO:
    file = BytesIO()
    await connection.copy_from_table(table, output=file, schema_name="public", format="binary")
    file.seek(0)
    return file
