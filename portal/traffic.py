"""How often one address may come: a bucket that fills with each request and drains with time.

Counting is done in the process, so that no request asks the database for it. What busy addresses have spent is told
to the other processes every few seconds, in one statement: together they let through little more than one would. Who
stays below a tenth of the limit is told to nobody and written nowhere.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import asyncpg
import structlog
from starlette.types import Scope

from portal.addresses import sender
from portal.operations import WATCHED
from providers.attempts import share
from providers.errors import GenvejError
from providers.words import N_

log = structlog.get_logger(__name__)

_EVERY = timedelta(seconds=2)
LEFT = "genvej.left"
"""Where a request's scope says what its sender has left."""
_BUSY = 0.1
_MOST_ADDRESSES = 100_000


class TooManyRequests(GenvejError):
    """`details`: `wait` is a timedelta, `limit` the number of requests in a minute."""

    code: ClassVar[str] = "too_many_requests"
    message: ClassVar[str] = N_("Der kommer for mange forespørgsler fra din adresse. Vent lidt, og prøv igen.")


@dataclass(slots=True)
class _Count:
    """`level`: requests not forgotten yet, at the instant `at`. `new`: those that other processes do not know of."""

    at: datetime
    level: float = 0.0
    new: float = 0.0


def real_now() -> datetime:
    return datetime.now(UTC)


class Traffic:
    """A check of the gate. `limit` requests may come at once, and as many more in each minute; 0 = any number."""

    def __init__(self, limit: int, *, digest: Callable[[str], str], clock: Callable[[], datetime] = real_now) -> None:
        self.limit = limit
        self.pause = timedelta(minutes=1) / limit if limit else timedelta(0)
        self._digest = digest
        self._clock = clock
        self._counts: dict[str, _Count] = {}

    def __call__(self, scope: Scope) -> TooManyRequests | None:
        path: str = scope["path"]
        if not self.limit or path in WATCHED or path.startswith("/static/"):
            return None
        count = self._drained(sender(scope), self._clock())
        if count.level + 1 > self.limit:
            return TooManyRequests(wait=self.pause * (count.level + 1 - self.limit), limit=self.limit)
        count.level += 1
        count.new += 1
        scope[LEFT] = self.limit, count.level
        return None

    async def share(self) -> None:
        """Tell the other processes what busy addresses have spent here, and learn what they have spent there."""
        now = self._clock()
        self._forget(now)
        busy = {
            self._digest(address): count for address, count in self._counts.items() if count.level >= self.limit * _BUSY
        }
        if not busy:
            return
        told = {bucket: count.new for bucket, count in busy.items()}
        for bucket, level in (await share(told, self.pause, now)).items():
            # Requests that came while the database answered are new again.
            busy[bucket].new -= told[bucket]
            busy[bucket].level = level + busy[bucket].new
            busy[bucket].at = now

    @asynccontextmanager
    async def shared(self) -> AsyncIterator[None]:
        """Share every few seconds while the block runs. Without the database each process counts for itself."""
        task = asyncio.create_task(self._share_again_and_again())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait([task])

    async def _share_again_and_again(self) -> None:
        while True:
            await asyncio.sleep(_EVERY.total_seconds())
            try:
                await self.share()
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                log.warning("traffic_not_shared", error=type(error).__name__)

    def _drained(self, address: str, now: datetime) -> _Count:
        count = self._counts.get(address)
        if count is None:
            count = self._counts[address] = _Count(now)
        elif now > count.at:
            count.level = max(0.0, count.level - (now - count.at) / self.pause)
            count.at = now
        return count

    def _forget(self, now: datetime) -> None:
        """Drop who has not come for a while; when a crowd of addresses comes, those that come least."""
        kept = [(address, count) for address in list(self._counts) if (count := self._drained(address, now)).level > 0]
        if len(kept) > _MOST_ADDRESSES:
            kept = sorted(kept, key=lambda item: item[1].level)[-_MOST_ADDRESSES:]
        self._counts = dict(kept)
