"""Transport to one site, as its page shows it."""

from collections.abc import Sequence

from starlette.requests import Request

from matching.cases import Case
from matching.finding.seats import Seat
from matching.plan_facts import Basis
from portal.citizen.places import Place
from portal.citizen.travelling import Journeys, freely_chosen, journeys, place_searched_from
from portal.language import Language, language_of
from portal.presenting.numbers import kilometres
from portal.presenting.transport import Journey, transport_words
from providers.models import ProviderKind, Site


async def journey_to(request: Request, case: Case, site: Site, seats: Sequence[Seat]) -> Journey | None:
    """None where nothing is chosen any more. The site comes with its provider."""
    if not case.rights.open_bases:
        return None
    spoken, place = language_of(request), place_searched_from(request)
    ways = await journeys(request, case, place.origin if place else None, [site.pk])
    basis = next((basis for basis in Basis if basis in {seat.basis for seat in seats}), _basis(site, case))
    found = ways.to(site.pk, basis, ways.lines.get(site.pk))
    return Journey(
        distance=_distance(ways, site, place, spoken),
        own_way=spoken.say("Du sørger selv for at komme derhen.") if freely_chosen(basis) else "",
        words=transport_words(found, ways.year, spoken),
        answered=ways.answers.given,
        href=f"/koersel?sted={site.pk}",
    )


def _basis(site: Site, case: Case) -> Basis:
    """As what a site without free times would be chosen."""
    if site.provider.kind is ProviderKind.PRIVATE:
        return Basis.EXTENDED
    own = site.provider.municipality_id == case.plan.municipality_id
    return Basis.OWN if own else Basis.OTHER_MUNICIPALITY


def _distance(ways: Journeys, site: Site, place: Place | None, spoken: Language) -> str:
    if place is None or site.pk not in ways.lines:
        return ""
    distance = kilometres(ways.lines[site.pk], spoken)
    return spoken.say("%(distance)s i lige linje fra %(place)s.", distance=distance, place=place.name)
