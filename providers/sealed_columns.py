"""Where sealed values lie, under which key each one is, and how all of them come under the newest.

Nobody is kept waiting: a batch is one statement, which leaves alone what somebody else has changed since it was read.
Whoever changes a value seals it with the newest key anyway.
"""

from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import asyncpg

from providers.database import execute, fetch, fetch_value, transaction
from providers.errors import Busy
from providers.vault import Vault

Progress = Callable[[str, int, int], None]
"""Called with the column's name, how many of its values have been looked at, and how many there are."""


def unseen(name: str, done: int, total: int) -> None:
    """For those who do not watch."""


# Few enough that the rows of a batch are locked for a moment only.
BATCH = 200
_PASSES = 3


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """A column whose values `Vault.seal` has made; NULL and empty are no values. `id_type` is the type of `id`.

    Where values are large, no more than `most` are held in memory at once.
    """

    table: str
    column: str
    id_type: str = "bigint"
    most: int = BATCH

    @property
    def name(self) -> str:
        return f"{self.table}.{self.column}"

    @property
    def filled(self) -> str:
        """The condition of its rows that hold a value."""
        return f"octet_length({self.column}) > 0"


STAFF_SEALED = (SealedColumn("account", "totp_secret"), SealedColumn("account", "totp_pending"))
"""The secrets of the staff's apps."""


async def keys_of_sealed(
    column: SealedColumn, vault: Vault, progress: Progress, *, batch: int = BATCH
) -> Counter[str | None]:
    """How many values each key has sealed, by its name; None = no key of ours opens them. Asked as the owner."""
    found = Counter[str | None]()
    async for rows in _batches(column, progress, batch):
        found.update(vault.sealed_by(row["sealed"]) for row in rows)
    return found


async def reseal(column: SealedColumn, vault: Vault, progress: Progress, *, batch: int = BATCH) -> int:
    """Bring every value that a key of ours opens under the newest one; the answer counts those that were not.

    May be broken off and called again: what is done is done. As the owner.
    """
    moved = 0
    for _ in range(_PASSES):
        left = 0
        async for rows in _batches(column, progress, batch):
            old = [row for row in rows if vault.sealed_by(row["sealed"]) in vault.field_keys[1:]]
            now_moved = await _reseal(column, old, vault) if old else 0
            moved, left = moved + now_moved, left + len(old) - now_moved
        if not left:
            break
    return moved


async def _reseal(column: SealedColumn, rows: list[asyncpg.Record], vault: Vault) -> int:
    update = f"""
    UPDATE {column.table} AS t SET {column.column} = v.fresh
    FROM unnest($1::{column.id_type}[], $2::bytea[], $3::bytea[]) AS v(id, was, fresh)
    WHERE t.id = v.id AND t.{column.column} = v.was
    """
    ids, were = [row["id"] for row in rows], [row["sealed"] for row in rows]
    fresh = [vault.seal(vault.open(sealed)) for sealed in were]
    try:
        async with transaction():
            return int((await execute(update, ids, were, fresh)).removeprefix("UPDATE "))
    except Busy:
        # Somebody has one of the rows locked for long; the next pass comes back to it.
        return 0


async def _batches(column: SealedColumn, progress: Progress, size: int) -> AsyncIterator[list[asyncpg.Record]]:
    """All values in the order of their rows' numbers, as they are when their turn comes."""
    total = int(await fetch_value(f"SELECT count(*) FROM {column.table} WHERE {column.filled}"))
    query = f"""
    SELECT id, {column.column} AS sealed FROM {column.table}
    WHERE {column.filled} AND ($1::{column.id_type} IS NULL OR id > $1) ORDER BY id LIMIT $2
    """
    done, after = 0, None
    while rows := await fetch(query, after, min(size, column.most)):
        yield rows
        done, after = done + len(rows), rows[-1]["id"]
        progress(column.name, done, max(total, done))
