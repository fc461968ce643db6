"""Which of the provider's sites a page or a form is about: the one that it names, or else the first."""

from starlette.requests import Request

from matching.capacity.errors import OwnSiteUnknown
from portal.admission import member_of
from portal.presenting.links import Link
from portal.reading import whole_number
from providers.models import Site

FIELD = "sted"


async def own_sites(request: Request) -> list[Site]:
    """By number, so that the first one stays the first."""
    return await Site.filter(provider_id=member_of(request).post.provider).order_by("id")


async def site_of(request: Request, named: str) -> Site:
    """Raises OwnSiteUnknown for another provider's site, and for a provider without any."""
    sites = await own_sites(request)
    wanted = whole_number(named) if named else None
    found = [site for site in sites if not named or site.pk == wanted]
    if not found:
        raise OwnSiteUnknown
    return found[0]


def site_links(sites: list[Site], path: str, **question: str) -> list[Link]:
    """The same page of each site; none when there is only one."""
    more = "".join(f"&{name}={value}" for name, value in question.items())
    return [Link(site.name, f"{path}?{FIELD}={site.pk}{more}") for site in sites] if len(sites) > 1 else []
