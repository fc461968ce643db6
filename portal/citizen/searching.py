"""The search without a code: a package, a level and a place. It opens no visit, and its address can be shared."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlencode

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.finding.contradictions import WishesContradict
from matching.finding.search import Terms
from matching.finding.seats import Seat, seats_of_site
from matching.finding.terms import terms_of_anybody
from matching.plan_facts import Level
from portal.citizen.asking import Asked, PlaceMissing, read_question
from portal.citizen.comparing import Reader, asked_for, show_comparison
from portal.citizen.listing import Listing, found, show_list
from portal.citizen.packages import LEVELS, LevelMissing, PackageMissing, choice_lists
from portal.citizen.places import Place
from portal.citizen.site_pages import site_by_number
from portal.cursors import CursorInvalid
from portal.language import language_of
from portal.presenting.forms import problems_of
from portal.presenting.links import Link
from portal.presenting.results import Results, SearchForm, search_form
from portal.presenting.site_page import site_page
from portal.presenting.wishing import wish_form
from portal.presenting.words import BASIS_FOR_ANYBODY
from portal.reading import site_number
from portal.rendering import render
from portal.request_facts import now_of, settings_of
from portal.wishing import NAMES, field_of
from providers.errors import GenvejError


async def search(request: Request) -> Response:
    """The form, and what it found once it has been filled in."""
    query = request.query_params
    asked, package, level = _read(request)
    if not query or not query.keys() & {"sted", "radius", "cursor"}:
        # Nobody has asked yet: the package may be chosen already, and the place is still to come.
        asked.problems.clear()
        return _page(request, asked, package, level)
    if asked.problems or asked.place is None or level is None:
        return _page(request, asked, package, level, status=400)
    try:
        return await _results(request, asked, asked.place, package, level)
    except CursorInvalid as error:
        asked.problems[""] = error
    except WishesContradict as error:
        asked.problems[field_of(error)] = error
    return _page(request, asked, package, level, status=400)


async def public_site(request: Request) -> Response:
    """A site and its times as anybody may see them; without a package there are no times to show."""
    site = await site_by_number(site_number(request))
    asked, package, level = _read(request)
    seats: Sequence[Seat] = ()
    if level is not None and "pakke" not in asked.problems:
        home = asked.place.municipality_code if asked.place else site.postal_code.municipality_codes[0]
        seats = await seats_of_site(site.pk, _terms(request, package, level, home))
    marked_before = now_of(request) - settings_of(request).policy.mark_after
    view = site_page(site, seats, language_of(request), marked_before=marked_before)
    back = f"/soeg?{urlencode(_query(request.query_params))}"
    return render(request, "site_public.html", {"title": view.title, "view": view, "back": back})


async def compare_publicly(request: Request) -> Response:
    """Sites beside one another, as anybody may see them; without a package there is nothing to compare."""
    asked, package, level = _read(request)
    if level is None or asked.problems or asked.place is None:
        return RedirectResponse(f"/soeg?{urlencode(_query(request.query_params))}", 303)
    query, spoken = urlencode(_query(request.query_params)), language_of(request)
    reader = Reader(
        terms=_terms(request, package, level, asked.place.municipality_code),
        origin=asked.place.origin,
        deadline=None,
        back=f"/soeg?{query}",
        href=lambda site_id: f"/soeg/{site_id}?{query}",
        basis=lambda basis: spoken.say(BASIS_FOR_ANYBODY[basis]),
    )
    return await show_comparison(request, asked_for(request), reader)


def _read(request: Request) -> tuple[Asked, str, Level | None]:
    query, catalogue = request.query_params, request.app.state.catalogue
    asked = read_question(query, catalogue, None)
    package, level = query.get("pakke", ""), LEVELS.get(query.get("niveau", ""))
    problems: dict[str, GenvejError] = {}
    if package not in catalogue.packages:
        problems["pakke"] = PackageMissing()
    if level is None:
        problems["niveau"] = LevelMissing()
    if not asked.place_text:
        problems["sted"] = PlaceMissing()
    asked.problems = problems | asked.problems
    return asked, package, level


async def _results(request: Request, asked: Asked, place: Place, package: str, level: Level) -> Response:
    query = _query(request.query_params)
    same_question = urlencode(query)
    listing = Listing(
        action="/soeg",
        query=query,
        bases=BASIS_FOR_ANYBODY,
        deadline=None,
        href=lambda match: f"/soeg/{match.site_id}?{same_question}",
    )
    terms = _terms(request, package, level, place.municipality_code)
    results = _view(request, asked, package, level)
    results = replace(results, found=await found(request, asked, place, terms, listing))
    return show_list(request, results)


def _page(request: Request, asked: Asked, package: str, level: Level | None, *, status: int = 200) -> Response:
    return show_list(request, _view(request, asked, package, level), status=status)


def _view(request: Request, asked: Asked, package: str, level: Level | None) -> Results:
    spoken = language_of(request)
    problems = problems_of(asked.problems, spoken)
    wishes = wish_form(asked.wished, spoken, deadline=None, problems=problems)
    return Results(
        title=spoken.say("Søg uden kode"),
        back=Link(spoken.say("Forsiden"), "/"),
        asks=spoken.say("Hvad leder du efter?"),
        lead=spoken.say("Se, hvilke steder der findes. Du kan først vælge en tid, når du har koden fra dit brev."),
        form=_form(
            request,
            asked,
            package,
            level,
            search_form("/soeg", asked.place_text, asked.radius, wishes, spoken, problems=problems),
        ),
        problems=problems,
        found=None,
        query=_query(request.query_params),
    )


def _form(request: Request, asked: Asked, package: str, level: Level | None, form: SearchForm) -> SearchForm:
    lists = choice_lists(request, package, level)
    return replace(form, packages=lists.packages, levels=lists.levels)


def _terms(request: Request, package: str, level: Level, home: str) -> Terms:
    return terms_of_anybody(package, level, home, now_of(request), settings_of(request).policy)


def _query(query: QueryParams) -> dict[str, str]:
    """What of the address is the question itself."""
    given = dict(query)
    return {name: given[name] for name in ("pakke", "niveau", "sted", "radius", *NAMES) if given.get(name)}
