"""Traffic rules of one process: how much goes out at once, and which recipients are left alone for a while."""

from asyncio import Semaphore
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

# One report that makes its recipient stumble looks like an outage each time; it must not hurry itself along.
_BETWEEN_RETURNS = timedelta(hours=1)


class Lanes:
    """`total` reports under way at most, `per_channel` of them to one recipient, so that none can block the others."""

    def __init__(self, *, total: int = 50, per_channel: int = 2) -> None:
        self._total = Semaphore(total)
        self._channels: defaultdict[int, Semaphore] = defaultdict(lambda: Semaphore(per_channel))
        self._resting: dict[int, datetime] = {}
        self._returned: dict[int, datetime] = {}

    @asynccontextmanager
    async def lane(self, channel_id: int) -> AsyncIterator[None]:
        """Wait for a place. Whoever waits for a slow recipient takes no place from the others."""
        async with self._channels[channel_id], self._total:
            yield

    def busy(self, channel_id: int) -> bool:
        """Whether one would have to wait for the recipient's lane."""
        return self._channels[channel_id].locked()

    def resting(self, channel_id: int, now: datetime) -> bool:
        """Whether the recipient was away a moment ago, and is not to be tried yet."""
        until = self._resting.get(channel_id)
        return until is not None and now < until

    def rest(self, channel_id: int, until: datetime) -> None:
        """The recipient is away: leave it alone until then."""
        self._resting[channel_id] = until

    def answered(self, channel_id: int, now: datetime) -> bool:
        """The recipient is there; True when it had been away, and has not returned before within the hour."""
        if self._resting.pop(channel_id, None) is None:
            return False
        last = self._returned.get(channel_id)
        if last is not None and now - last < _BETWEEN_RETURNS:
            return False
        self._returned[channel_id] = now
        return True
