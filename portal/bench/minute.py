"""The minute job: whether the offers are brought up to date as fast as the times go by."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from time import perf_counter

from portal.bench.figures import Pair, Side, Turn, ours_at_most
from portal.bench.ground import Country, Ground
from portal.worker.chores import refresh_passed_offers
from providers.database import WORKER_ROLE, connected, fetch_value

HALF_A_MINUTE = 30.0

# All invented sites begin at the same few times of the day, so that a great many offers pass within one minute.
_NEXT = "SELECT min(next_free) FROM offer WHERE next_free > $1"


async def minute(ground: Ground) -> AsyncGenerator[Pair, None]:
    """What a run costs in the minutes in which most is to be done; each turn is the next such minute.

    It leaves the country some days ahead of its time.
    """
    country = await ground.country()
    yield Pair(
        "the minute job that refreshes offers, in the busiest minutes",
        "s for each run",
        _runs(country),
        budget=ours_at_most(HALF_A_MINUTE),
    )


def _runs(country: Country) -> Side:
    now = datetime.now(UTC)

    async def turn() -> Turn:
        nonlocal now
        async with connected(country.url, role=WORKER_ROLE, pool_size=2):
            now = (await fetch_value(_NEXT, now)) + timedelta(seconds=1)
            began = perf_counter()
            await refresh_passed_offers(now)
            taken = perf_counter() - began
        return Turn(taken, [taken * 1000])

    return turn
