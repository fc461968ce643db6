"""The ORM's transaction, which leaves nothing behind when it cannot begin.

Left to itself, the ORM takes a connection and makes it the task's own before it sends BEGIN. When that fails, because
the database went away or the task was cancelled, nobody gives the connection back and the task keeps it: everything
that it does later is sent to a dead connection, and the pool has one fewer.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from tortoise.backends.asyncpg.client import TransactionWrapper
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.connection import get_connection, get_connections
from tortoise.transactions import in_transaction

_NAME = "default"


@asynccontextmanager
async def orm_transaction() -> AsyncIterator[None]:
    """`in_transaction`; the task's connection afterwards is what it was before, however the block ended."""
    before = get_connection(_NAME)
    try:
        async with in_transaction(_NAME):
            yield
    finally:
        left = get_connection(_NAME)
        if left is not before:
            get_connections().set(_NAME, before)
            await _give_back(left, before)


async def _give_back(left: BaseDBAsyncClient, before: BaseDBAsyncClient) -> None:
    """Back to the pool; a transaction within another one has no connection of its own."""
    if isinstance(before, TransactionWrapper) or not isinstance(left, TransactionWrapper):
        return
    # A connection that is dead makes room for another one, whatever it says.
    with suppress(Exception):
        if left._parent._pool is not None:
            await left._parent._pool.release(left._connection)
