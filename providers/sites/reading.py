"""Sites as their own people and the approver see them, with how long ago their times were confirmed."""

from dataclasses import dataclass
from datetime import datetime

from providers.actors import Actor
from providers.database import fetch
from providers.models import Practitioner, Site
from providers.sites.errors import SiteUnknown

_LISTED = """
SELECT s.id, s.name, s.street, s.postal_code_id AS postal_code, z.name AS postal_name, s.capacity_confirmed_at,
       p.name AS provider, count(a.id) FILTER (WHERE a.state = 'approved') AS approved,
       count(a.id) FILTER (WHERE a.state IN ('applied', 'returned')) AS open
FROM site s JOIN provider p ON p.id = s.provider_id JOIN postal_code z ON z.code = s.postal_code_id
LEFT JOIN approval a ON a.site_id = s.id
"""
_GROUPED = "GROUP BY s.id, p.id, z.code"


@dataclass(frozen=True, slots=True)
class Listed:
    """A site in a list; `open` counts the applications that are not decided."""

    id: int
    name: str
    street: str
    postal_code: str
    postal_name: str
    capacity_confirmed_at: datetime
    provider: str
    approved: int
    open: int


async def own_site(site_id: int, actor: Actor) -> Site:
    """A site of the actor's provider, with provider and postal code; raises SiteUnknown."""
    site = await _with_all(site_id)
    if site is None or site.provider_id != actor.scope.provider:
        raise SiteUnknown
    return site


async def any_site(site_id: int) -> Site:
    """The same for whoever may see all of them."""
    site = await _with_all(site_id)
    if site is None:
        raise SiteUnknown
    return site


async def sites_of(provider_id: int) -> list[Listed]:
    """A provider's sites by name."""
    query = f'{_LISTED} WHERE s.provider_id = $1 {_GROUPED} ORDER BY s.name COLLATE "da-x-icu", s.id'
    return [Listed(**row) for row in await fetch(query, provider_id)]


async def sites_like(text: str, limit: int) -> list[Listed]:
    """Sites whose name, provider or postal code holds the text, by name."""
    query = f"""
    {_LISTED} WHERE strpos(lower(s.name || ' ' || p.name || ' ' || s.postal_code_id || ' ' || z.name), lower($1)) > 0
    {_GROUPED} ORDER BY s.name COLLATE "da-x-icu", s.id LIMIT $2
    """
    return [Listed(**row) for row in await fetch(query, text, limit)]


async def stale_sites(before: datetime, limit: int) -> list[Listed]:
    """Sites with an approval whose times were last confirmed before then, the most forgotten first."""
    query = f"""
    {_LISTED} WHERE s.capacity_confirmed_at < $1 {_GROUPED} HAVING count(a.id) FILTER (WHERE a.state = 'approved') > 0
    ORDER BY s.capacity_confirmed_at, s.id LIMIT $2
    """
    return [Listed(**row) for row in await fetch(query, before, limit)]


async def people_of(site_id: int) -> list[Practitioner]:
    """Those who work there now, therapists first."""
    found = await Practitioner.filter(site_id=site_id, withdrawn_at=None).order_by("id")
    return sorted(found, key=lambda person: (person.role != "therapist", person.name))


async def unchecked_people(limit: int) -> list[Practitioner]:
    """Those whose authorisation nobody has looked up yet, with their sites, the first to come first."""
    waiting = Practitioner.filter(checked_at=None, withdrawn_at=None, authorisation_id__isnull=False)
    return await waiting.order_by("id").limit(limit).select_related("site")


async def _with_all(site_id: int) -> Site | None:
    return await Site.get_or_none(id=site_id).select_related("provider", "postal_code")
