"""Very many cases, written in one transaction, ten thousand at a time."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import chain

from matching.demo.scale import lines
from matching.demo.scale.drawn import BOOKED, Drawing, DrawnCase, open_case
from matching.demo.scale.lines import Writer
from matching.demo.scale.seats import SoldSeat, sold_seats, take_sold
from providers.clock import local_date
from providers.database import execute, fetch, transaction
from providers.demo.chance import chance
from providers.demo.copying import copy_lines, take_range
from providers.demo.progress import Progress, unseen
from providers.demo.unindexed import unindexed
from providers.reference import load_catalogue
from providers.vault import Vault

_BATCH = 10_000
_TABLES = ("plan", "course_code", "booking", "case_event", "report")

_HOMES = (
    "SELECT z.municipality_codes[1] AS code FROM site s JOIN postal_code z ON z.code = s.postal_code_id LIMIT 10000"
)
_OFFERED = "SELECT package_level_id AS id FROM approval WHERE state = 'approved' LIMIT 10000"


async def build_many_cases(
    *, seed: bytes, vault: Vault, now: datetime, cases: int, progress: Progress = unseen
) -> None:
    """Invent `cases` cases in a registry that has none, as the tables' owner.

    The same seed, registry and `now` give the same rows, except for what the vault seals. A third has a booking, in
    place of a seat sold elsewhere; every event has a report that was delivered.
    """
    async with transaction(lock_timeout_ms=0):
        writer = await _writer(seed, vault, now)
        seats = await sold_seats(int(cases * BOOKED))
        async with unindexed(_TABLES, "indexes of the cases", progress):
            for drawn in _batches(cases, await _drawing(now), seats, seed):
                progress("cases", drawn[0].number - 1, cases)
                await _write(drawn, writer)
        progress("cases", cases, cases)
        await take_sold(seats)
    await execute("VACUUM ANALYZE plan, course_code, booking, case_event, report, slot")


async def add_open_cases(
    numbers: range, home: str, package_level_id: int, *, seed: bytes, vault: Vault, now: datetime
) -> range:
    """Cases with these numbers of the same municipality, package and level, open on every basis: their plans' ids."""
    discharged = local_date(now) - timedelta(days=3)
    drawn = [open_case(number, home, package_level_id, discharged) for number in numbers]
    async with transaction():
        return await _write(drawn, await _writer(seed, vault, now))


async def _writer(seed: bytes, vault: Vault, now: datetime) -> Writer:
    catalogue = await load_catalogue()
    places = {place.municipality_code: place for place in catalogue.postal_codes.values()}
    levels = {number: level for level, number in catalogue.package_level_ids.items()}
    return Writer(seed, vault, now, places, levels)


async def _drawing(now: datetime) -> Drawing:
    homes = [record["code"] for record in await fetch(_HOMES)]
    return Drawing(homes, [record["id"] for record in await fetch(_OFFERED)], now)


def _batches(count: int, drawing: Drawing, seats: Sequence[SoldSeat], seed: bytes) -> Iterator[list[DrawnCase]]:
    """The seats are spread evenly over the cases, one each."""
    random, free = chance(f"{seed.hex()}:cases"), iter(seats)

    def draw(number: int) -> DrawnCase:
        booked = number * len(seats) // count > (number - 1) * len(seats) // count
        return drawing.case(number, random, next(free) if booked else None)

    for first in range(1, count + 1, _BATCH):
        yield [draw(number) for number in range(first, min(first + _BATCH, count + 1))]


async def _write(drawn: Sequence[DrawnCase], writer: Writer) -> range:
    ids = await take_range("plan", len(drawn))
    plans = list(zip(ids, drawn, strict=True))
    await copy_lines("plan", lines.PLAN, (writer.plan(*plan) for plan in plans))
    await copy_lines("course_code", lines.COURSE_CODE, (writer.code(*plan) for plan in plans if plan[1].events))
    await copy_lines("booking", lines.BOOKING, chain.from_iterable(writer.booking(*plan) for plan in plans))
    happened = [(plan_id, n, case) for plan_id, case in plans for n in range(1, len(case.events) + 1)]
    numbers = await take_range("case_event", len(happened))
    events = [(number, *event) for number, event in zip(numbers, happened, strict=True)]
    await copy_lines("case_event", lines.CASE_EVENT, (writer.event(*event) for event in events))
    await copy_lines("report", lines.REPORT, (writer.report(*event) for event in events))
    return ids
