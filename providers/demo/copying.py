"""Many rows at once, inside the transaction that is open."""

from collections.abc import AsyncIterator, Iterable
from itertools import islice
from typing import Any

from providers.database import client, fetch, fetch_value

_LINES = 2000


async def copy_rows(table: str, columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    """Write the rows with COPY; they are drawn one by one, so there may be more than fit into the memory."""
    async with client().acquire_connection() as connection:
        await connection.copy_records_to_table(table, records=rows, columns=columns)


async def copy_lines(table: str, columns: tuple[str, ...], lines: Iterable[str]) -> None:
    r"""The same for millions of rows, each a line as COPY reads it: tabs between the cells, `\N` for none.

    Writing a line is several times faster than turning each cell into PostgreSQL's own form.
    """
    async with client().acquire_connection() as connection:
        await connection.copy_to_table(table, source=_chunks(lines), columns=columns)


async def _chunks(lines: Iterable[str]) -> AsyncIterator[bytes]:
    drawn = iter(lines)
    while chunk := list(islice(drawn, _LINES)):
        yield ("\n".join(chunk) + "\n").encode()


async def take_ids(table: str, count: int) -> list[int]:
    """Numbers from the table's own sequence, for rows that others will refer to."""
    query = "SELECT nextval(pg_get_serial_sequence($1, 'id')) AS id FROM generate_series(1, $2)"
    return [row["id"] for row in await fetch(query, table, count)]


async def take_range(table: str, count: int) -> range:
    """So many numbers in a row from the table's own sequence, which nobody else is drawing from."""
    query = "SELECT setval(sequence, nextval(sequence) + $2 - 1) FROM pg_get_serial_sequence($1, 'id') sequence"
    last: int = await fetch_value(query, table, count)
    return range(last - count + 1, last + 1)
