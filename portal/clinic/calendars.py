"""A site's calendar for other programs: its address is made, exchanged and taken away here, and read by anybody who
has it.
"""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.course.calendar import booked_times
from portal.clinic.room import show
from portal.language import language, language_of
from portal.presenting.dates import short_date
from portal.presenting.site_calendar import site_calendar
from portal.reading import site_number
from portal.request_facts import actor_of, now_of, settings_of
from portal.telling import tell
from providers.calendar_feeds import feed_behind, feed_of, make_feed, remove_feed
from providers.sites.reading import any_site, own_site
from providers.words import N_

ENDING = ".ics"


async def ask(request: Request) -> Response:
    """Whether there is an address; raises SiteUnknown."""
    return await _page(request, "")


async def make(request: Request) -> Response:
    """A new address, shown this once; the one before ends. Raises SiteUnknown."""
    settings = settings_of(request)
    secret = await make_feed(site_number(request), actor=actor_of(request), now=now_of(request), vault=settings.vault())
    return await _page(request, f"{settings.public_url.rstrip('/')}/kalender/{secret}{ENDING}")


async def remove(request: Request) -> Response:
    """Raises SiteUnknown."""
    await remove_feed(site_number(request), actor=actor_of(request))
    tell(request, N_("Adressen virker ikke mere. Kalendere, der abonnerer på den, får ikke nyt."))
    return RedirectResponse(f"/klinik/steder/{site_number(request)}/kalender", 303)


async def feed(request: Request) -> Response:
    """The calendar behind a secret; 404 for every other one, also for one that has been exchanged."""
    settings, now, name = settings_of(request), now_of(request), request.path_params["name"]
    found = await feed_behind(name.removesuffix(ENDING), now=now, vault=settings.vault())
    if found is None or not name.endswith(ENDING):
        raise HTTPException(404)
    site, times = await any_site(found.site), await booked_times(found.site, found.provider, now)
    # Whoever subscribes has chosen no language.
    written = site_calendar(site, times, request.app.state.catalogue, settings.public_url, now, language("da"))
    return Response(written, media_type="text/calendar; charset=utf-8")


async def _page(request: Request, address: str) -> Response:
    spoken, actor, number = language_of(request), actor_of(request), site_number(request)
    site, known = await own_site(number, actor), await feed_of(number, actor)
    values = {
        "title": spoken.say("Kalender til abonnement"),
        "site": site,
        "address": address,
        "made": short_date(known.made_at, spoken) if known else "",
        "used": short_date(known.last_used_at, spoken) if known and known.last_used_at else "",
    }
    return await show(request, "clinic/calendar.html", values)
