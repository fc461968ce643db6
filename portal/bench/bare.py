"""The reference of the match: the least that a web server can do with the finder's statements and their rows."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import asyncpg
import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from matching.finding import find
from portal.bench.questions import Question
from portal.bench.recording import recorded
from portal.settings import Settings
from providers.database import APP_ROLE, connected, session_settings
from providers.reference import load_catalogue

Statements = Sequence[tuple[str, Sequence[object]]]
LIMIT = 20


def bare(settings: Settings, asked: list[dict[str, Any]]) -> Starlette:
    """Answers `/?n=17` with the rows that the finder's statements give for the 17th question."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        app.state.known = await _statements(settings, [Question(**question) for question in asked])
        session = session_settings(APP_ROLE)
        async with asyncpg.create_pool(
            settings.database_url, min_size=1, max_size=10, reset=_nothing, server_settings=session
        ) as pool:
            app.state.pool = pool
            yield

    return Starlette(routes=[Route("/", _answer)], lifespan=lifespan)


async def _answer(request: Request) -> Response:
    rows: list[asyncpg.Record] = []
    async with request.app.state.pool.acquire() as connection:
        for query, values in request.app.state.known[int(request.query_params["n"])]:
            rows += await connection.fetch(query, *values)
    return Response(orjson.dumps([dict(row) for row in rows]), media_type="application/json")


async def _nothing(connection: asyncpg.Connection) -> None:
    """Our own pool does as little between two users of a connection."""


async def _statements(settings: Settings, asked: Sequence[Question]) -> list[Statements]:
    """What the finder sends for each question."""
    known: list[Statements] = []
    async with connected(settings.database_url, role=APP_ROLE, pool_size=1):
        catalogue, now = await load_catalogue(), datetime.now(UTC)
        for question in asked:
            search = await question.search(catalogue, settings.policy, now, LIMIT)
            async with recorded() as sent:
                await find(search)
            known.append([(query.query, query.args) for query in sent])
    return known
