"""The page "Når ingen tid passer": every way on, so that nobody stands at the end of a road."""

from collections.abc import Mapping
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.booking.handing import asked_at
from matching.calling import call_of, sites_to_ask
from matching.calling.asking import due_on
from matching.cases import Case, read_case
from matching.finding.terms import terms_of_case
from matching.messages import Addresses, contact_of
from matching.watching import watches_of
from portal.citizen.contact import fields_of
from portal.citizen.contact import typed as contact_in
from portal.citizen.no_time_typed import typed_in
from portal.citizen.places import at_municipality
from portal.citizen.travelling import place_searched_from
from portal.language import language_of
from portal.presenting import dates
from portal.presenting import no_time as words
from portal.presenting.contact import EMAIL, MOBILE
from portal.presenting.forms import problem_values
from portal.presenting.links import Link, phone_link
from portal.presenting.results import radius_options, wider_links
from portal.reading import whole_number
from portal.rendering import render
from portal.request_facts import is_verified, now_of, plan_of, saw, settings_of
from portal.settings_messages import channels_of
from portal.typed_again import page_of_typed, typed_again
from portal.visits import visit_of
from providers.clock import local_date
from providers.errors import GenvejError
from providers.models import Site

PATH = "/ingen-tid"
_TELL_ME, _CALL_ME = f"{PATH}/besked", f"{PATH}/opkald"
_WIDEST = 2**31


async def show(request: Request) -> Response:
    """The ways on; whoever has a time has no use for them, and whoever is unknown must say first who they are."""
    case = await read_case(plan_of(request), now_of(request))
    if case.current is not None or not case.rights.open_bases or case.plan.package_id is None:
        return RedirectResponse("/min-tid" if case.current else "/muligheder", 303)
    site = await site_asked_for(request.query_params.get("sted", ""))
    if not is_verified(request) and page_of_typed(request):
        return RedirectResponse("/bekraeft", 303)
    if not is_verified(request):
        visit_of(request).data["then"] = f"{PATH}?{urlencode({'sted': site.pk})}" if site else PATH
        return render(request, "no_time_unknown.html", _title(request))
    if form := typed_again(request, _TELL_ME, _CALL_ME):
        contact = contact_in(form) if form.keys() & {EMAIL, MOBILE} else None
        return await show_forms(request, case, typed_in(form), site, contact=contact)
    search = visit_of(request).data.get("search") or {}
    typed = words.Typed(
        where=words.SITE if site else words.AREA,
        place=search.get("sted", ""),
        radius=search.get("radius", "25"),
        call_site=str(site.pk) if site else "",
    )
    return await show_forms(request, case, typed, site)


async def show_forms(
    request: Request,
    case: Case,
    typed: words.Typed,
    site: Site | None,
    *,
    errors: Mapping[str, GenvejError] | None = None,
    contact: Addresses | None = None,
) -> Response:
    """The page with what was typed. What was asked for already stands beside it."""
    saw(request, "contact_seen", case.plan.id, purpose="messages")
    spoken, settings = language_of(request), settings_of(request)
    known = contact or await contact_of(case.plan.id, settings.vault())
    radius = int(typed.radius) if typed.radius.isascii() and typed.radius.isdigit() else None
    values = _title(request) | {
        "view": await _view(request, case, typed, site),
        "typed": typed,
        "site": site,
        "radii": radius_options(min(radius, _WIDEST) if radius else None, spoken),
        "possible": bool(channels_of(settings)),
        "contact_fields": fields_of(request, known),
        **problem_values(errors, spoken),
    }
    # The citizen's own numbers stand in the fields again, so that this is no error page, which others may keep.
    return render(request, "no_time.html", values)


async def site_asked_for(text: str) -> Site | None:
    """The site that somebody comes from; None for a number of none."""
    number = whole_number(text)
    return await Site.get_or_none(id=number) if number and number < _WIDEST else None


async def _view(request: Request, case: Case, typed: words.Typed, site: Site | None) -> words.NoTime:
    spoken, settings = language_of(request), settings_of(request)
    home = request.app.state.catalogue.municipalities[case.plan.municipality_id]
    origin = (place_searched_from(request) or at_municipality(home)).origin
    terms = terms_of_case(case, settings.policy)
    sites = [*(await sites_to_ask(terms, origin, site=site.pk) if site else ()), *await sites_to_ask(terms, origin)]
    asked, day = await asked_at(case.plan.id), due_on(local_date(case.now), settings.policy.call_days)
    search = visit_of(request).data.get("search") or {}
    return words.NoTime(
        watches=tuple(words.waited(watch, home.official_name, spoken) for watch in await watches_of(case.plan.id)),
        where=words.where_options(site.name if site else "", typed.where, spoken),
        days=words.day_options(typed.days, spoken),
        call=words.promised(await call_of(case.plan.id), local_date(case.now), spoken),
        promise=words.promise_words(day, spoken),
        sites=words.site_options(list(dict.fromkeys(sites)), typed.call_site, spoken),
        municipality=home.official_name,
        phone=phone_link(home.phone),
        asked=dates.short_date(asked, spoken) if asked else "",
        wider=tuple(Link(way.label, way.href) for way in wider_links("/steder", search, 25, spoken)),
    )


def _title(request: Request) -> dict[str, object]:
    return {"title": language_of(request).say("Når ingen tid passer")}
