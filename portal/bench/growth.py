"""The finder at the database: how its statements get slower as the country gets larger."""

from collections.abc import AsyncGenerator

from matching.finding import Sort
from portal.bench.figures import Pair, Point, at_most, ours_at_most
from portal.bench.finder import EVERYBODY, MIXES, Asked, asking, lengths
from portal.bench.ground import SMALL, Ground
from portal.bench.measuring import worst

_CURVES = {Sort.DISTANCE: "nearest first", Sort.FIRST_FREE: "soonest first"}
"""The lines of the drawing."""

_SIZES = (500, SMALL, 50_000)
# There are many of these pairs, and a turn has hundreds of questions all the same.
_SHARE_OF_A_TURN = 1 / 3


async def growth(ground: Ground) -> AsyncGenerator[Pair, None]:
    """Every mix of bases in the large country against a small one; and everybody in countries between.

    In order of time as well, for everybody.
    """
    seconds = ground.effort.seconds * _SHARE_OF_A_TURN
    for mix, bases in MIXES.items():
        async for pair in _grown(ground, f"match at the database, {mix}", Asked(bases), seconds):
            yield pair
    by_time = Asked(EVERYBODY, Sort.FIRST_FREE)
    async for pair in _grown(ground, "match at the database, everybody, by time", by_time, seconds):
        yield pair
    for sites in (size for size in _SIZES if size < ground.sites):
        country = await ground.country(sites)
        for sort, curve in _CURVES.items():
            between = await asking(country, Asked(EVERYBODY, sort), seconds)
            order = ", by time" if sort is Sort.FIRST_FREE else ""
            point = Point(curve, sites)
            yield Pair(f"match at the database, everybody{order}, {sites:,} sites", "ms", between, point=point)


async def _grown(ground: Ground, name: str, asked: Asked, seconds: float) -> AsyncGenerator[Pair, None]:
    """A page in the large country; and what an answer of the same length takes more than in the small one.

    Where few sites are for somebody at all, a small country fills no page, and most of the time goes into the rows.
    """
    large, small = await ground.country(), await ground.country(min(SMALL, ground.sites))
    page, theirs = await asking(large, asked, seconds), await asking(small, asked, seconds)
    point = Point(_CURVES[asked.sort], large.sites) if asked.bases == EVERYBODY else None
    against = f"the same in a country of {small.sites:,} sites"
    yield Pair(f"{name}: p99 of a page", "ms", worst(page), worst(theirs), against, ours_at_most(5.0), point)
    alike = await asking(large, asked, seconds, await lengths(small, asked))
    yield Pair(f"{name}: median of as many rows", "ms", alike, theirs, against, at_most(2.5))
