"""A transaction that cannot begin leaves nothing behind: no connection is missing in the pool, none in the task."""

import asyncio

import pytest

from providers.database import connected, fetch_value, in_a_transaction, transaction

NUMBER = "SELECT pg_backend_pid()"


async def test_broken_off_while_it_begins_it_gives_its_connection_back(database: str) -> None:
    async with connected(database, pool_size=1):
        await fetch_value(NUMBER)
        for _ in range(3):
            with pytest.raises(TimeoutError):
                # The first thing that takes any time is BEGIN.
                async with asyncio.timeout(0), transaction():
                    raise AssertionError("it has begun all the same")
            assert not in_a_transaction()
        async with asyncio.timeout(5), transaction():
            assert await fetch_value(NUMBER)
