"""The booking: the whole transaction of ours, beside the same SQL without anything around it."""

import asyncio
from collections.abc import AsyncGenerator, Iterator, Sequence
from datetime import UTC, datetime
from itertools import count
from time import perf_counter

from matching.booking import book as book_seat
from portal.bench.figures import Pair, Side, Turn, at_least
from portal.bench.ground import Country, Ground
from portal.bench.load import CLIENTS
from portal.bench.pgbench import pgbench
from portal.bench.recording import recorded
from portal.bench.scripts import script
from portal.bench.seats import Seats, make_seats
from providers.actors import CITIZEN
from providers.database import APP_ROLE, connected

_EACH_PER_SECOND = 20
_KEY = "a key of our own"

_HEAD = r"""
\set i :i + 1
\set n :first + :client_id * :each + :i
\set plan :plans + :n
\set slot :slots + :n
\set site :sites + :n % :of
"""


async def book(ground: Ground) -> AsyncGenerator[Pair, None]:
    """A citizen books a first contact; nobody else wants that seat."""
    country, now = await ground.country(), datetime.now(UTC)
    each = max(2, int(ground.effort.seconds * _EACH_PER_SECOND))
    at_once = CLIENTS * each
    seats = await make_seats(country, 2 + at_once * 2 * (ground.effort.rounds + 1), now)
    turns = count(2, at_once)
    written = await _recorded(country, seats, now)
    yield Pair(
        "booking, the whole transaction",
        "bookings/s",
        _ours(country, seats, turns, each),
        _theirs(country, seats, turns, each, written),
        "pgbench with the statements of the same transaction",
        at_least(0.60),
    )


async def _recorded(country: Country, seats: Seats, now: datetime) -> str:
    """What the second booking of a connection sends; the first one also asks for types."""
    async with connected(country.url, role=APP_ROLE, pool_size=1):
        await _book(seats, 0, now, country)
        async with recorded() as sent:
            await _book(seats, 1, now, country)
    known = {
        seats.plans[1]: ":plan",
        seats.slots[1]: ":slot",
        seats.sites[1 % len(seats.sites)]: ":site",
    }
    async with connected(country.url, pool_size=1):
        return _HEAD + await script(sent, known)


def _ours(country: Country, seats: Seats, turns: Iterator[int], each: int) -> Side:
    async def turn() -> Turn:
        first, taken = next(turns), list[float]()
        async with connected(country.url, role=APP_ROLE, pool_size=CLIENTS):
            began = perf_counter()
            numbers = [range(first + client * each, first + (client + 1) * each) for client in range(CLIENTS)]
            await asyncio.gather(*(_book_all(country, seats, mine, taken) for mine in numbers))
            return Turn(len(taken) / (perf_counter() - began), taken)

    return turn


async def _book_all(country: Country, seats: Seats, numbers: Sequence[int], taken: list[float]) -> None:
    for number in numbers:
        began = perf_counter()
        await _book(seats, number, datetime.now(UTC), country)
        taken.append((perf_counter() - began) * 1000)


async def _book(seats: Seats, number: int, now: datetime, country: Country) -> None:
    plan, slot = seats.plans[number], seats.slots[number]
    await book_seat(plan, slot, actor=CITIZEN, now=now, policy=country.settings.policy, key=_KEY)


def _theirs(country: Country, seats: Seats, turns: Iterator[int], each: int, written: str) -> Side:
    async def turn() -> Turn:
        variables = {
            "i": -1,
            "first": next(turns),
            "each": each,
            "plans": seats.plans[0],
            "slots": seats.slots[0],
            "sites": seats.sites[0],
            "of": len(seats.sites),
        }
        return await pgbench(country.url, written, role=APP_ROLE, clients=CLIENTS, each=each, variables=variables)

    return turn
