"""Many rows at once, inside the transaction that is open."""

from collections.abc import Iterable
from typing import Any

from providers.database import client, fetch


async def copy_rows(table: str, columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    """Write the rows with COPY; they are drawn one by one, so there may be more than fit into the memory."""
    async with client().acquire_connection() as connection:
        await connection.copy_records_to_table(table, records=rows, columns=columns)


async def take_ids(table: str, count: int) -> list[int]:
    """Numbers from the table's own sequence, for rows that others will refer to."""
    query = "SELECT nextval(pg_get_serial_sequence($1, 'id')) AS id FROM generate_series(1, $2)"
    return [row["id"] for row in await fetch(query, table, count)]
