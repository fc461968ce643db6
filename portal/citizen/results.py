"""The list of sites for a citizen with a code."""

from collections.abc import Callable
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.cases import Case, read_case
from matching.finding import Match
from matching.finding.contradictions import WishesContradict
from matching.finding.terms import terms_of_case
from matching.plan_facts import Basis
from portal.citizen.asking import Asked, read_question
from portal.citizen.listing import Listing, found, show_list
from portal.citizen.places import Place, at_municipality
from portal.citizen.standing import standing
from portal.citizen.travelling import answers_of, journeys
from portal.cursors import CursorInvalid
from portal.language import language_of
from portal.presenting.forms import problems_of
from portal.presenting.links import Link
from portal.presenting.results import Results, private_label, search_form
from portal.presenting.transport import transport_line
from portal.presenting.wishing import wish_form
from portal.presenting.words import BASIS_WORDS
from portal.request_facts import now_of, plan_of, saw, settings_of
from portal.visits import visit_of
from portal.wishing import field_of

_ACTION = "/steder"


async def results(request: Request) -> Response:
    """The nearest sites first. Where there is nothing to list, "Dine muligheder" says why."""
    case = await read_case(plan_of(request), now_of(request))
    if not case.rights.open_bases or case.plan.level is None or case.plan.package_id is None:
        return RedirectResponse("/muligheder", 303)
    saw(request, "matches_seen", case.plan.id)
    home = at_municipality(request.app.state.catalogue.municipalities[case.plan.municipality_id])
    asked = read_question(request.query_params or _remembered(request), request.app.state.catalogue, home)
    if asked.problems or asked.place is None:
        return await _page(request, case, asked, status=400)
    try:
        page = await _page(request, case, asked, asked.place)
        # What led to a list, and only that, is asked again by whoever comes back.
        visit_of(request).data["search"] = asked.as_query()
        return page
    except CursorInvalid as error:
        asked.problems[""] = error
    except WishesContradict as error:
        asked.problems[field_of(error)] = error
    return await _page(request, case, asked, status=400)


async def _page(
    request: Request, case: Case, asked: Asked, place: Place | None = None, *, status: int = 200
) -> Response:
    """Without a place there is only the form, and what is wrong with it."""
    view = _view(request, case, asked)
    if place is not None:
        terms = terms_of_case(case, settings_of(request).policy, preview_private=asked.private)
        listing = Listing(
            action=_ACTION,
            query=asked.as_query(),
            bases=BASIS_WORDS,
            deadline=case.rights.deadline,
            href=lambda match: f"{_ACTION}/{match.site_id}",
            transport=await _transport(request, case, place if asked.place_text else None),
        )
        view = replace(view, found=await found(request, asked, place, terms, listing))
    return show_list(request, view, standing=await standing(request, case), status=status)


async def _transport(request: Request, case: Case, place: Place | None) -> Callable[[Match], str]:
    """One line on each card, once the citizen has answered; without a place nobody knows how far it is from home."""
    spoken, answers = language_of(request), answers_of(request)
    if not answers.given:
        return lambda match: ""
    ways = await journeys(request, case, place.origin if place else None)

    def line(match: Match) -> str:
        found = ways.to(match.site_id, match.basis, match.distance if place else None)
        return transport_line(found, ways.year, spoken)

    return line


def _view(request: Request, case: Case, asked: Asked) -> Results:
    spoken = language_of(request)
    problems = problems_of(asked.problems, spoken)
    wishes = wish_form(asked.wished, spoken, deadline=case.rights.deadline, problems=problems)
    form = search_form(_ACTION, asked.place_text, asked.radius, wishes, spoken, problems=problems)
    opens_on = case.rights.extended_opens_on
    if opens_on is not None and Basis.EXTENDED not in case.rights.open_bases:
        form = replace(form, private_label=private_label(opens_on, spoken), private=asked.private)
    return Results(
        title=spoken.say("Vælg et sted"),
        back=Link(spoken.say("Dine muligheder"), "/muligheder"),
        asks=spoken.say("Hvor vil du søge?"),
        lead=spoken.say("Her er de steder, der kan give dig den genoptræning, der står i din plan."),
        form=form,
        problems=problems,
        found=None,
        query=asked.as_query(),
    )


def _remembered(request: Request) -> dict[str, str]:
    """What was asked last in this visit, for whoever comes back without asking anything."""
    return dict(visit_of(request).data.get("search") or {})
