"""What a block of code asks of the database, statement by statement."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from asyncpg.connection import LoggedQuery
from tortoise import context

from providers.database import client


@asynccontextmanager
async def statements() -> AsyncIterator[list[str]]:
    """The SQL statements that the block sends, BEGIN and COMMIT included, in their order.

    All of them must go over one connection: the portal's, where one runs in this process, with a pool of one; else
    that of the test's own transaction.
    """
    portal = context._global_context
    asked = portal.connections.get("default") if portal else client()
    sent: list[str] = []

    def note(query: LoggedQuery) -> None:
        sent.append(" ".join(query.query.split()))

    async with asked.acquire_connection() as connection:
        connection.add_query_logger(note)
    yield sent
    # The driver tells of a statement on the event loop's next turn.
    await asyncio.sleep(0)
    async with asked.acquire_connection() as connection:
        connection.remove_query_logger(note)
