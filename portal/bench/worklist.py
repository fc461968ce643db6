"""A municipality's list of tasks at the database: with a hundred thousand open cases, beside one with a thousand."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from statistics import median
from time import perf_counter

from matching.demo.plans import MESSAGE_PREFIX
from matching.demo.scale.building import add_open_cases
from matching.worklists import Question, count_tasks, list_tasks, urgent_count
from portal.bench.figures import Pair, Side, Turn, at_most
from portal.bench.ground import Country, Ground
from portal.bench.meter import Meter
from providers.database import APP_ROLE, connected, execute, fetch_value, looking
from providers.scope import Scope

MANY, FEW = 100_000, 1_000
"""Open cases of the two municipalities."""

_EACH_SECOND = 70_000
_BATCH = 10_000
_SITES = 100
_HOMES = ("0101", "0147")
_WARM, _FEWEST = 10, 5
_FILLED = "SELECT EXISTS (SELECT FROM plan WHERE municipality_id = $1 AND starts_with(message_id, $2))"

# A quarter each: to be assessed, to be informed, to be told of the private choice, and to be offered a time today.
_VARY = """
UPDATE plan SET
    state = CASE id % 4 WHEN 0 THEN 'received' ELSE 'assessed' END,
    informed_at = CASE id % 4 WHEN 1 THEN NULL ELSE informed_at END,
    choice_told_on = CASE id % 4 WHEN 2 THEN NULL ELSE $2::date END,
    cannot_offer_recorded_on = CASE id % 4 WHEN 3 THEN NULL ELSE cannot_offer_recorded_on END,
    discharge_date = $2::date - CASE id % 4 WHEN 3 THEN 7 ELSE id % 30 END::int
WHERE municipality_id = $1
"""


async def worklist(ground: Ground) -> AsyncGenerator[Pair, None]:
    """The first page with its counts, as the caseworker's role sees it."""
    country = await ground.country(_SITES, cases=0)
    many = min(MANY, int(ground.effort.seconds * _EACH_SECOND))
    for home, first, cases in zip(_HOMES, (1, MANY + 1), (many, min(FEW, many)), strict=True):
        await _fill(country, home, range(first, first + cases))
    ours, theirs = (_asking(country, home, ground.effort.seconds / 3) for home in _HOMES)
    against = f"the same with {FEW:,} cases"
    yield Pair(f"list of tasks with {many:,} open cases", "ms", ours, theirs, against, at_most(2.5))


async def _fill(country: Country, home: str, numbers: range) -> None:
    now = datetime.now(UTC)
    async with connected(country.url, pool_size=1):
        if await fetch_value(_FILLED, home, MESSAGE_PREFIX):
            return
        vault = country.settings.vault()
        for first in range(numbers.start, numbers.stop, _BATCH):
            batch = range(first, min(first + _BATCH, numbers.stop))
            await add_open_cases(batch, home, 4, seed=country.seed, vault=vault, now=now)
        await execute(_VARY, home, now.date())
        await execute("VACUUM ANALYZE plan")


def _asking(country: Country, home: str, seconds: float) -> Side:
    """How long the database works for one look at the page, in ms, over a connection that has asked before."""

    async def turn() -> Turn:
        taken: list[float] = []
        async with connected(country.url, role=APP_ROLE, pool_size=1):
            meter = await Meter.of_the_connection()
            for _ in range(_WARM):
                await _look(home)
            end = perf_counter() + seconds
            while perf_counter() < end or len(taken) < _FEWEST:
                before = meter.read()
                await _look(home)
                taken.append(meter.read() - before)
        return Turn(median(taken), taken)

    return turn


async def _look(home: str) -> None:
    now = datetime.now(UTC)
    async with looking(Scope(municipality=home)):
        await list_tasks(Question(home), now=now)
        await count_tasks(Question(home), now=now)
        await urgent_count(home, now=now)
