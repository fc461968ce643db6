"""A site's times opened to be changed: its provider's own, locked, with the offers right at the end."""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from datetime import datetime

from matching.capacity.errors import OwnSiteUnknown
from providers.database import execute, fetch_one, transaction
from providers.offers import lock_offers, refresh_next_free
from providers.scope import Scope

_SITE = "SELECT id FROM site WHERE id = $1 AND provider_id = $2 FOR UPDATE"

# Whoever had a seat keeps it: as an extra one, which nobody else can be given when it becomes free.
_CLOSE = """
UPDATE slot SET closed_seats = seats, seats = 0, extra_seats = greatest(extra_seats, taken + blocked_seats)
WHERE id = ANY ($1::bigint[]) AND closed_seats IS NULL
"""
_OPEN = """
UPDATE slot SET seats = closed_seats, closed_seats = NULL,
                extra_seats = greatest(0, taken + blocked_seats - closed_seats)
WHERE id = ANY ($1::bigint[]) AND closed_seats IS NOT NULL AND agreed_in_id IS NULL
"""


@asynccontextmanager
async def changing(site_id: int, provider: int | None, now: datetime) -> AsyncIterator[None]:
    """One transaction for the times of a site, one at a time, that sees the provider's own bookings.

    Raises OwnSiteUnknown for another provider's.
    """
    async with transaction(Scope(provider=provider)):
        if await fetch_one(_SITE, site_id, provider) is None:
            raise OwnSiteUnknown
        yield
        await lock_offers([site_id])
        await refresh_next_free([site_id], now)


@asynccontextmanager
async def changing_all(site_ids: Collection[int], now: datetime) -> AsyncIterator[None]:
    """The same for the times of several sites, whosever they are."""
    sites = sorted(site_ids)
    async with transaction():
        await execute("SELECT FROM site WHERE id = ANY ($1::int[]) ORDER BY id FOR UPDATE", sites)
        yield
        await lock_offers(sites)
        await refresh_next_free(sites, now)


async def close_slots(slot_ids: Collection[int]) -> None:
    """Nobody gets these times any more; who has one keeps it, and what is held for the moment is given back."""
    if not slot_ids:
        return
    numbers = sorted(slot_ids)
    await execute("SELECT FROM slot WHERE id = ANY ($1::bigint[]) ORDER BY id FOR UPDATE", numbers)
    await execute("DELETE FROM hold WHERE slot_id = ANY ($1::bigint[])", numbers)
    await execute(_CLOSE, numbers)


async def open_slots(slot_ids: Collection[int]) -> None:
    """Closed times have their seats again; an hour that was agreed with somebody has none to have."""
    numbers = sorted(slot_ids)
    await execute("SELECT FROM slot WHERE id = ANY ($1::bigint[]) ORDER BY id FOR UPDATE", numbers)
    await execute(_OPEN, numbers)
