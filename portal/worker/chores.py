"""What has to be done because time passes, without anybody asking for it."""

from datetime import datetime

from matching.booking import drop_expired_holds
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
