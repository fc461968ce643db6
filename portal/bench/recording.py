"""Which SQL statements a piece of our code sends, and how long each took."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from asyncpg.connection import LoggedQuery

from providers.database import client

# The driver's own questions about types, which it asks once for each connection.
_OF_THE_DRIVER = ("SELECT current_setting('jit')", "SELECT set_config('jit'", "WITH RECURSIVE typeinfo_tree")


@asynccontextmanager
async def recorded() -> AsyncIterator[list[LoggedQuery]]:
    """The statements of the block, in order; `elapsed` in seconds. The database must be connected with one connection.

    What is found in the list is complete only after the block.
    """
    sent: list[LoggedQuery] = []

    def note(query: LoggedQuery) -> None:
        if not query.query.lstrip().startswith(_OF_THE_DRIVER):
            sent.append(query)

    async with client().acquire_connection() as connection:
        connection.add_query_logger(note)
    yield sent
    # The driver tells of a statement on the event loop's next turn.
    await asyncio.sleep(0)
    async with client().acquire_connection() as connection:
        connection.remove_query_logger(note)
