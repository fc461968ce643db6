"""A country of any size, invented for trying the portal out and for measuring it."""

from datetime import UTC, datetime

from matching.demo.scale import build_many_cases
from portal.demo_secrets import Secrets
from portal.settings import Settings
from providers.database import fetch_value
from providers.demo.progress import Progress
from providers.demo.scale import build_big_registry
from providers.reference import load_reference

SEED = 1140
"""Of the registry: any number gives a country of its own, this one gives ours."""

COUNTED = ("site", "approval", "offer", "slot", "plan", "booking", "case_event", "report")
"""The tables that say how large a country is."""


async def build_country(secrets: Secrets, settings: Settings, sites: int, cases: int, progress: Progress) -> None:
    """The reference data, so many sites and so many cases, in the empty tables of the connected database."""
    now = datetime.now(UTC)
    await load_reference()
    await build_big_registry(seed=SEED, now=now, sites=sites, progress=progress)
    await build_many_cases(
        seed=bytes.fromhex(secrets.seed), vault=settings.vault(), now=now, cases=cases, progress=progress
    )


async def sizes() -> dict[str, int]:
    """Rows by table."""
    return {table: await fetch_value(f"SELECT count(*) FROM {table}") for table in COUNTED}
