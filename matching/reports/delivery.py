"""Delivery of the outbox: at least once, in order per case and channel, under one message id at every attempt."""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from matching.reports.claims import claim, due_channels
from matching.reports.sending import Sender, send
from providers.database import in_a_transaction


async def deliver_plan(plan_id: int, *, sender: Sender, now: datetime, limit: int = 100) -> int:
    """Send what one plan has to report, in order, as far as its recipients take it; the answer counts the attempts."""
    return await _deliver(sender, now, plan_id, limit)


async def deliver_due(*, sender: Sender, now: datetime, limit: int = 1000) -> int:
    """Send what is due to all recipients side by side, at most `limit` to each; the answer counts the attempts."""
    return await _deliver(sender, now, None, limit)


async def _deliver(sender: Sender, now: datetime, plan_id: int | None, limit: int) -> int:
    if in_a_transaction():
        raise RuntimeError("nothing is sent inside a transaction")
    clock = _running_from(now)
    rounds = [_drain(channel, sender, clock, plan_id, limit) for channel in await due_channels(now, plan_id)]
    results = await asyncio.gather(*rounds, return_exceptions=True)
    if failures := [result for result in results if isinstance(result, Exception)]:
        raise ExceptionGroup("reports could not be sent", failures)
    return sum(result for result in results if isinstance(result, int))


def _running_from(now: datetime) -> Callable[[], datetime]:
    """A clock that starts at `now`: a round lasts long enough for signatures and leases to need the real time."""
    started = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - started)


async def _drain(
    channel_id: int, sender: Sender, clock: Callable[[], datetime], plan_id: int | None, limit: int
) -> int:
    """Send a channel's reports one after the other until none is due, or until its recipient is away.

    A round that has lasted long enough takes up nothing new, so that the next one can look everywhere again.
    """
    end = clock() + sender.pace.longest_round
    for attempt in range(limit):
        # The wake-ups of single plans go first; a round that waited behind them would keep others waiting.
        if clock() >= end or (plan_id is None and sender.lanes.busy(channel_id)):
            return attempt
        async with sender.lanes.lane(channel_id):
            if sender.stop.is_set() or sender.lanes.resting(channel_id, clock()):
                return attempt
            parcel = await claim(channel_id, clock(), plan_id, lease=sender.pace.lease)
            if parcel is None:
                return attempt
            await send(parcel, sender, clock)
    return limit
