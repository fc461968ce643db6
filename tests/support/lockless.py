"""The booking without what keeps it right, to show what would happen then. Only for the controls of the race tests.

So that a race is run and not left to chance, the first two who have looked wait for each other before they write.
"""

import asyncio
from collections.abc import Collection
from datetime import datetime

import pytest

from matching.booking import choosing, holding, seats, taking
from matching.cases import Case, read_case
from matching.finding.seats import Seat
from matching.policy import Policy
from providers.database import connect, execute, fetch_value
from providers.offers import refresh_next_free
from tests.support.patience import WAIT

NO_CONSTRAINTS = """
ALTER TABLE slot DROP CONSTRAINT slot_seats_not_exceeded, DROP CONSTRAINT slot_counts_not_negative;
ALTER TABLE idempotency_key DROP CONSTRAINT idempotency_key_once_per_plan;
ALTER TABLE case_event DROP CONSTRAINT case_event_sequence_once;
DROP INDEX booking_one_current_per_plan;
"""


class Meeting:
    """The first two who come wait for each other; whoever comes later walks by."""

    def __init__(self) -> None:
        self._come = 0
        self._both = asyncio.Event()

    async def come(self, _: object = None) -> None:
        """Wait for the second one."""
        self._come += 1
        if self._come >= 2:
            self._both.set()
        async with asyncio.timeout(WAIT):
            await self._both.wait()


async def drop_constraints(url: str) -> None:
    """Take away what stands behind the locks; for a database that is dropped afterwards."""
    owner = await connect(url)
    await owner.execute(NO_CONSTRAINTS)
    await owner.close()


def without_locks(patch: pytest.MonkeyPatch) -> None:
    """Nobody locks anything, and two have looked before one of them writes."""
    meeting, seat_for = Meeting(), seats.seat_for

    async def look(case: Case, slot_id: int, policy: Policy) -> Seat:
        seat = await seat_for(case, slot_id, policy)
        await meeting.come()
        return seat

    for module in (choosing, holding):
        patch.setattr(module, "lock_case", read_case)
    for module in (holding, taking):
        patch.setattr(module, "lock_slots", _no_lock)
        patch.setattr(module, "seat_for", look)
    # Cancelling looks at no seat: it has looked when it would lock the one that it frees.
    patch.setattr(choosing, "lock_slots", meeting.come)
    patch.setattr(seats, "lock_offers", _no_lock)


def without_locks_of_offers(patch: pytest.MonkeyPatch) -> None:
    """Two bring the offers of one site up to date; the second has begun to before the first is done."""
    first = asyncio.Event()

    async def refresh_and_wait(site_ids: Collection[int], now: datetime) -> None:
        await refresh_next_free(site_ids, now)
        if not first.is_set():
            first.set()
            await _somebody_waits_for_me()

    patch.setattr(seats, "lock_offers", Meeting().come)
    patch.setattr(seats, "refresh_next_free", refresh_and_wait)


def without_order(patch: pytest.MonkeyPatch) -> None:
    """Slots are locked as they come to mind, and two have their first one before one of them wants its second."""
    meeting = Meeting()

    async def lock_as_asked(slot_ids: Collection[int]) -> None:
        for slot_id in slot_ids:
            await execute("SELECT FROM slot WHERE id = $1 FOR UPDATE", slot_id)
            await meeting.come()

    patch.setattr(taking, "lock_slots", lock_as_asked)


async def _somebody_waits_for_me() -> None:
    blocked = "SELECT count(*) FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))"
    async with asyncio.timeout(WAIT):
        while not await fetch_value(blocked):
            pass


async def _no_lock(ids: Collection[int]) -> None:
    pass
