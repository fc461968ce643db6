"""The portal itself on a database of its own, with the tests' keys and a clock that the test sets."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send
from tortoise.context import _current_context

from portal.app import create_app
from portal.settings import Settings
from providers.database import connected
from tests.support.documented import DocumentedClient
from tests.support.worlds import FIELD_KEY, LOOKUP_KEY, NOW

SIGNING_KEY = "a third one that signs the cursors"
ADDRESS = "192.0.2.7"
"""Where the tests' requests come from: a network set aside for documentation (RFC 5737)."""


@dataclass
class Clock:
    """The instant at which every request comes in."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


def app_settings(url: str, **overrides: Any) -> Settings:
    """Settings with the keys that `worlds` seals with. One connection, so that a request which needs two is found."""
    values: dict[str, Any] = {
        "database_url": url,
        "field_keys": [FIELD_KEY],
        "lookup_key": LOOKUP_KEY,
        "signing_key": SIGNING_KEY,
        "pool_size": 1,
        # The clock stands still, and so would the count of a module's requests at the usual limit.
        "requests_per_minute": 100_000,
    }
    return Settings(**values | overrides)


@asynccontextmanager
async def running_app(url: str, clock: Clock, **overrides: Any) -> AsyncIterator[Starlette]:
    """The portal, started. It works as the app's role; the block's own verbs and models as the owner."""
    app = create_app(app_settings(url, **overrides), clock=clock)
    async with app.router.lifespan_context(app), connected(url):
        yield app


def as_itself(app: Starlette) -> ASGIApp:
    """The portal with its own connections, whatever the test is connected to."""

    async def call(scope: Scope, receive: Receive, send: Send) -> None:
        token = _current_context.set(app.state.database)
        try:
            await app(scope, receive, send)
        finally:
            _current_context.reset(token)

    return call


def client_of(app: Starlette, *, address: str = ADDRESS) -> httpx.AsyncClient:
    """A program that calls the portal without a network; every answer of the API is held against its documentation."""
    transport = httpx.ASGITransport(as_itself(app), client=(address, 50_000))
    return DocumentedClient(transport=transport, base_url="http://localhost:8000")
