"""How many can begin in a week, for a site that keeps no calendar: first what a change would do, then doing it."""

from collections.abc import Mapping
from datetime import date

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.capacity.errors import IntakeUnreadable, PatternPackageUnknown, PatternUnreadable
from matching.capacity.exchanging import NewPattern
from matching.capacity.packages import delivered_at
from matching.capacity.patterns import patterns_of
from portal.access import now_of
from portal.api.places import catalogue_of
from portal.citizen.reading import slot_number, text_of
from portal.clinic.course_forms import chosen
from portal.clinic.own_sites import FIELD, own_sites, site_links, site_of
from portal.clinic.patterns import change_from, typed_number
from portal.clinic.room import show
from portal.days_typed import typed_day
from portal.language import language_of
from portal.presenting.capacity import mode_options, outcome_lines
from portal.presenting.forms import by_field, problems_of
from portal.presenting.intakes import intake_fields, intake_lines
from portal.presenting.pattern_packages import package_options
from portal.statuses import status_of
from portal.telling import tell
from providers.clock import local_date
from providers.errors import GenvejError
from providers.models import Site, SlotMode
from providers.words import N_

PATH = "/klinik/tider/uger"
_FIELDS = ("antal", "form", "minutter", "foerste", "sidste", "varsel", "frem", "erstatter", "slet")
_PACKAGES, _LONGEST = "pakker", 400


async def show_all(request: Request) -> Response:
    """The numbers of a site; with `ret`, one of them in the form."""
    return await intakes_page(request, request.query_params.get(FIELD, ""))


async def intakes_page(
    request: Request,
    named: str,
    *,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, GenvejError] | None = None,
    status: int = 200,
) -> Response:
    """The same page after a number that cannot be."""
    spoken, site, today = language_of(request), await site_of(request, named), local_date(now_of(request))
    found, catalogue = await patterns_of(site.pk, site.provider_id, today, whole_week=True), catalogue_of(request)
    wanted = slot_number(request.query_params.get("ret", ""))
    edited = next((one for one in found if one.id == wanted), None)
    fields = intake_fields(edited, today) | dict(typed or {})
    ticked = set(fields[_PACKAGES].split(","))
    kept_for = [number for number in catalogue.levels_by_number if str(number) in ticked]
    problems = problems_of(errors or {}, spoken)
    values = {
        "title": spoken.say("Nye om ugen"),
        "site": site,
        "sites": site_links(await own_sites(request), PATH),
        "lines": intake_lines(found, catalogue, spoken),
        "typed": fields,
        "modes": mode_options(fields["form"], spoken),
        "packages": package_options(await delivered_at(site.pk, today), kept_for, catalogue, spoken),
        "editing": bool(fields["erstatter"]),
        "problems": problems,
        "by_field": by_field(problems),
    }
    return await show(request, "clinic/intakes.html", values, status=status)


async def look(request: Request) -> Response:
    """What the change would do: nothing is saved."""
    site, typed = await _sent(request)
    try:
        outcome = await change_from(request, site, typed, intake_of, only_looking=True)
    except GenvejError as error:
        return await _again(request, site, typed, error)
    spoken = language_of(request)
    values = {
        "title": spoken.say("Før du gemmer"),
        "site": site,
        "lines": outcome_lines(outcome, spoken),
        "stays": len(outcome.stays),
        "fields": {FIELD: str(site.pk)} | typed,
        "path": f"{PATH}/gem",
        "button": spoken.say("Gem"),
        "back": f"{PATH}?{FIELD}={site.pk}",
    }
    return await show(request, "clinic/pattern_look.html", values)


async def save(request: Request) -> Response:
    """The same change for good."""
    site, typed = await _sent(request)
    try:
        await change_from(request, site, typed, intake_of, only_looking=False)
    except GenvejError as error:
        return await _again(request, site, typed, error)
    tell(request, N_("Det er gemt. Borgerne kan se det nu."))
    return RedirectResponse(f"{PATH}?{FIELD}={site.pk}", 303)


async def _sent(request: Request) -> tuple[Site, dict[str, str]]:
    form = await request.form()
    typed = {name: text_of(form, name).strip()[:20] for name in _FIELDS}
    typed[_PACKAGES] = ",".join(value for value in form.getlist(_PACKAGES) if isinstance(value, str))[:_LONGEST]
    return await site_of(request, text_of(form, FIELD)), typed


async def _again(request: Request, site: Site, typed: Mapping[str, str], error: GenvejError) -> Response:
    at = _PACKAGES if isinstance(error, PatternPackageUnknown) else "antal"
    shown = IntakeUnreadable() if isinstance(error, PatternUnreadable) else error
    return await intakes_page(request, str(site.pk), typed=typed, errors={at: shown}, status=status_of(type(error)))


def intake_of(typed: Mapping[str, str], first: date) -> NewPattern:
    """What was typed; raises PatternUnreadable and DayUnreadable."""
    mode, last = chosen(SlotMode, typed["form"]), typed_day(typed["sidste"])
    seats, minutes, days, weeks = (typed_number(typed[name]) for name in ("antal", "minutter", "varsel", "frem"))
    if mode is None or seats < 1 or weeks < 1 or weeks > 52 or days > 14:
        raise PatternUnreadable
    levels = tuple(sorted({typed_number(number) for number in typed[_PACKAGES].split(",") if number}))
    return NewPattern(
        lane=",".join(map(str, levels))[:60],
        weekday=0,
        starts_minute=0,
        ends_minute=1440,
        minutes=minutes,
        buffer_minutes=0,
        mode=mode,
        seats=seats,
        valid_from=first,
        valid_to=last,
        notice_hours=24 * days,
        horizon_days=7 * weeks,
        package_levels=levels or None,
        whole_week=True,
    )
