"""Whether a site's free times are still right: three limits on how long ago its people last said so.

Not confirmed for `remind`, they are written to once; for `mark`, citizens read it; for `stop`, nothing can be booked.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from providers.actors import Actor
from providers.database import transaction
from providers.models import Site
from providers.sites.errors import SiteUnknown


class Freshness(StrEnum):
    FRESH = "fresh"
    REMINDED = "reminded"
    MARKED = "marked"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Limits:
    """In the order in which they are met."""

    remind: timedelta
    mark: timedelta
    stop: timedelta

    def at(self, confirmed: datetime, now: datetime) -> Freshness:
        """A site is stopped only beyond the limit, as the search has it: at the very instant it is still bookable."""
        age = now - confirmed
        if age > self.stop:
            return Freshness.STOPPED
        if age > self.mark:
            return Freshness.MARKED
        return Freshness.REMINDED if age > self.remind else Freshness.FRESH


async def confirm(site_ids: Collection[int], *, actor: Actor, now: datetime) -> int:
    """The free times of these sites are still right; the answer counts the sites. Raises SiteUnknown for none.

    Matching reads the instant itself, so it obeys at the commit.
    """
    async with transaction(actor.scope):
        own = Site.filter(id__in=list(site_ids), provider_id=actor.scope.provider or 0)
        confirmed = await own.update(capacity_confirmed_at=now)
    if not confirmed:
        raise SiteUnknown
    return confirmed
