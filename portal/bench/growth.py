"""The finder at the database: how its statements get slower as the country gets larger."""

from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import cycle
from statistics import median
from time import perf_counter
from types import MappingProxyType

from matching.finding import Search, Sort, find
from matching.plan_facts import Basis
from portal.bench.bare import LIMIT
from portal.bench.figures import Pair, Point, Side, Turn, at_most, ours_at_most
from portal.bench.ground import SMALL, Country, Ground
from portal.bench.measuring import worst
from portal.bench.meter import Meter
from portal.bench.questions import questions
from providers.database import APP_ROLE, connected
from providers.reference import load_catalogue

MIXES: Mapping[str, frozenset[Basis]] = MappingProxyType(
    {
        "own and contract": frozenset({Basis.OWN, Basis.CONTRACT}),
        "all but private": frozenset(Basis) - {Basis.EXTENDED},
        "private only": frozenset({Basis.EXTENDED}),
        "everybody": frozenset(Basis),
    }
)
"""The doors that can be open to a citizen."""

_CURVES = {Sort.DISTANCE: "nearest first", Sort.FIRST_FREE: "soonest first"}
"""The lines of the drawing."""

_RADII = (None, 25_000.0, 10_000.0, 100_000.0)
_SIZES = (500, SMALL, 50_000)
# There are many of these pairs, and a turn has hundreds of questions all the same.
_SHARE_OF_A_TURN = 1 / 3
_WARM, _FEWEST = 15, 5


async def growth(ground: Ground) -> AsyncGenerator[Pair, None]:
    """Every mix of bases in the large country against a small one; and everybody in countries between.

    In order of time as well, for everybody.
    """
    large, small = await ground.country(), await ground.country(min(SMALL, ground.sites))
    against = f"the same in a country of {small.sites:,} sites"
    seconds = ground.effort.seconds * _SHARE_OF_A_TURN
    for mix, bases in MIXES.items():
        ours, theirs = await _asking(large, bases, seconds), await _asking(small, bases, seconds)
        name = f"match at the database, {mix}"
        point = Point(_CURVES[Sort.DISTANCE], large.sites) if mix == "everybody" else None
        yield Pair(f"{name}: median", "ms", ours, theirs, against, at_most(2.5), point)
        yield Pair(f"{name}: p99", "ms", worst(ours), worst(theirs), against, ours_at_most(5.0))
    everybody, by_time = MIXES["everybody"], Sort.FIRST_FREE
    ours = await _asking(large, everybody, seconds, by_time)
    theirs = await _asking(small, everybody, seconds, by_time)
    name, point = "match at the database, everybody, by time", Point(_CURVES[by_time], large.sites)
    yield Pair(f"{name}: median", "ms", ours, theirs, against, at_most(2.5), point)
    yield Pair(f"{name}: p99", "ms", worst(ours), worst(theirs), against, ours_at_most(5.0))
    for sites in (size for size in _SIZES if size < large.sites):
        country = await ground.country(sites)
        for sort, curve in _CURVES.items():
            between = await _asking(country, everybody, seconds, sort)
            order = ", by time" if sort is by_time else ""
            point = Point(curve, sites)
            yield Pair(f"match at the database, everybody{order}, {sites:,} sites", "ms", between, point=point)


async def _asking(country: Country, bases: frozenset[Basis], seconds: float, sort: Sort = Sort.DISTANCE) -> Side:
    """One citizen after the other, from all over the country and within various distances; the median, in ms.

    What is counted is how long the database works, over a connection that has asked before.
    """
    searches = await _searches(country, bases, sort)

    async def turn() -> Turn:
        taken: list[float] = []
        async with connected(country.url, role=APP_ROLE, pool_size=1):
            meter = await Meter.of_the_connection()
            for _ in range(_WARM):
                await find(next(searches))
            end = perf_counter() + seconds
            while perf_counter() < end or len(taken) < _FEWEST:
                before = meter.read()
                await find(next(searches))
                taken.append(meter.read() - before)
        return Turn(median(taken), taken)

    return turn


async def _searches(country: Country, bases: frozenset[Basis], sort: Sort) -> Iterator[Search]:
    """Without end, in the same order each time."""
    asked, now = await questions(country), datetime.now(UTC)
    async with connected(country.url, pool_size=1):
        catalogue = await load_catalogue()
        made: Sequence[Search] = [
            await question.search(catalogue, country.settings.policy, now, LIMIT) for question in asked
        ]
    varied = [
        replace(search, terms=replace(search.terms, bases=bases), radius=radius, sort=sort)
        for search, radius in zip(made, cycle(_RADII), strict=False)
    ]
    return cycle(varied)
