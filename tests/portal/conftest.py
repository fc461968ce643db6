"""The portal under test, in this process: its real routes and middleware on a real database."""

from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio
from starlette.applications import Starlette

from tests.support.apps import Clock, client_of, running_app
from tests.support.databases import Databases
from tests.support.identity import NOW, Office, an_office
from tests.support.pages import Visitor


@pytest.fixture
def clock() -> Clock:
    """What the portal takes for now; a test may set it forward."""
    return Clock()


@pytest_asyncio.fixture
async def portal_app(database_url: str, clock: Clock) -> AsyncIterator[Starlette]:
    """The portal on a database of the test's own; the test's verbs and models use the same connection."""
    async with running_app(database_url, clock) as app:
        yield app


@pytest_asyncio.fixture(scope="module")
async def module_api(databases: Databases) -> AsyncIterator[httpx.AsyncClient]:
    """One portal for a whole module, for tests that change nothing."""
    async with databases.fresh() as url, running_app(url, Clock()) as app, client_of(app) as client:
        yield client


@pytest_asyncio.fixture(scope="module")
async def shared_office(databases: Databases) -> AsyncIterator[Office]:
    """One portal with an issuer for a whole module; use `office`."""
    async with databases.fresh() as url, an_office(url) as office:
        yield office


@pytest_asyncio.fixture
async def office(shared_office: Office) -> Office:
    """Whatever a test made of the issuer and of time, the next one finds both as they were."""
    await shared_office.issuer.does()
    shared_office.clock.now = NOW
    return shared_office


@pytest_asyncio.fixture
async def api(portal_app: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    """A program that calls the portal."""
    async with client_of(portal_app) as client:
        yield client


@pytest_asyncio.fixture
async def visitor(portal_app: Starlette) -> AsyncIterator[Visitor]:
    """Somebody with a browser of their own."""
    async with client_of(portal_app) as client:
        yield Visitor(portal_app, client)
