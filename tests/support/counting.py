"""What a block of code asks of the database, statement by statement."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from asyncpg.connection import LoggedQuery

from providers.database import client


@asynccontextmanager
async def statements() -> AsyncIterator[list[str]]:
    """The SQL statements that the block sends, BEGIN and COMMIT included, in their order.

    All of them must go over one connection: the app is run with a pool of one, or the test in a transaction.
    """
    sent: list[str] = []

    def note(query: LoggedQuery) -> None:
        sent.append(" ".join(query.query.split()))

    async with client().acquire_connection() as connection:
        connection.add_query_logger(note)
    yield sent
    # The driver tells of a statement on the event loop's next turn.
    await asyncio.sleep(0)
    async with client().acquire_connection() as connection:
        connection.remove_query_logger(note)
