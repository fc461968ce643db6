"""The guard: what session, row-level security and the look-up log cost a page, beside the same page without them."""

from collections.abc import AsyncGenerator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from portal.bench.figures import Pair, Side
from portal.bench.ground import Country, Ground
from portal.bench.load import flood, request
from portal.bench.questions import open_cases
from portal.visits import cookie_name
from providers.database import connected, fetch
from providers.sessions import Limits, Visit, save_visit

_UNGUARDED = "portal.bench.unguarded:unguarded"
_WITHOUT = "the same page without session, row-level security and log"
_PAGES = {"/steder": "page: places by code", "/min-tid": "page: a citizen's case"}
_VISITS = 100
_A_DAY = Limits(timedelta(days=1), timedelta(days=1))

Visits = dict[str, dict[str, Any]]
"""Of a visit's id: what the visit holds."""


async def guard(ground: Ground) -> AsyncGenerator[Pair, None]:
    """The list of places by code, and a citizen's case."""
    country, now = await ground.country(), datetime.now(UTC)
    lists = await _visits(country, [{"plan": case.plan_id} for case in await open_cases(country, now, _VISITS)])
    cases = await _visits(country, [{"plan": plan, "verified": True} for plan in await _booked(country)])
    seconds = ground.effort.seconds
    async with ground.server(country) as portal, ground.server(country, _UNGUARDED, lists | cases) as open_house:

        def side(port: int, path: str, visits: Visits) -> Side:
            cookie = cookie_name(country.settings)
            return flood(port, [request(path, headers={"Cookie": f"{cookie}={visit}"}) for visit in visits], seconds)

        for name, path, visits in (
            ("list of places by code", "/steder", lists),
            ("case of a citizen", "/min-tid", cases),
        ):
            ours, theirs = side(portal, path, visits), side(open_house, path, visits)
            yield Pair(f"page: {name}, {path}", "requests/s", ours, theirs, _WITHOUT)


async def _visits(country: Country, held: Sequence[dict[str, Any]]) -> Visits:
    """Visits that have just begun."""
    now = datetime.now(UTC)
    async with connected(country.url, pool_size=1):
        return {await save_visit(Visit(data=dict(data)), now, _A_DAY): data for data in held}


async def _booked(country: Country) -> list[int]:
    """Plans whose citizens have a time."""
    async with connected(country.url, pool_size=1):
        return [row["id"] for row in await fetch("SELECT id FROM plan WHERE state = 'booked' LIMIT $1", _VISITS)]
