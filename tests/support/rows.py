"""Many rows in one statement, and a way to undo everything a test wrote."""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

from tortoise.transactions import in_transaction

from providers.database import execute
from tests.support.leaving import look_at_tables

Row = Mapping[str, object]


async def insert(table: str, rows: Sequence[Row]) -> None:
    """Insert rows that all have the same columns; PostgreSQL reads each value as its column's type."""
    if not rows:
        return
    columns = ", ".join(rows[0])
    await execute(
        f"INSERT INTO {table} ({columns}) SELECT {columns}"
        f" FROM jsonb_populate_recordset(NULL::{table}, $1::text::jsonb)",
        json.dumps([dict(row) for row in rows], default=_text),
    )


@asynccontextmanager
async def undone() -> AsyncIterator[None]:
    """A transaction that is rolled back at the end: the cheapest empty database there is."""
    async with in_transaction("default") as connection:
        yield
        await look_at_tables(connection._connection)
        await connection.rollback()


def _text(value: object) -> str:
    return f"\\x{value.hex()}" if isinstance(value, bytes) else str(value)
