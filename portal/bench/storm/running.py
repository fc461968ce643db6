"""The long test from its beginning to its end."""

import asyncio
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from portal.bench.databases import PREFIX, Databases
from portal.bench.ground import Country, Ground, environment_of, settings_of
from portal.bench.measuring import Effort
from portal.bench.storm.cases import Desk, change_cases, decided, take_in_cases
from portal.bench.storm.conduct import HEALTHY, Conduct
from portal.bench.storm.ledger import account
from portal.bench.storm.outcome import Outcome
from portal.bench.storm.processes import Ports, a_worker, end, ports, receivers, say
from portal.bench.storm.racing import race
from portal.bench.storm.town import Town, settle
from portal.bench.storm.upsets import Upsets
from portal.worker.queue import DATABASE_LOST
from providers.database import APP_ROLE, connect, connected, migrate
from providers.demo.progress import Progress
from providers.reference import load_reference

_DATABASE = f"{PREFIX}storm"
_CHANGES_OF_A_CASE = 5
_OPEN = "SELECT count(*) FROM report WHERE state IN ('queued', 'sent')"
_WAITING = """
SELECT count(*) FROM report r JOIN report_channel c ON c.id = r.channel_id
WHERE r.state IN ('queued', 'sent') AND c.municipality_id = ANY ($1)
"""
_BACKLOG = 40
_LOOK_SECONDS = 0.3
_PATIENCE_SECONDS = 120.0
"""How long nothing may arrive before the rest is taken for lost."""

_OURS = {
    "GENVEJ_PRIVATE_TARGETS": "127.0.0.0/8",
    "GENVEJ_MEDCOM_SOR": "999900000009002",
    "GENVEJ_MEDCOM_GLN": "5790000000012",
}


@dataclass(frozen=True, slots=True)
class Size:
    """So many changes, at most `pace` of them in a second, and an upset each `upset_seconds`."""

    changes: int
    pace: float
    upset_seconds: float


SHORT = Size(1_000, 60, 3)
LONG = Size(100_000, 80, 60)


async def storm(databases: Databases, size: Size, progress: Progress) -> Outcome:
    """Write the changes while everything breaks, wait until it is calm, and count what arrived."""
    await databases.drop(_DATABASE)
    await databases.make(_DATABASE)
    url = databases.address(_DATABASE)
    await migrate(url)
    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "log").open("wb") as log:
        async with ports() as opened:
            return await _storm(databases, size, opened, Path(folder), log.fileno(), progress)


async def _storm(
    databases: Databases, size: Size, opened: Ports, folder: Path, log: int, progress: Progress
) -> Outcome:
    url, secrets, ledger = databases.address(_DATABASE), databases.secrets, folder / "ledger"
    environment = environment_of(url, secrets) | _OURS
    settings = settings_of(url, secrets, private_targets="127.0.0.0/8")
    async with connected(url, pool_size=2):
        await load_reference()
        town = await settle(opened, settings.vault())
        desk = Desk(await decided(), size.pace, settings.vault())
    ground = Ground(databases, 0, Effort(0, 0), progress)
    async with (
        ground.server(Country(url, settings, secrets, 0)) as portal,
        receivers(opened, town.given(str(ledger), f"http://127.0.0.1:{portal}")) as recipients,
    ):
        upsets = Upsets(databases, url, environment, log, await a_worker(environment, log))
        try:
            await _write(desk, town, size, url, upsets, progress)
            say(recipients)
            await _settled(url, progress)
            await end(upsets.worker)
            async with connected(url, pool_size=1):
                found = await account(ledger)
            well = {code: secret for code, secret in town.secrets.items() if town.conducts[code] is Conduct.WELL}
            speed = await race(url, settings, well)
        finally:
            await end(upsets.worker)
    return Outcome(found, town.conducts, desk.known_at, upsets.outages, upsets.kills, upsets.restarts, speed)


async def _write(desk: Desk, town: Town, size: Size, url: str, upsets: Upsets, progress: Progress) -> None:
    """All the changes, and what breaks meanwhile."""
    cases = max(1, size.changes // len(town.codes) // _CHANGES_OF_A_CASE)
    async with connected(url, role=APP_ROLE, pool_size=10):
        taken = await take_in_cases(desk, town.codes, cases, size.changes)
        await upsets.back(datetime.now(UTC))
        healthy = [code for code, conduct in town.conducts.items() if conduct in HEALTHY]
        breaking = asyncio.create_task(upsets.go_on(size.upset_seconds))
        watching = asyncio.create_task(_watch(desk, url, healthy, size.changes, progress))
        try:
            await change_cases(desk, taken)
        finally:
            breaking.cancel()
            watching.cancel()
            await asyncio.gather(breaking, watching, return_exceptions=True)


async def _watch(desk: Desk, url: str, healthy: Sequence[str], changes: int, progress: Progress) -> None:
    """Let the writers go on while what is well keeps up."""
    while True:
        progress("changes", desk.written, changes)
        with suppress(*DATABASE_LOST):
            owner = await connect(url)
            waiting = await owner.fetchval(_WAITING, healthy)
            await owner.close()
            desk.clear.set() if waiting < _BACKLOG else desk.clear.clear()
        await asyncio.sleep(_LOOK_SECONDS)


async def _settled(url: str, progress: Progress) -> None:
    """Wait until nothing is under way any more, or nothing has moved for a long time."""
    owner = await connect(url)
    try:
        first = left = await owner.fetchval(_OPEN)
        moved = monotonic()
        while left and monotonic() - moved < _PATIENCE_SECONDS:
            await asyncio.sleep(_LOOK_SECONDS)
            before, left = left, await owner.fetchval(_OPEN)
            moved = monotonic() if left != before else moved
            progress("reports still to come", first - left, first)
    finally:
        await owner.close()
