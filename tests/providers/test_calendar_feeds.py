"""The secret of a calendar's address: known to nobody but its holder, exchanged and taken away at once."""

from datetime import timedelta

import asyncpg
import pytest

from providers.accounts import Post
from providers.actors import Actor
from providers.calendar_feeds import FeedOf, feed_behind, feed_of, make_feed, remove_feed
from providers.database import execute
from providers.models import CalendarFeed, Site
from providers.roles import Role
from providers.sites.errors import SiteUnknown
from providers.vault import Vault
from tests.support.rows import undone
from tests.support.worlds import FIELD_KEY, LOOKUP_KEY, NOW, VAULT, a_site

pytestmark = pytest.mark.usefixtures("clean_world")

LATER = NOW + timedelta(days=1)
ADD = "INSERT INTO calendar_feed (site_id, digest, made_at, made_by)"
BAD_ROWS = {
    "calendar_feed_one_per_site": f"{ADD} SELECT site_id, 'another', made_at, made_by FROM calendar_feed",
    "calendar_feed_digest_once": f"{ADD} SELECT s.id, f.digest, f.made_at, f.made_by FROM calendar_feed f, site s"
    " WHERE s.id <> f.site_id",
}


def owner_of(site: Site) -> Actor:
    return Actor("account:1", Role.CLINIC_OWNER, scope=Post(Role.CLINIC_OWNER, provider=site.provider_id).scope)


async def test_a_secret_opens_until_another_is_made_or_it_is_taken_away() -> None:
    site = await a_site("private")
    owner = owner_of(site)
    assert await feed_of(site.pk, owner) is None
    first = await make_feed(site.pk, actor=owner, now=NOW, vault=VAULT)
    opened = FeedOf(site.pk, site.provider_id)
    assert await feed_behind(first, now=LATER, vault=VAULT) == opened
    kept = await CalendarFeed.get(site_id=site.pk)
    assert (first in kept.digest, kept.last_used_at) == (False, LATER)
    second = await make_feed(site.pk, actor=owner, now=LATER, vault=VAULT)
    assert await feed_behind(first, now=LATER, vault=VAULT) is None
    assert await feed_behind(second, now=LATER, vault=VAULT) == opened
    await remove_feed(site.pk, actor=owner)
    assert await feed_behind(second, now=LATER, vault=VAULT) is None


async def test_a_secret_outlives_the_change_of_the_lookup_key() -> None:
    site = await a_site("private")
    secret = await make_feed(site.pk, actor=owner_of(site), now=NOW, vault=VAULT)
    newer = "a third key that only the tests know"
    both = Vault([FIELD_KEY], newer, [LOOKUP_KEY])
    assert await feed_behind(secret, now=LATER, vault=both)
    assert await feed_behind(secret, now=LATER, vault=Vault([FIELD_KEY], newer))


async def test_a_stranger_makes_sees_and_ends_nothing() -> None:
    site, other = await a_site("private"), await a_site("private")
    await make_feed(site.pk, actor=owner_of(site), now=NOW, vault=VAULT)
    stranger = owner_of(other)
    with pytest.raises(SiteUnknown):
        await make_feed(site.pk, actor=stranger, now=NOW, vault=VAULT)
    with pytest.raises(SiteUnknown):
        await remove_feed(site.pk, actor=stranger)
    with pytest.raises(SiteUnknown):
        await feed_of(site.pk, stranger)


@pytest.mark.parametrize("constraint", BAD_ROWS)
async def test_the_database_refuses_the_bad_row(constraint: str) -> None:
    site, _ = await a_site("private"), await a_site("private")
    await make_feed(site.pk, actor=owner_of(site), now=NOW, vault=VAULT)
    async with undone():
        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match=constraint):
            await execute(BAD_ROWS[constraint])
