"""One portal of two processes for all races, and the database that it works on."""

from collections.abc import AsyncIterator

import httpx
import pytest_asyncio

from providers.database import connected
from tests.support.databases import Databases
from tests.support.server import a_server

Served = tuple[httpx.AsyncClient, str]


@pytest_asyncio.fixture(scope="session")
async def served(databases: Databases) -> AsyncIterator[Served]:
    """A client of the portal, and the address of its database."""
    async with databases.fresh() as url, a_server(url) as client:
        yield client, url


@pytest_asyncio.fixture
async def portal(served: Served) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the portal, with the test connected to the same database as a third process."""
    client, url = served
    async with connected(url):
        yield client
