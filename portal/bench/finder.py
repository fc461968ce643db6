"""The finder as it is asked at the database: which doors are open, in which order, and how long each answer takes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import cycle
from statistics import median
from time import perf_counter
from types import MappingProxyType

from matching.finding import Search, Sort, find
from matching.plan_facts import Basis
from portal.bench.bare import LIMIT
from portal.bench.figures import Side, Turn
from portal.bench.ground import Country
from portal.bench.meter import Meter
from portal.bench.questions import questions
from providers.database import APP_ROLE, connected
from providers.reference import load_catalogue

EVERYBODY = frozenset(Basis)
MIXES: Mapping[str, frozenset[Basis]] = MappingProxyType(
    {
        "own and contract": frozenset({Basis.OWN, Basis.CONTRACT}),
        "all but private": EVERYBODY - {Basis.EXTENDED},
        "private only": frozenset({Basis.EXTENDED}),
        "everybody": EVERYBODY,
    }
)
"""The doors that can be open to a citizen."""

_RADII = (None, 25_000.0, 10_000.0, 100_000.0)
_WARM, _FEWEST = 15, 5


@dataclass(frozen=True, slots=True)
class Asked:
    """Which doors are open, and in which order the list is."""

    bases: frozenset[Basis]
    sort: Sort = Sort.DISTANCE


async def lengths(country: Country, asked: Asked) -> Sequence[int]:
    """How many rows each question is answered with, and at least one."""
    async with connected(country.url, role=APP_ROLE, pool_size=1):
        return [max(1, len((await find(search)).items)) for search in await _searches(country, asked)]


async def asking(country: Country, asked: Asked, seconds: float, most: Sequence[int] = ()) -> Side:
    """One citizen after the other, from all over the country and within various distances; the median, in ms.

    What is counted is how long the database works, over a connection that has asked before. `most` are the most
    rows that each question may be answered with.
    """
    searches = await _searches(country, asked)
    if most:
        searches = [replace(search, limit=limit) for search, limit in zip(searches, cycle(most), strict=False)]
    following = cycle(searches)

    async def turn() -> Turn:
        taken: list[float] = []
        async with connected(country.url, role=APP_ROLE, pool_size=1):
            meter = await Meter.of_the_connection()
            for _ in range(_WARM):
                await find(next(following))
            end = perf_counter() + seconds
            while perf_counter() < end or len(taken) < _FEWEST:
                before = meter.read()
                await find(next(following))
                taken.append(meter.read() - before)
        return Turn(median(taken), taken)

    return turn


async def _searches(country: Country, asked: Asked) -> Sequence[Search]:
    """The same ones in the same order each time."""
    drawn, now = await questions(country), datetime.now(UTC)
    async with connected(country.url, pool_size=1):
        catalogue = await load_catalogue()
        made = [await question.search(catalogue, country.settings.policy, now, LIMIT) for question in drawn]
    return [
        replace(search, terms=replace(search.terms, bases=asked.bases), radius=radius, sort=asked.sort)
        for search, radius in zip(made, cycle(_RADII), strict=False)
    ]
