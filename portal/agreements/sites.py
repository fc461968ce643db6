"""One page for each site: what it says of itself, who works there, what it may deliver, and all that happened."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal.agreements.room import show
from portal.language import language_of
from portal.presenting.approvals import approval_heads, approval_lines_of
from portal.presenting.forms import problem_values
from portal.presenting.site_facts import fact_rows, fresh_tag, person_heads, person_lines, place_heads, site_lines
from portal.presenting.site_history import history_lines
from portal.reading import INTEGER, field, line_asked, site_number, whole_number, words
from portal.request_facts import actor_of, now_of, settings_of
from portal.telling import tell
from providers.approving import approvals_of_site, check_authorisation, remark, site_history
from providers.approving.errors import PractitionerUnknown, ReasonMissing
from providers.clock import local_date
from providers.errors import GenvejError
from providers.sites.reading import any_site, people_of, sites_like
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
    spoken, now, policy = language_of(request), now_of(request), settings_of(request).policy
    site, catalogue = await any_site(site_number(request)), request.app.state.catalogue
    values = {
        "title": site.name,
        "site": site,
        "rows": fact_rows(site, spoken),
        "fresh": fresh_tag(site.capacity_confirmed_at, policy.freshness, now, spoken),
        "person_heads": person_heads(spoken),
        "people": person_lines(await people_of(site.pk), spoken),
        "heads": approval_heads(spoken),
        "lines": approval_lines_of(
            await approvals_of_site(site.pk), catalogue, local_date(now), policy.decide_within, spoken
        ),
        "history": history_lines(await site_history(site.pk), catalogue, spoken),
        **problem_values(errors, spoken),
    }
    return await show(request, "agreements/site.html", values, status=400 if errors else 200)
