"""A site's times changed in bulk: a whole week of patterns exchanged, and a window of days replaced by a program."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from itertools import cycle
from time import perf_counter

import orjson

from matching.capacity.comparing import Wanted
from matching.capacity.exchanging import NewPattern
from matching.capacity.patterns import change_patterns, patterns_of
from matching.capacity.window import ANY_VERSION, MOST, Window, replace_window
from portal.bench.figures import Pair, Side, Turn
from portal.bench.ground import Country, Ground
from portal.bench.load import ask_well, clients, request
from portal.bench.recording import recorded
from portal.bench.seats import make_seats
from providers.actors import SYSTEM
from providers.api_keys import make_key
from providers.clock import COPENHAGEN, local_date
from providers.database import APP_ROLE, connect, connected
from providers.models import ApiScope, SlotMode

WEEKS, LANES, WEEKDAYS, MINUTES = 26, 8, 5, 45
PATTERNS = LANES * WEEKDAYS
_SITES = 100
_AGAINST = "COPY of the same rows"
_BARE = """
DROP SCHEMA IF EXISTS bare_times CASCADE; CREATE SCHEMA bare_times;
CREATE TABLE bare_times.slot (LIKE public.slot INCLUDING ALL);
"""
_LAST = "SELECT s.* FROM slot s WHERE site_id = {site} AND closed_seats IS NULL"

Change = Callable[[], Awaitable[None]]


async def capacity(ground: Ground) -> AsyncGenerator[Pair, None]:
    """Each change is one transaction with the offers right at its commit; each turn changes every time there is."""
    country, now = await ground.country(_SITES, cases=0), datetime.now(UTC)
    sites = (await make_seats(country, 8, now)).sites
    await _bare_table(country)
    week, window = _week(sites[0], now), _window(sites[1], now)
    exchanged = f"a change of {PATTERNS} patterns × {WEEKS} weeks"
    yield Pair(exchanged, "ms", _timed(country, week), _copied(country, sites[0]), _AGAINST)
    yield Pair(f"{exchanged}: statements", "statements", _counted(country, week))
    replaced = f"a window of {MOST} times replaced"
    yield Pair(replaced, "ms", _timed(country, window), _copied(country, sites[1]), _AGAINST)
    yield Pair(f"{replaced}: statements", "statements", _counted(country, window))
    async with ground.server(country) as portal:
        ours = await _sent(country, portal, sites[1], now)
        yield Pair(f"{replaced}, by PUT", "ms", ours, _copied(country, sites[1]), _AGAINST)


def _timed(country: Country, change: Change) -> Side:
    async def turn() -> Turn:
        async with connected(country.url, role=APP_ROLE, pool_size=1):
            # A connection of a running portal has asked before.
            await change()
            began = perf_counter()
            await change()
            taken = (perf_counter() - began) * 1000
        return Turn(taken, [taken])

    return turn


def _counted(country: Country, change: Change) -> Side:
    """With BEGIN and COMMIT."""

    async def turn() -> Turn:
        async with connected(country.url, role=APP_ROLE, pool_size=1):
            await change()
            async with recorded() as sent:
                await change()
        return Turn(len(sent))

    return turn


def _week(site: int, now: datetime) -> Change:
    """All patterns for others that begin ten minutes later, and back again."""
    today, starts = local_date(now), cycle((540, 550))

    async def change() -> None:
        first = next(starts)
        new = [_pattern(weekday, f"Rum {lane}", first, today) for weekday in range(WEEKDAYS) for lane in range(LANES)]
        ended = [one.id for one in await patterns_of(site, site, today)]
        await change_patterns(site, site, ended=ended, on=today, new=new, now=now, only_looking=False)

    return change


def _pattern(weekday: int, lane: str, first: int, today: date) -> NewPattern:
    return NewPattern(
        lane=lane,
        weekday=weekday,
        starts_minute=first,
        ends_minute=first + 4 * MINUTES,
        minutes=MINUTES,
        buffer_minutes=0,
        mode=SlotMode.INDIVIDUAL,
        seats=1,
        valid_from=today,
        valid_to=None,
        notice_hours=0,
        horizon_days=WEEKS * 7,
    )


def _window(site: int, now: datetime) -> Change:
    """All times for others that begin five minutes later, and back again."""
    tomorrow, shifts = local_date(now) + timedelta(days=1), cycle((0, 5))
    window = Window(site, tomorrow, tomorrow + timedelta(days=7 * WEEKS))

    async def change() -> None:
        wanted = [Wanted(at, MINUTES, SlotMode.INDIVIDUAL, 1) for at in _times(tomorrow, next(shifts))]
        await replace_window(window, site, wanted, versions={ANY_VERSION}, now=now)

    return change


def _times(first: date, shift: int) -> list[datetime]:
    """As many as a window may have: forty a day, eight at once."""
    begin = datetime.combine(first, time(8, shift), COPENHAGEN).astimezone(UTC)
    return [begin + timedelta(days=number // 40, hours=number % 40 // 8) for number in range(MOST)]


async def _sent(country: Country, port: int, site: int, now: datetime) -> Side:
    """The same over HTTP, with a key, by a program that has read none of it."""
    async with connected(country.url, pool_size=1):
        vault = country.settings.vault()
        _, key = await make_key("bench", {ApiScope.SLOTS}, provider=site, actor=SYSTEM, now=now, vault=vault)
    tomorrow = local_date(now) + timedelta(days=1)
    days = {"first_day": tomorrow, "last_day": tomorrow + timedelta(days=7 * WEEKS)}
    path = f"/api/v1/sites/{site}/slots"
    headers = {"Authorization": f"Bearer {key}", "If-Match": "*", "Content-Type": "application/json"}
    bodies = cycle(
        [
            request(path, query=days, headers=headers, method="PUT", body=_body(_times(tomorrow, shift)))
            for shift in (10, 15)
        ]
    )

    async def turn() -> Turn:
        async with clients(port, 1) as (client,):
            began = perf_counter()
            await ask_well(client, next(bodies))
            taken = (perf_counter() - began) * 1000
        return Turn(taken, [taken])

    return turn


def _body(times: Sequence[datetime]) -> bytes:
    return orjson.dumps({"slots": [{"starts_at": at, "minutes": MINUTES, "mode": "individual"} for at in times]})


async def _bare_table(country: Country) -> None:
    """Alike, with its indexes and without what follows from a time."""
    connection = await connect(country.url)
    await connection.execute(_BARE)
    await connection.close()


def _copied(country: Country, site: int) -> Side:
    """The times that the last change has left, into an empty table."""

    async def turn() -> Turn:
        connection, file = await connect(country.url), BytesIO()
        try:
            await connection.copy_from_query(_LAST.format(site=site), output=file, format="binary")
            file.seek(0)
            await connection.execute("TRUNCATE bare_times.slot")
            began = perf_counter()
            async with connection.transaction():
                await connection.copy_to_table("slot", source=file, schema_name="bare_times", format="binary")
            taken = (perf_counter() - began) * 1000
            return Turn(taken, [taken])
        finally:
            await connection.close()

    return turn
