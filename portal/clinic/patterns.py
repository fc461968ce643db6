"""Weekly patterns: first what a change would do, then doing it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.capacity.errors import PatternPackageUnknown, PatternUnreadable
from matching.capacity.exchanging import NewPattern
from matching.capacity.packages import delivered_at
from matching.capacity.patterns import Outcome, change_patterns, patterns_of
from portal.access import now_of
from portal.api.places import catalogue_of
from portal.citizen.reading import slot_number, text_of
from portal.clinic.course_forms import chosen
from portal.clinic.own_sites import FIELD, own_sites, site_links, site_of
from portal.clinic.room import show
from portal.days_typed import typed_day
from portal.language import language_of
from portal.presenting.capacity import mode_options, outcome_lines, pattern_fields, pattern_lines, weekday_options
from portal.presenting.forms import by_field, problems_of
from portal.presenting.pattern_packages import package_options
from portal.statuses import status_of
from portal.telling import tell
from providers.clock import local_date
from providers.errors import GenvejError
from providers.models import Site, SlotMode
from providers.words import N_
from providers.written import typed_time

PATH = "/klinik/tider/faste"
_FIELDS = (
    *("ugedag", "fra", "til", "minutter", "pause", "form", "pladser", "hvem"),
    *("foerste", "sidste", "varsel", "frem", "erstatter", "slet"),
)
_PACKAGES = "pakker"
_LONGEST = 400
"""Characters of the numbers of all packages at all levels, with commas between."""


async def show_all(request: Request) -> Response:
    """The patterns of a site; with `ret`, one of them in the form."""
    return await patterns_page(request, request.query_params.get(FIELD, ""))


async def patterns_page(
    request: Request,
    named: str,
    *,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, GenvejError] | None = None,
    status: int = 200,
) -> Response:
    """The same page after a pattern that cannot be."""
    spoken, site, today = language_of(request), await site_of(request, named), local_date(now_of(request))
    found = await patterns_of(site.pk, site.provider_id, today)
    wanted = slot_number(request.query_params.get("ret", ""))
    edited = next((one for one in found if one.id == wanted), None)
    fields, catalogue = pattern_fields(edited, today) | dict(typed or {}), catalogue_of(request)
    ticked = set(fields[_PACKAGES].split(","))
    kept_for = [number for number in catalogue.levels_by_number if str(number) in ticked]
    problems = problems_of(errors or {}, spoken)
    values = {
        "title": spoken.say("Faste tider"),
        "site": site,
        "sites": site_links(await own_sites(request), PATH),
        "lines": pattern_lines(found, catalogue, spoken),
        "typed": fields,
        "weekdays": weekday_options(fields["ugedag"], spoken),
        "modes": mode_options(fields["form"], spoken),
        "packages": package_options(await delivered_at(site.pk, today), kept_for, catalogue, spoken),
        "editing": bool(fields["erstatter"]),
        "problems": problems,
        "by_field": by_field(problems),
    }
    return await show(request, "clinic/patterns.html", values, status=status)


async def look(request: Request) -> Response:
    """What the change would do: nothing is saved."""
    site, typed = await _sent(request)
    try:
        outcome = await change_from(request, site, typed, pattern_of, only_looking=True)
    except GenvejError as error:
        return await _again(request, site, typed, error)
    spoken = language_of(request)
    values = {
        "title": spoken.say("Før du gemmer"),
        "site": site,
        "lines": outcome_lines(outcome, spoken),
        "stays": len(outcome.stays),
        "fields": {FIELD: str(site.pk)} | dict(typed),
        "path": f"{PATH}/gem",
        "button": spoken.say("Gem de faste tider"),
        "back": f"{PATH}?sted={site.pk}",
    }
    return await show(request, "clinic/pattern_look.html", values)


async def save(request: Request) -> Response:
    """The same change for good."""
    site, typed = await _sent(request)
    try:
        outcome = await change_from(request, site, typed, pattern_of, only_looking=False)
    except GenvejError as error:
        return await _again(request, site, typed, error)
    tell(request, N_("De faste tider er gemt, og ledige tider kan bookes nu."))
    if outcome.stays:
        tell(request, N_("Nogle borgere har tider uden for de faste tider. Find dem under Forløb, og flyt dem."))
    return RedirectResponse(f"{PATH}?sted={site.pk}", 303)


async def _sent(request: Request) -> tuple[Site, dict[str, str]]:
    form = await request.form()
    typed = {name: text_of(form, name).strip()[:60] for name in _FIELDS}
    typed[_PACKAGES] = ",".join(value for value in form.getlist(_PACKAGES) if isinstance(value, str))[:_LONGEST]
    return await site_of(request, text_of(form, FIELD)), typed


async def change_from(
    request: Request,
    site: Site,
    typed: Mapping[str, str],
    read: Callable[[Mapping[str, str], date], NewPattern],
    *,
    only_looking: bool,
) -> Outcome:
    """What was typed, read and done, or only looked at."""
    now = now_of(request)
    today = local_date(now)
    first = max(typed_day(typed["foerste"]) or today, today)
    new = [] if typed["slet"] else [read(typed, first)]
    replaced = slot_number(typed["erstatter"])
    ended = [replaced] if replaced else []
    provider = site.provider_id
    return await change_patterns(site.pk, provider, ended=ended, on=first, new=new, now=now, only_looking=only_looking)


async def _again(request: Request, site: Site, typed: Mapping[str, str], error: GenvejError) -> Response:
    status = status_of(type(error))
    at = _PACKAGES if isinstance(error, PatternPackageUnknown) else "fra"
    return await patterns_page(request, str(site.pk), typed=typed, errors={at: error}, status=status)


def pattern_of(typed: Mapping[str, str], first: date) -> NewPattern:
    """What was typed; raises PatternUnreadable and DayUnreadable."""
    starts, ends, mode = typed_time(typed["fra"]), typed_time(typed["til"]), chosen(SlotMode, typed["form"])
    numbers = [typed_number(typed[name]) for name in ("ugedag", "minutter", "pause", "pladser", "varsel", "frem")]
    if starts is None or ends is None or mode is None or not 0 <= numbers[0] <= 6:
        raise PatternUnreadable
    weekday, minutes, pause, seats, notice, ahead = numbers
    pattern = NewPattern(
        lane=typed["hvem"],
        weekday=weekday,
        starts_minute=starts.hour * 60 + starts.minute,
        ends_minute=ends.hour * 60 + ends.minute or 1440,
        minutes=minutes,
        buffer_minutes=pause,
        mode=mode,
        seats=seats,
        valid_from=first,
        valid_to=None,
        notice_hours=notice,
        horizon_days=ahead,
        package_levels=tuple(typed_number(number) for number in typed[_PACKAGES].split(",") if number) or None,
    )
    return replace(pattern, valid_to=typed_day(typed["sidste"]))


def typed_number(text: str) -> int:
    """Raises PatternUnreadable for what is none of up to four digits."""
    if not (text.isascii() and text.isdigit() and len(text) < 5):
        raise PatternUnreadable
    return int(text)
