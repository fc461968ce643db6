"""The citizen's way from the code to the receipt: how long each step takes, and what goes over the line with it."""

import re
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import repeat
from time import perf_counter

import httpx

from portal.bench.figures import Pair, Side, Turn
from portal.bench.ground import Ground
from portal.bench.questions import OpenCase, open_cases

_BOOKED = frozenset({"book", "receipt"})
STEPS = ("code", "rights", "results", "site", "hold", "confirm", "book", "receipt")

_OUR_FORM = {"Sec-Fetch-Site": "same-origin"}
_SITE = re.compile(r'href="(/steder/[0-9]+)"')
_SLOT = re.compile(r'name="slot"\s+value="([0-9]+)"')
_FIELD = re.compile(r'name="(key|flyt)" value="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Step:
    """`bytes` are the answers' bodies as they come over the line, packed; redirects count as requests."""

    requests: int
    bytes: int
    milliseconds: float


async def journey(ground: Ground) -> AsyncGenerator[Pair, None]:
    """Each step by itself: every turn walks the steps before it, and books as a citizen who has no time yet."""
    country = await ground.country()
    # Each turn of the last two steps ends with a booking, and so does the look at the sizes.
    waiting = iter(await open_cases(country, datetime.now(UTC), (ground.effort.rounds + 1) * 2 + 2))
    undecided = repeat(next(waiting))
    async with ground.server(country) as port:
        sizes = await _walk(port, next(waiting), STEPS[-1])
        for name in STEPS:
            size, walking = sizes[name], waiting if name in _BOOKED else undecided
            about = f"{size.requests} requests, {size.bytes / 1000:.1f} kB"
            yield Pair(f"journey, {name}: {about}", "ms", _side(port, walking, name))


def _side(port: int, walking: Iterator[OpenCase], name: str) -> Side:
    async def turn() -> Turn:
        taken = (await _walk(port, next(walking), name))[name].milliseconds
        return Turn(taken, (taken,))

    return turn


async def _walk(port: int, case: OpenCase, last: str) -> dict[str, Step]:
    """The steps up to this one, on one connection, as a browser without its memory walks them."""
    found: dict[str, Step] = {}
    async with (
        httpx.AsyncClient(
            base_url=f"http://localhost:{port}", headers={"Accept-Encoding": "gzip"}, follow_redirects=True, timeout=30
        ) as client,
        aclosing(_steps(client, case)) as steps,
    ):
        async for name, step in steps:
            found[name] = step
            if name == last:
                break
    return found


async def _steps(client: httpx.AsyncClient, case: OpenCase) -> AsyncGenerator[tuple[str, Step], None]:
    code = case.code
    _, step = await _timed(client, "POST", "/kode", kode=code.code)
    yield "code", step
    _, step = await _timed(client, "GET", "/muligheder")
    yield "rights", step
    page, step = await _timed(client, "GET", "/steder?radius=alle")
    yield "results", step
    page, step = await _timed(client, "GET", _first(_SITE, page))
    yield "site", step
    page, step = await _timed(client, "POST", "/hold", slot=_first(_SLOT, page))
    yield "hold", step
    born = {"dag": code.date_of_birth.day, "maaned": code.date_of_birth.month, "aar": code.date_of_birth.year}
    page, step = await _timed(client, "POST", "/bekraeft", kontrolkode=code.access_code, **born)
    yield "confirm", step
    fields = {"slot": _first(_SLOT, page), "samtykke": "ja", "frist": "ja"} | dict(_FIELD.findall(page))
    _, step = await _timed(client, "POST", "/book", **fields)
    yield "book", step
    _, step = await _timed(client, "GET", "/kvittering")
    yield "receipt", step


async def _timed(client: httpx.AsyncClient, method: str, path: str, **fields: object) -> tuple[str, Step]:
    """The page that it leads to. Raises for an answer that is none."""
    began = perf_counter()
    answer = await client.request(method, path, data=fields or None, headers=_OUR_FORM)
    taken = (perf_counter() - began) * 1000
    answer.raise_for_status()
    answers = [*answer.history, answer]
    return answer.text, Step(len(answers), sum(one.num_bytes_downloaded for one in answers), taken)


def _first(pattern: re.Pattern[str], page: str) -> str:
    found = pattern.search(page)
    if found is None:
        raise RuntimeError(f"the page has no {pattern.pattern}")
    return found[1]
