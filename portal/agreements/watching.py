"""What goes wrong by itself when nobody looks: approvals that end, sites that have forgotten their times, and people
whose authorisation nobody has looked up."""

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from matching.messages.upkeep import WARNED
from portal.agreements.room import show
from portal.language import language_of
from portal.presenting.approvals import approval_lines_of, ending_heads
from portal.presenting.site_facts import person_heads, person_lines, place_heads, site_lines
from portal.request_facts import now_of, settings_of
from providers.approving import ending_approvals
from providers.clock import local_date
from providers.sites.reading import stale_sites, unchecked_people

MOST = 200


async def ending(request: Request) -> Response:
    """Those that end within sixty days and that nothing follows, the next one first."""
    spoken, today = language_of(request), local_date(now_of(request))
    found = await ending_approvals(today, timedelta(days=max(WARNED)), limit=MOST)
    policy = settings_of(request).policy
    values = {
        "title": spoken.say("Godkendelser, der udløber snart"),
        "warned": WARNED,
        "heads": ending_heads(spoken),
        "lines": approval_lines_of(found, request.app.state.catalogue, today, policy.decide_within, spoken),
    }
    return await show(request, "agreements/ending.html", values)


async def stale(request: Request) -> Response:
    """Those whose people have not confirmed their times for long, the most forgotten first."""
    spoken, now, limits = language_of(request), now_of(request), settings_of(request).policy.freshness
    found = await stale_sites(now - limits.remind, MOST)
    values = {
        "title": spoken.say("Steder, der ikke har bekræftet deres tider"),
        "limits": {"remind": limits.remind.days, "mark": limits.mark.days, "stop": limits.stop.days},
        "heads": place_heads(spoken)[:2],
        "lines": site_lines(found, limits, now, spoken),
    }
    return await show(request, "agreements/stale.html", values)


async def unchecked(request: Request) -> Response:
    """People who do not count until the register has been asked about them."""
    spoken = language_of(request)
    values = {
        "title": spoken.say("Autorisationer, der skal ses efter"),
        "heads": person_heads(spoken),
        "people": person_lines(await unchecked_people(MOST), spoken),
    }
    return await show(request, "agreements/unchecked.html", values)
