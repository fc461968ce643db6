"""Take plans in: keep the messages as they came, read them, and make or change the cases of one municipality at a time.

A message is stored and committed before it is read, and read before anything is locked. Then the plans of a batch are
written in one transaction. When that fails, each is tried by itself, so that one bad plan does not stop the others.
"""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

import structlog

from matching.events import record_arrivals
from matching.intake.arriving import file_messages, note_arrivals
from matching.intake.changing import meet_known
from matching.intake.directory import Directory
from matching.intake.findings import Problem
from matching.intake.items import Item, items_of
from matching.intake.linking import link
from matching.intake.reading import read_message
from matching.intake.storing import File, store
from matching.intake.writing import add_plans
from matching.models import MessageSource
from providers.actors import Actor
from providers.clock import local_date
from providers.database import transaction
from providers.scope import Scope
from providers.vault import Vault

log = structlog.get_logger(__name__)

BATCH = 500
"""Plans of one transaction: enough that statements cost little, few enough that nobody waits long for a lock."""


async def take_in(
    files: Sequence[File],
    *,
    municipality: str | None,
    source: MessageSource,
    directory: Directory,
    actor: Actor,
    now: datetime,
    vault: Vault,
) -> list[list[Item]]:
    """What became of each file: an item for each plan in it, in order, with its findings.

    `municipality`: the one that brings the files, and whose cases the plans become; None = the messages say it.
    Bringing the same message again changes nothing. Raises nothing for a bad message.
    """
    numbers = await store(files, municipality=municipality, source=source, actor=actor, now=now, vault=vault)

    def read() -> list[list[Item]]:
        today, names = local_date(now), directory.names
        return [
            items_of(
                number,
                read_message(file.body, today=today, directory=directory),
                municipality=municipality,
                names=names,
                vault=vault,
            )
            for number, file in zip(numbers, files, strict=True)
        ]

    # Reading and sealing are work for the processor, which others are served by as well.
    found = await asyncio.to_thread(read)
    for items in found if municipality is None else ():
        _adopt(items)
    await write([item for items in found for item in items], actor=actor, now=now, vault=vault)
    if municipality is None:
        await _file(found)
    return found


def _adopt(items: Sequence[Item]) -> None:
    """What cannot be read at all is for the one municipality that the file's other plans are for, if there is one."""
    named = {item.municipality for item in items} - {None}
    for item in items if len(named) == 1 else ():
        if item.reading.plan is None:
            item.municipality = next(iter(named))


async def _file(found: Sequence[Sequence[Item]]) -> None:
    """Give each message to the municipality that all of its plans are for, so that its people can see it."""
    wanted: dict[str, list[int]] = {}
    for items in found:
        if len(named := {item.municipality for item in items}) == 1 and (code := named.pop()):
            wanted.setdefault(code, []).append(items[0].raw_message_id)
    for code, numbers in wanted.items():
        async with transaction(Scope(municipality=code)):
            await file_messages(numbers, code)


async def write(items: Sequence[Item], *, actor: Actor, now: datetime, vault: Vault) -> None:
    """Make or change the plans of the items, and note what became of each."""
    for municipality, batch in _batches(items):
        try:
            await _write(batch, municipality, actor=actor, now=now, vault=vault)
        except Exception as error:
            log.warning("plans_not_written_together", plans=len(batch), error=type(error).__name__)
            for item in batch:
                await _write_alone(item, municipality, actor=actor, now=now, vault=vault)


def _batches(items: Sequence[Item]) -> Iterator[tuple[str | None, list[Item]]]:
    """The items of one municipality after the other, not too many at once."""
    for municipality, of_one in groupby(sorted(items, key=_municipality), key=_municipality):
        group = list(of_one)
        for begin in range(0, len(group), BATCH):
            yield municipality or None, group[begin : begin + BATCH]


def _municipality(item: Item) -> str:
    return item.municipality or ""


async def _write(items: Sequence[Item], municipality: str | None, *, actor: Actor, now: datetime, vault: Vault) -> None:
    for item in items:
        item.begin()
    readable = [item for item in items if item.readable]
    async with transaction(Scope(municipality=municipality)):
        if readable:
            plans = await add_plans(readable)
            changes = await link(readable)
            await record_arrivals(plans, actor=actor, now=now, changes=changes)
            await meet_known(readable, actor=actor, now=now, vault=vault)
        await note_arrivals(items, municipality, now=now)


async def _write_alone(item: Item, municipality: str | None, *, actor: Actor, now: datetime, vault: Vault) -> None:
    """One plan of a batch that failed. If it is the one, it stands on the list of what could not be read."""
    try:
        await _write([item], municipality, actor=actor, now=now, vault=vault)
    except Exception as error:
        # The kind of the error only: what was on its way is about a person.
        log.error("plan_not_written", error=type(error).__name__)
        item.begin()
        item.fail(Problem.FAULT_OF_OURS)
        async with transaction(Scope(municipality=municipality)):
            await note_arrivals([item], municipality, now=now)
