"""Days without times: somebody is ill, a holiday, a closure. Whoever has a time keeps it until somebody calls."""

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.capacity.errors import ClosureTurned
from matching.capacity.times import close_days, times_closed_by
from portal.admission import member_of
from portal.clinic.close_look import look, was_seen
from portal.clinic.own_sites import FIELD, own_sites, site_links, site_of
from portal.clinic.room import show
from portal.days_typed import typed_day
from portal.language import language_of
from portal.presenting.capacity import closure_lines, holiday_lines, ill_lines
from portal.presenting.forms import problem_values
from portal.reading import text_of
from portal.request_facts import now_of
from portal.statuses import status_of
from portal.telling import tell
from providers.calendar import closing_days
from providers.clock import local_date
from providers.errors import GenvejError
from providers.models import Closure, ClosureKind
from providers.words import N_

PATH = "/klinik/tider/lukkedage"
_YEAR = timedelta(days=365)


async def ill(request: Request) -> Response:
    """What closing today would mean, before it does."""
    spoken, site = language_of(request), await site_of(request, request.query_params.get(FIELD, ""))
    now = now_of(request)
    today = local_date(now)
    found = await times_closed_by(site.pk, site.provider_id, today, today, now=now)
    values = {
        "title": spoken.say("Syg i dag"),
        "site": site,
        "lines": ill_lines(found, spoken),
    }
    return await show(request, "clinic/ill.html", values)


async def close_today(request: Request) -> Response:
    """Close the rest of the day; the list of its citizens is where each gets a new time, or is told."""
    site, now = await site_of(request, text_of(await request.form(), FIELD)), now_of(request)
    today = local_date(now)
    count = await close_days(site.pk, site.provider_id, today, today, ClosureKind.ILL, now=now)
    if not count:
        tell(request, N_("Dagen er lukket. Ingen borgere har en tid resten af dagen."))
    else:
        tell(request, N_("Dagen er lukket. Åbn hver borger nedenfor, og flyt eller aflys tiden."))
    return RedirectResponse("/klinik/i-dag", 303)


async def show_all(request: Request) -> Response:
    """What is closed, and the holidays that are not yet."""
    return await closures_page(request, request.query_params.get(FIELD, ""))


async def closures_page(
    request: Request,
    named: str,
    *,
    first: str = "",
    last: str = "",
    errors: dict[str, GenvejError] | None = None,
    status: int = 200,
) -> Response:
    """The same page after days that could not be closed."""
    spoken, site, today = language_of(request), await site_of(request, named), local_date(now_of(request))
    closed = await Closure.filter(site_id=site.pk, last_day__gte=today).order_by("first_day", "id")
    offered = {
        day: name
        for day, name in closing_days(today, today + _YEAR).items()
        if day.weekday() < 5 and not any(one.first_day <= day <= one.last_day for one in closed)
    }
    values = {
        "title": spoken.say("Lukkedage"),
        "site": site,
        "sites": site_links(await own_sites(request), PATH),
        "closed": closure_lines(closed, spoken),
        "holidays": holiday_lines(offered, spoken),
        "first": first,
        "last": last,
        **problem_values(errors, spoken),
    }
    return await show(request, "clinic/closures.html", values, status=status)


async def close(request: Request) -> Response:
    """A holiday by one press, or days as they are typed; who has a time then is shown before."""
    form, now = await request.form(), now_of(request)
    named, typed_first, typed_last = (text_of(form, name)[:20] for name in (FIELD, "foerste", "sidste"))
    site = await site_of(request, named)
    try:
        first, last = typed_day(typed_first), typed_day(typed_last)
        if first is None or first < local_date(now):
            raise ClosureTurned
        holiday, provider = text_of(form, "helligdag"), member_of(request).post.provider
        found = await times_closed_by(site.pk, provider, first, last or first, now=now)
        if any(time.taken for time in found) and not was_seen(form):
            fields = {FIELD: str(site.pk), "foerste": typed_first, "sidste": typed_last, "helligdag": holiday[:2]}
            return await look(request, site, found, path=PATH, back=f"{PATH}?{FIELD}={site.pk}", fields=fields)
        kind = ClosureKind.HOLIDAY if holiday else ClosureKind.CLOSED
        count = await close_days(site.pk, provider, first, last or first, kind, now=now)
    except GenvejError as error:
        status, errors = status_of(type(error)), {"foerste": error}
        return await closures_page(
            request, str(site.pk), first=typed_first, last=typed_last, errors=errors, status=status
        )
    if count:
        tell(
            request, N_("Der er lukket. %(count)s borgere har allerede en tid: flyt eller aflys dem."), count=str(count)
        )
    else:
        tell(request, N_("Der er lukket. Ingen borgere har en tid de dage."))
    return RedirectResponse(f"/klinik/i-dag?dag={first}" if count else f"{PATH}?sted={site.pk}", 303)
