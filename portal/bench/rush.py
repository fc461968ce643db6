"""Many citizens after few seats, over HTTP and all at once: nobody may get a seat that somebody else has."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from http import HTTPStatus
from time import perf_counter
from uuid import uuid4

import orjson

from matching.demo.people import person
from matching.demo.secret import access_code, course_code
from portal.bench.figures import Pair, Side, Turn, ours_at_most
from portal.bench.ground import Country, Ground
from portal.bench.load import BadAnswer, Client, clients, request
from portal.bench.seats import Seats, make_seats
from providers.database import connected, fetch_value
from providers.demo.chance import chance

_CITIZENS, _SEATS = 30, 5

_TWICE = """
SELECT count(*) FROM slot t WHERE t.id = ANY ($1)
AND (SELECT count(*) FROM booking b WHERE b.slot_id = t.id AND b.state = 'confirmed') > t.seats
"""
_FULL = "SELECT count(*) FROM slot t WHERE t.id = ANY ($1) AND t.taken = t.seats"


async def rush(ground: Ground) -> AsyncGenerator[Pair, None]:
    """Each citizen tries every seat in an order of their own, until one is theirs."""
    country = await ground.country()
    async with ground.server(country) as portal:
        yield Pair(
            f"seats given twice, {_CITIZENS} citizens at once after {_SEATS} seats",
            "seats",
            _rushes(country, portal),
            budget=ours_at_most(0),
        )


def _rushes(country: Country, port: int) -> Side:
    async def turn() -> Turn:
        seats, taken = await make_seats(country, _CITIZENS, datetime.now(UTC)), list[float]()
        wanted = list(seats.slots)[:_SEATS]
        async with clients(port, _CITIZENS) as opened:
            await asyncio.gather(
                *(_try_all(client, country, seats, n, wanted, taken) for n, client in enumerate(opened))
            )
        async with connected(country.url, pool_size=1):
            if await fetch_value(_FULL, wanted) != _SEATS:
                raise BadAnswer("some seats are free although more citizens wanted them")
            return Turn(await fetch_value(_TWICE, wanted), taken)

    return turn


async def _try_all(
    client: Client, country: Country, seats: Seats, number: int, wanted: list[int], taken: list[float]
) -> None:
    """Ask for one seat after the other; a seat that is gone is answered with 409."""
    order = wanted.copy()
    chance(f"rush {number}").shuffle(order)
    for slot in order:
        began = perf_counter()
        answer = await client.ask(_booking(country, seats.cases[number], slot))
        taken.append((perf_counter() - began) * 1000)
        if answer.status == HTTPStatus.CREATED:
            return
        if answer.status != HTTPStatus.CONFLICT:
            raise BadAnswer(f"booking: {answer.status} {answer.body[:300].decode(errors='replace')}")


def _booking(country: Country, case: int, slot: int) -> bytes:
    """A booking with everything that stands in the citizen's letter."""
    headers = {
        "Authorization": f"Genvej {course_code(country.seed, case, 0)}",
        "Genvej-Access-Code": access_code(country.seed, case, 0),
        "Genvej-Date-Of-Birth": str(person(country.seed, case).date_of_birth),
        "Idempotency-Key": str(uuid4()),
        "Content-Type": "application/json",
    }
    return request("/api/v1/bookings", method="POST", headers=headers, body=orjson.dumps({"slot_id": slot}))
