"""The provider's sites: how they stand, whether their times are still right, and one page for each."""

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.messages.upkeep import WARNED
from portal.admission import member_of
from portal.clinic.room import show
from portal.language import language_of
from portal.presenting.approvals import approval_lines_of
from portal.presenting.site_facts import place_heads, site_lines
from portal.reading import INTEGER, field, site_number, whole_number
from portal.registry import site_values
from portal.request_facts import actor_of, now_of, settings_of
from portal.telling import tell
from providers.approving import ending_approvals
from providers.clock import local_date
from providers.roles import Permission
from providers.sites.errors import SiteUnknown
from providers.sites.freshness import confirm
from providers.sites.reading import own_site, sites_of
from providers.words import N_

ALL = "alle"


async def show_all(request: Request) -> Response:
    """Every site with one press for "still right", and the approvals that end."""
    spoken, now, policy = language_of(request), now_of(request), settings_of(request).policy
    provider, today = member_of(request).post.provider or 0, local_date(now)
    ending = await ending_approvals(today, timedelta(days=max(WARNED)), provider_id=provider)
    values = {
        "title": spoken.say("Steder"),
        "heads": place_heads(spoken),
        "lines": site_lines(await sites_of(provider), policy.freshness, now, spoken),
        "ending": approval_lines_of(ending, request.app.state.catalogue, today, policy.decide_within, spoken),
        "stop": policy.freshness.stop.days,
        "may_edit": member_of(request).may(Permission.EDIT_SITE),
        "all": ALL,
    }
    return await show(request, "clinic/sites.html", values)


async def still_right(request: Request) -> Response:
    """The times of one site, or of all, are right as they stand; raises SiteUnknown."""
    chosen, member = await field(request, "sted"), member_of(request)
    number = whole_number(chosen, INTEGER)
    if number is None and chosen != ALL:
        raise SiteUnknown
    sites = [number] if number else [site.id for site in await sites_of(member.post.provider or 0)]
    await confirm(sites, actor=member.actor, now=now_of(request))
    tell(request, N_("Tak. Tiderne er bekræftet i dag."))
    return RedirectResponse("/klinik/steder", 303)


async def show_one(request: Request) -> Response:
    """Raises SiteUnknown."""
    member, site = member_of(request), await own_site(site_number(request), actor_of(request))
    values = await site_values(request, site) | {
        "may_edit": member.may(Permission.EDIT_SITE),
        "may_apply": member.may(Permission.APPLY_FOR_APPROVAL),
    }
    return await show(request, "clinic/site.html", values)
