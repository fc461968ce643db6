"""What happens while changes are written: the worker is killed, and the database restarted."""

import asyncio
from asyncio.subprocess import Process
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

from portal.bench.databases import Databases
from portal.bench.storm.processes import a_worker, end
from providers.database import connect

_EACH = 3
"""Every third upset is the database's."""

_LOOK_SECONDS = 0.2
_SENT = "SELECT EXISTS (SELECT FROM report_attempt WHERE at > $1)"


class Outage(NamedTuple):
    """From when to when nothing could be delivered."""

    begin: datetime
    end: datetime


@dataclass
class Upsets:
    """`worker` is the one that lives now; what workers tell goes to the open file `log`."""

    databases: Databases
    url: str
    environment: Mapping[str, str]
    log: int
    worker: Process
    kills: int = 0
    restarts: int = 0
    outages: list[Outage] = field(default_factory=list)

    async def go_on(self, pause: float) -> None:
        """One upset after each pause of so many seconds, until cancelled."""
        while True:
            await asyncio.sleep(pause)
            began = datetime.now(UTC)
            if (self.kills + self.restarts) % _EACH == 1:
                await self.databases.restart()
                self.restarts += 1
            else:
                await end(self.worker)
                self.worker = await a_worker(self.environment, self.log)
                self.kills += 1
            self.outages.append(Outage(began, await self.back(datetime.now(UTC))))

    async def back(self, since: datetime) -> datetime:
        """When something is sent again."""
        owner = await connect(self.url)
        try:
            # Another process sends, and no event of ours can tell.
            while not await owner.fetchval(_SENT, since):  # noqa: ASYNC110
                await asyncio.sleep(_LOOK_SECONDS)
            return datetime.now(UTC)
        finally:
            await owner.close()
