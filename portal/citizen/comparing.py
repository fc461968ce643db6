"""Compare up to three sites: those that were ticked in the list, or those that were saved in this visit."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.cases import Case, read_case
from matching.finding import Origin
from matching.finding.search import Terms
from matching.finding.seats import seats_of_site
from matching.finding.terms import terms_of_case
from matching.plan_facts import Basis
from matching.trips import lines_to
from portal.citizen.saving import saved_sites
from portal.citizen.site_pages import back_to_list
from portal.citizen.travelling import answers_of, journeys, place_searched_from
from portal.language import language_of
from portal.presenting.comparing import Compared, comparison
from portal.presenting.transport import transport_line
from portal.presenting.words import BASIS_WORDS
from portal.reading import whole_number
from portal.rendering import render
from portal.request_facts import now_of, plan_of, saw, settings_of
from providers.models import Site

MOST = 3
_LARGEST_SITE = 2**31


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom sites are compared: what they may be given, from where, and what is said of a basis and of transport."""

    terms: Terms
    origin: Origin | None
    deadline: date | None
    back: str
    href: Callable[[int], str]
    basis: Callable[[Basis], str]
    transport: Callable[[int, Basis, float | None], str] = lambda site_id, basis, metres: ""


async def compare(request: Request) -> Response:
    """For a citizen with a code."""
    case = await read_case(plan_of(request), now_of(request))
    if not case.rights.open_bases or case.plan.level is None or case.plan.package_id is None:
        return RedirectResponse("/muligheder", 303)
    saw(request, "matches_seen", case.plan.id)
    numbers = asked_for(request) or saved_sites(request)
    return await show_comparison(request, numbers, await _citizen(request, case))


def asked_for(request: Request) -> list[int]:
    """The sites that the address names, each once."""
    numbers = (whole_number(text) for text in request.query_params.getlist("nr"))
    return list(dict.fromkeys(number for number in numbers if number and number < _LARGEST_SITE))


async def show_comparison(request: Request, numbers: list[int], reader: Reader) -> Response:
    """The first three of them that exist, beside one another."""
    spoken = language_of(request)
    found = await Site.filter(id__in=numbers[: MOST * 4]).select_related("provider", "postal_code")
    sites = sorted(found, key=lambda site: numbers.index(site.pk))
    lines = await lines_to(reader.origin, [site.pk for site in sites]) if reader.origin else {}
    compared = [await _compared(site, lines.get(site.pk), reader) for site in sites[:MOST]]
    values = {
        "title": spoken.say("Sammenlign steder"),
        "view": comparison(compared, reader.deadline, spoken),
        "left_out": len(sites) > MOST,
        "back": reader.back,
    }
    return render(request, "compare.html", values)


async def _compared(site: Site, metres: float | None, reader: Reader) -> Compared:
    seats = await seats_of_site(site.pk, reader.terms)
    basis = seats[0].basis if seats else None
    return Compared(
        site=site,
        href=reader.href(site.pk),
        basis=reader.basis(basis) if basis else "",
        seats=seats,
        metres=metres,
        transport=reader.transport(site.pk, basis, metres) if basis else "",
    )


async def _citizen(request: Request, case: Case) -> Reader:
    spoken, place = language_of(request), place_searched_from(request)
    ways = await journeys(request, case, place.origin if place else None)

    def transport(site_id: int, basis: Basis, metres: float | None) -> str:
        return transport_line(ways.to(site_id, basis, metres), ways.year, spoken) if answers_of(request).given else ""

    return Reader(
        terms=terms_of_case(case, settings_of(request).policy, preview_private=True),
        origin=place.origin if place else None,
        deadline=case.rights.deadline,
        back=back_to_list(request),
        href=lambda site_id: f"/steder/{site_id}",
        basis=lambda basis: spoken.say(BASIS_WORDS[basis]),
        transport=transport,
    )
