"""The changes: cases of all municipalities are taken in, assessed, and corrected again and again."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from time import monotonic

from matching.booking.waiting import stop_waiting, wait
from matching.casework.assessing import Assessment, assess
from matching.casework.correcting import correct_days
from matching.casework.errors import CaseChanged
from matching.casework.offering import cannot_offer
from matching.casework.opening import last_event
from matching.intake.directory import load_directory
from matching.intake.taking import take_in
from matching.models import MessageSource
from matching.plan_facts import Level
from portal.bench.messages import a_list
from portal.worker.queue import DATABASE_LOST
from providers.actors import CITIZEN, SYSTEM, Actor
from providers.clock import local_date
from providers.database import fetch, looking
from providers.scope import Scope
from providers.vault import Vault

_HANDS = 8
_AGAIN_SECONDS = 0.2
_PACKAGE = "SELECT package_id, level FROM package_level ORDER BY id LIMIT 1"
_CASES = "SELECT id FROM plan WHERE municipality_id = $1 ORDER BY id"


@dataclass(frozen=True, slots=True)
class Case:
    """`changes` is how many there will be, the first of them that it was taken in."""

    id: int
    municipality: str
    changes: int


@dataclass
class Desk:
    """`pace` is how many changes are written in a second at most, `written` how many there are.

    `known_at` is when somebody knew that a change was committed, by case and number. Nobody writes while `clear` is not
    set: a backlog says how quick the machine is, and not how quick we are.
    """

    decided: Assessment
    pace: float
    vault: Vault
    written: int = 0
    known_at: dict[tuple[int, int], datetime] = field(default_factory=dict)
    clear: asyncio.Event = field(default_factory=asyncio.Event)
    next_at: float = 0.0

    async def turn(self) -> None:
        """Wait until it is time for the next change."""
        self.next_at = max(self.next_at, monotonic()) + 1 / self.pace
        await asyncio.sleep(self.next_at - monotonic())
        await self.clear.wait()
        self.written += 1


async def decided() -> Assessment:
    """What is decided of every case: the first package there is."""
    (first,) = await fetch(_PACKAGE)
    return Assessment(first["package_id"], Level(first["level"]))


async def take_in_cases(desk: Desk, municipalities: Sequence[str], each: int, changes: int) -> list[Case]:
    """So many new cases of each municipality, as they come from hospitals; the changes are shared out among them."""
    directory, found = await load_directory(), list[tuple[int, str]]()
    for number, code in enumerate(municipalities, 1):
        now = datetime.now(UTC)
        await take_in(
            a_list(number, each, local_date(now)),
            municipality=code,
            source=MessageSource.COMMAND,
            directory=directory,
            actor=SYSTEM,
            now=now,
            vault=desk.vault,
        )
        async with looking(Scope(municipality=code)):
            found += [(record["id"], code) for record in await fetch(_CASES, code)]
        desk.written += each
    whole, more = divmod(changes, len(found))
    return [Case(plan_id, code, whole + (place < more)) for place, (plan_id, code) in enumerate(found)]


async def change_cases(desk: Desk, cases: Sequence[Case]) -> None:
    """Write all the changes, several cases at a time and each in its order."""
    async with asyncio.TaskGroup() as hands:
        for hand in range(_HANDS):
            hands.create_task(_work(desk, cases[hand::_HANDS]))


async def _work(desk: Desk, cases: Sequence[Case]) -> None:
    for number in range(2, max(case.changes for case in cases) + 1):
        for case in cases:
            if number <= case.changes:
                await desk.turn()
                await _change(desk, case, number)


async def _change(desk: Desk, case: Case, number: int) -> None:
    """See to it that the case has so many changes. What happened to one whose commit nobody confirmed is looked up."""
    while True:
        try:
            async with looking(Scope(municipality=case.municipality)):
                seen = await last_event(case.id)
            if seen >= number:
                return
            await _step(desk, case, seen)
            desk.known_at[case.id, number] = datetime.now(UTC)
            return
        except (*DATABASE_LOST, CaseChanged):
            await asyncio.sleep(_AGAIN_SECONDS)


async def _step(desk: Desk, case: Case, seen: int) -> None:
    """What the caseworker or the citizen does next; afterwards the days are corrected again and again."""
    now, by = datetime.now(UTC), Actor("bench", "visitator", None, Scope(municipality=case.municipality))
    match seen:
        case 1:
            await assess(case.id, desk.decided, actor=by, now=now, seen=seen)
        case 2:
            await cannot_offer(case.id, actor=by, now=now, seen=seen)
        case 3:
            await wait(case.id, actor=CITIZEN, now=now)
        case 4:
            await stop_waiting(case.id, actor=CITIZEN, now=now)
        case _:
            discharge = local_date(now) - timedelta(days=5)
            start = discharge + timedelta(days=1 + seen % 9)
            await correct_days(case.id, discharge=discharge, earliest_start=start, actor=by, now=now, seen=seen)
