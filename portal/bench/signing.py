"""Signing in takes a processor's time on purpose; nobody else may have to wait for it."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator, Sequence
from itertools import cycle
from time import perf_counter

from portal.bench.bare import LIMIT
from portal.bench.colleagues import Colleague, colleagues, sign_in
from portal.bench.figures import Pair, Side, Turn, at_most
from portal.bench.ground import Ground
from portal.bench.load import Client, ask_well, clients
from portal.bench.match import as_json
from portal.bench.measuring import percentile
from portal.bench.questions import questions

_SIGN_INS, _OTHERS = 20, 50
"""Of each, so many begin in a second, whether or not those before them are done."""

_TURN = 3
"""Times the length of other turns: a ninety-ninth percentile wants many requests."""

Piece = Callable[[Client], Awaitable[bool]]
"""One request, or several that belong together; whether it got what it asked for."""


async def signing(ground: Ground) -> AsyncGenerator[Pair, None]:
    """Other requests, with twenty sign-ins in each second and without."""
    country, seconds = await ground.country(), ground.effort.seconds * _TURN
    staff = iter(await colleagues(country, int(_SIGN_INS * seconds + 1) * (ground.effort.rounds + 1)))
    asked = cycle(as_json(await questions(country), LIMIT))
    async with ground.server(country) as portal:
        yield Pair(
            f"p99 of matches while {_SIGN_INS} people sign in each second",
            "ms",
            _paced(portal, asked, staff, seconds, ground.note),
            _paced(portal, asked, iter(()), seconds, ground.note),
            "the same matches while nobody signs in",
            at_most(2.0),
        )


def _paced(
    port: int, asked: Iterator[bytes], staff: Iterator[Colleague], seconds: float, note: Callable[[str], None]
) -> Side:
    async def turn() -> Turn:
        taken: list[float] = []
        count = int(_OTHERS * seconds)
        coming = [colleague for colleague, _ in zip(staff, range(int(_SIGN_INS * seconds)), strict=False)]
        async with clients(port, count) as opened, clients(port, len(coming)) as doors:
            matches = [_match(next(asked), taken) for _ in range(count)]
            people = [_sign_in(colleague) for colleague in coming]
            _, doors_opened = await asyncio.gather(
                _at_a_pace(matches, opened, _OTHERS), _at_a_pace(people, doors, _SIGN_INS)
            )
        if turned_away := len(coming) - doors_opened:
            note(f"{turned_away} of {len(coming)} sign-ins were asked to come back, for the machine could not keep up.")
        return Turn(percentile(taken, 99) or 0.0, taken)

    return turn


async def _at_a_pace(pieces: Sequence[Piece], opened: Sequence[Client], each_second: int) -> int:
    """Begin one piece after the other, each on a connection of its own; how many got what they asked for."""
    began, got = perf_counter(), list[bool]()

    async def finish(piece: Piece, client: Client) -> None:
        got.append(await piece(client))

    async with asyncio.TaskGroup() as tasks:
        for number, (piece, client) in enumerate(zip(pieces, opened, strict=True)):
            await asyncio.sleep(began + number / each_second - perf_counter())
            tasks.create_task(finish(piece, client))
    return sum(got)


def _match(sent: bytes, taken: list[float]) -> Piece:
    async def piece(client: Client) -> bool:
        began = perf_counter()
        await ask_well(client, sent)
        taken.append((perf_counter() - began) * 1000)
        return True

    return piece


def _sign_in(colleague: Colleague) -> Piece:
    async def piece(client: Client) -> bool:
        return await sign_in(client, colleague)

    return piece
