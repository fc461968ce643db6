"""What has to be done because time passes, without anybody asking for it."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from matching.booking import drop_expired_holds
from matching.capacity.rolling import roll_all
from matching.figures import count_figures
from matching.messages.printing import forget_printed
from matching.messages.upkeep import remind_of_capacity, warn_of_endings
from matching.policy import Policy
from matching.retention.running import run_retention
from providers.actors import SYSTEM
from providers.attempts import forget_drained
from providers.database import transaction
from providers.jobs import forget_old_jobs
from providers.offers import lock_offers, refresh_next_free, sites_with_passed_offers
from providers.sessions import forget_ended_visits

# Few enough that a booking never waits long for the offers that a batch has locked.
_BATCH = 100


async def refresh_passed_offers(now: datetime, *, batch: int = _BATCH) -> int:
    """Find the next free seat of every site whose first one has gone by unused; the answer counts the sites."""
    refreshed = 0
    while site_ids := await sites_with_passed_offers(now, limit=batch):
        async with transaction():
            await lock_offers(site_ids)
            await refresh_next_free(site_ids, now)
        refreshed += len(site_ids)
    return refreshed


async def tidy_up(now: datetime) -> None:
    """Remove what has lost its meaning: each of these rows counts for nothing already."""
    await drop_expired_holds(now)
    await forget_drained(now)
    await forget_ended_visits(now)
    await forget_old_jobs(now)
    await forget_printed(now)


async def keep_sites_up(now: datetime, policy: Policy) -> None:
    """Put up the times of the days that have come, and tell those who have to see to something."""
    await roll_all(now)
    await remind_of_capacity(now, policy)
    await warn_of_endings(now)


class _ToldToStop(Exception):
    """Ends a run between two of its transactions."""


async def count_in_time(clock: Callable[[], datetime], stop: asyncio.Event) -> None:
    """The nightly figures. A worker that is told to stop leaves them as they were, and they are a day older."""
    with suppress(_ToldToStop):
        await count_figures(clock=clock, progress=_unless(stop))


async def forget_in_time(clock: Callable[[], datetime], stop: asyncio.Event) -> None:
    """The nightly retention run. A worker that is told to stop leaves the rest of it for the next night."""
    with suppress(_ToldToStop):
        await run_retention(actor=SYSTEM, clock=clock, progress=_unless(stop))


def _unless(stop: asyncio.Event) -> Callable[[str, int, int], None]:
    """Called between two transactions."""

    def progress(step: str, done: int, total: int) -> None:
        if stop.is_set():
            raise _ToldToStop

    return progress
