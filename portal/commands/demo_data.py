"""`genvej demo-data`: a country of any size, to see how the portal carries it."""

import asyncio
from datetime import UTC, datetime
from time import monotonic
from typing import Annotated

import typer

from portal.commands.building import start_over
from portal.commands.place import DEFAULT_DATA, DataOption, Secrets, database, make_secrets, settings_for
from portal.commands.showing import console, progress_bars, step
from portal.country import build_country, sizes
from portal.settings import Settings
from providers import database as databases
from providers.database import connected
from providers.demo.logins import add_logins
from providers.models import Milestone

MOST_SITES, MOST_CASES = 500_000, 1_000_000


def demo_data(
    sites: Annotated[int, typer.Option(min=1, max=MOST_SITES, help="How many sites; each has ten times.")] = 5_000,
    cases: Annotated[int, typer.Option(min=0, max=MOST_CASES, help="How many plans.")] = 5_000,
    data: DataOption = DEFAULT_DATA,
    fresh: Annotated[bool, typer.Option("--fresh", help="Throw a demo that is there away.")] = False,
) -> None:
    """Fill an empty database with invented sites and cases; `genvej serve` then shows them."""
    began = monotonic()
    with database(data) as url:
        secrets = make_secrets(data)
        settings = settings_for(url, data)
        asyncio.run(_fill(url, secrets, settings, sites, cases, fresh=fresh))
    console.print(f"Done in {monotonic() - began:.0f} s. See it with: genvej serve --data {data}", soft_wrap=True)


async def _fill(url: str, secrets: Secrets, settings: Settings, sites: int, cases: int, *, fresh: bool) -> None:
    with step("Tables"):
        await databases.migrate(url)
    async with connected(url, pool_size=2):
        await start_over(fresh)
        with progress_bars() as progress:
            await build_country(secrets, settings, sites, cases, progress)
        now = datetime.now(UTC)
        await add_logins(now)
        # Named so that `genvej demo` knows it for a demo, and for another than its own.
        await Milestone.create(name=f"demo_built_with_{sites}_sites", reached_at=now)
        console.print(", ".join(f"{table} {number:,}" for table, number in (await sizes()).items()))
