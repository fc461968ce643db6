"""The week at a site, day by day: a list, so that keyboard and telephone do as well as a mouse."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.capacity.errors import PatternUnreadable
from matching.capacity.times import add_time, close_time, open_time, times_between
from portal.admission import member_of
from portal.clinic.close_look import look, was_seen
from portal.clinic.course_forms import chosen
from portal.clinic.own_sites import FIELD, own_sites, site_links, site_of
from portal.clinic.room import show
from portal.days_typed import DayUnreadable, typed_day
from portal.language import language_of
from portal.presenting.capacity import mode_options, week_days
from portal.presenting.forms import problem_values
from portal.reading import field, text_of, whole_number
from portal.request_facts import now_of
from portal.statuses import status_of
from portal.telling import Undo, tell
from providers.clock import COPENHAGEN, local_date
from providers.errors import GenvejError
from providers.models import Site, SlotMode
from providers.words import N_
from providers.written import typed_time

PATH = "/klinik/tider"
_WEEK = timedelta(days=7)
_FIELDS = ("dag", "klokken", "minutter", "pladser", "form")


async def week(request: Request) -> Response:
    """The week that the day `uge` lies in, this one unless told otherwise."""
    return await week_page(request, request.query_params.get(FIELD, ""), request.query_params.get("uge", ""))


async def week_page(
    request: Request,
    named: str,
    day: str,
    *,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, GenvejError] | None = None,
    status: int = 200,
) -> Response:
    """The same page after a time that could not be added."""
    spoken, now, sites = language_of(request), now_of(request), await own_sites(request)
    if not sites:
        return await show(request, "clinic/no_site.html", {"title": spoken.say("Tider")})
    site, monday = await site_of(request, named), _monday(day, local_date(now))
    found = await times_between(site.pk, member_of(request).post.provider, monday, monday + _WEEK - timedelta(days=1))
    sent = typed or {}
    likely = {"dag": f"{max(monday, local_date(now)):%d.%m.%Y}", "klokken": "", "minutter": "45", "pladser": "1"}
    values = {
        "title": spoken.say("Tider i uge %(week)s", week=monday.isocalendar().week),
        "site": site,
        "sites": site_links(sites, PATH, uge=str(monday)),
        "week": str(monday),
        "before": f"{PATH}?sted={site.pk}&uge={monday - _WEEK}",
        "after": f"{PATH}?sted={site.pk}&uge={monday + _WEEK}",
        "days": week_days(found, monday, now, spoken),
        "typed": likely | dict(sent),
        "modes": mode_options(sent.get("form", ""), spoken),
        **problem_values(errors, spoken),
        "adding": bool(errors),
    }
    return await show(request, "clinic/times.html", values, status=status)


async def add(request: Request) -> Response:
    """One more time, anywhere in the year to come."""
    form = await request.form()
    typed = {name: text_of(form, name)[:40] for name in _FIELDS}
    site = await site_of(request, text_of(form, FIELD))
    try:
        day, clock, mode = typed_day(typed["dag"]), typed_time(typed["klokken"]), chosen(SlotMode, typed["form"])
        minutes, seats = whole_number(typed["minutter"].strip()), whole_number(typed["pladser"].strip())
        if day is None or clock is None or mode is None or minutes is None or seats is None:
            raise PatternUnreadable
        at = datetime.combine(day, clock, COPENHAGEN)
        await add_time(site.pk, site.provider_id, at, minutes, mode, seats, now=now_of(request))
    except GenvejError as error:
        named, week_of, status = str(site.pk), text_of(form, "uge"), status_of(type(error))
        return await week_page(request, named, week_of, typed=typed, errors={"klokken": error}, status=status)
    tell(request, N_("Tiden er lagt ind og kan bookes."))
    return RedirectResponse(f"{PATH}?sted={site.pk}&uge={day}", 303)


async def close(request: Request) -> Response:
    """Nobody gets the time any more; it can be undone. Who has it is shown before, and keeps it."""
    site, slot_id, day = await _named(request)
    provider, back = member_of(request).post.provider, {"tid": str(slot_id), FIELD: str(site.pk), "uge": str(day)}
    week = f"{PATH}?{FIELD}={site.pk}&uge={day}"
    there = [time for time in await times_between(site.pk, provider, day, day + _WEEK) if time.id == slot_id]
    if any(time.taken for time in there) and not was_seen(await request.form()):
        return await look(request, site, there, path=f"{PATH}/luk", back=week, fields=back)
    await close_time(site.pk, provider, slot_id, now=now_of(request))
    tell(request, N_("Tiden er lukket. Har nogen den allerede, beholder de den."), undo=Undo(f"{PATH}/aabn", back))
    return RedirectResponse(week, 303)


async def reopen(request: Request) -> Response:
    """A closed time has its seats again."""
    site, slot_id, day = await _named(request)
    await open_time(site.pk, member_of(request).post.provider, slot_id, now=now_of(request))
    tell(request, N_("Tiden er åben igen."))
    return RedirectResponse(f"{PATH}?{FIELD}={site.pk}&uge={day}", 303)


async def _named(request: Request) -> tuple[Site, int, date]:
    site = await site_of(request, await field(request, FIELD))
    day = _monday(await field(request, "uge"), local_date(now_of(request)))
    return site, whole_number(await field(request, "tid")) or 0, day


def _monday(text: str, today: date) -> date:
    try:
        day = typed_day(text) or today
    except DayUnreadable:
        day = today
    return day - timedelta(days=day.weekday())
