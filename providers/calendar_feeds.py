"""The secret in the address of a site's calendar: made, exchanged, taken away, and recognised."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from providers.actors import Actor
from providers.database import execute, fetch_one, transaction
from providers.models import CalendarFeed
from providers.sites.reading import own_site
from providers.vault import Vault

_HASHED_AS = "calendar_feed"

# Noting each use would make every look a change.
_NOTED_AGAIN = timedelta(hours=1)
_MAKE = """
INSERT INTO calendar_feed (site_id, digest, made_at, made_by) VALUES ($1, $2, $3, $4)
ON CONFLICT (site_id) DO UPDATE SET digest = $2, made_at = $3, made_by = $4, last_used_at = NULL
"""
_FIND = """
SELECT f.id, f.digest, f.last_used_at, s.id AS site, s.provider_id AS provider
FROM calendar_feed f JOIN site s ON s.id = f.site_id WHERE f.digest = ANY ($1)
"""
_NOTE = "UPDATE calendar_feed SET last_used_at = $2, digest = $3 WHERE id = $1"


@dataclass(frozen=True, slots=True)
class FeedOf:
    """Whose calendar a secret opens."""

    site: int
    provider: int


async def feed_of(site_id: int, actor: Actor) -> CalendarFeed | None:
    """What is known of a site's feed, never its secret; raises SiteUnknown for one that is not the actor's."""
    site = await own_site(site_id, actor)
    return await CalendarFeed.get_or_none(site_id=site.pk)


async def make_feed(site_id: int, *, actor: Actor, now: datetime, vault: Vault) -> str:
    """A new secret, which nobody can be shown again; the one before ends at once. Raises SiteUnknown."""
    site, secret = await own_site(site_id, actor), secrets.token_urlsafe(32)
    async with transaction():
        await execute(_MAKE, site.pk, vault.digest(_HASHED_AS, secret), now, str(actor))
    return secret


async def remove_feed(site_id: int, *, actor: Actor) -> None:
    """Nobody reads the calendar any more; raises SiteUnknown."""
    site = await own_site(site_id, actor)
    async with transaction():
        await execute("DELETE FROM calendar_feed WHERE site_id = $1", site.pk)


async def feed_behind(secret: str, *, now: datetime, vault: Vault) -> FeedOf | None:
    """None for any secret that opens nothing, whatever it may have opened once.

    A secret whose hash was made with an earlier lookup key is as good, and gets a hash of the newest one.
    """
    digests = vault.digests(_HASHED_AS, secret)
    found = await fetch_one(_FIND, digests)
    if found is None:
        return None
    used = found["last_used_at"]
    if used is None or now - used > _NOTED_AGAIN or found["digest"] != digests[0]:
        await execute(_NOTE, found["id"], now, digests[0])
    return FeedOf(found["site"], found["provider"])
