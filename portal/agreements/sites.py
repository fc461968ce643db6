"""One page for each site: what it says of itself, who works there, what it may deliver, and all that happened."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal.agreements.room import show
from portal.language import language_of
from portal.presenting.forms import problem_values
from portal.presenting.site_facts import place_heads, site_lines
from portal.reading import INTEGER, field, line_asked, site_number, whole_number, words
from portal.registry import site_values
from portal.request_facts import actor_of, now_of, settings_of
from portal.telling import tell
from providers.approving import check_authorisation, remark
from providers.approving.errors import PractitionerUnknown, ReasonMissing
from providers.errors import GenvejError
from providers.sites.reading import any_site, sites_like
from providers.words import N_

MOST = 50
_LONGEST = 120


async def find(request: Request) -> Response:
    """The first fifty whose name, provider or town holds what was typed."""
    spoken, limits = language_of(request), settings_of(request).policy.freshness
    typed = line_asked(request, "q", _LONGEST)
    found = await sites_like(typed, MOST + 1)
    values = {
        "title": spoken.say("Steder"),
        "typed": typed,
        "heads": place_heads(spoken),
        "lines": site_lines(found[:MOST], limits, now_of(request), spoken),
        "there_are_more": len(found) > MOST,
    }
    return await show(request, "agreements/sites.html", values)


async def show_one(request: Request) -> Response:
    """Raises SiteUnknown."""
    return await _page(request)


async def add_remark(request: Request) -> Response:
    """What supervision has seen becomes part of the history; raises SiteUnknown."""
    try:
        await remark(site_number(request), await words(request, "tilsyn"), actor=actor_of(request), now=now_of(request))
    except ReasonMissing as error:
        return await _page(request, {"tilsyn": error})
    tell(request, N_("Bemærkningen er skrevet i stedets historik."))
    return RedirectResponse(f"/aftaler/steder/{site_number(request)}", 303)


async def check_person(request: Request) -> Response:
    """The authorisation register has the person; raises PractitionerUnknown."""
    number = whole_number(await field(request, "person"), INTEGER)
    if number is None:
        raise PractitionerUnknown
    site_id = await check_authorisation(number, actor=actor_of(request), now=now_of(request))
    tell(request, N_("Autorisationen er noteret som set efter."))
    return RedirectResponse(f"/aftaler/steder/{site_id}", 303)


async def _page(request: Request, errors: dict[str, GenvejError] | None = None) -> Response:
    site = await any_site(site_number(request))
    values = await site_values(request, site) | problem_values(errors, language_of(request))
    return await show(request, "agreements/site.html", values, status=400 if errors else 200)
