"""Transport for one citizen: what they have said of themselves in this visit, and the answer for each place.

The answers are kept in the visit and nowhere else. Where they live is not known: distances begin at the place that
they search from, and without one nothing is concluded from a distance.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from matching.cases import Case
from matching.finding import Origin
from matching.plan_facts import Basis
from matching.transport import Transport, Traveller, Trip, transport
from matching.trips import lines_to
from portal.citizen.places import Place, PlaceUnknown, resolve_place
from portal.request_facts import now_of
from portal.visits import visit_of
from providers.clock import local_date
from providers.reference.catalogue import Threshold

_KEPT = "transport"


def freely_chosen(basis: Basis) -> bool:
    """Whether the citizen arranges the trip (Sundhedsloven § 140 stk. 3 and 4)."""
    return basis in {Basis.OTHER_MUNICIPALITY, Basis.EXTENDED}


@dataclass(frozen=True, slots=True)
class Answers:
    """`kroner` are round trips by the number of the site, `own_kroner` the one to the municipality's own place."""

    traveller: Traveller
    kroner: Mapping[str, int]
    own_kroner: int | None

    @property
    def given(self) -> bool:
        return self.traveller.pensioner is not None


@dataclass(frozen=True, slots=True)
class Journeys:
    """What is the same for every place: the answers, the year's threshold, and the way to the reference place.

    `lines` are straight lines in metres by site, as far as they are known.
    """

    answers: Answers
    year: int
    threshold: Threshold | None
    lines: Mapping[int, float]
    reference_site: int | None

    def to(self, site_id: int, basis: Basis, metres: float | None) -> Transport:
        """The answer for a place that is so far away; None = nobody knows how far."""
        answers, reference = self.answers, None
        if freely_chosen(basis):
            reference = Trip(self.lines.get(self.reference_site or 0), answers.own_kroner)
        trip = Trip(metres, answers.kroner.get(str(site_id)))
        return transport(answers.traveller, trip, threshold=self.threshold, reference=reference)


def answers_of(request: Request) -> Answers:
    """What the citizen has said in this visit."""
    kept: dict[str, Any] = visit_of(request).data.get(_KEPT) or {}
    traveller = Traveller(kept.get("pensioner"), kept.get("unable"))
    return Answers(traveller, kept.get("kroner") or {}, kept.get("own_kroner"))


def keep_answers(request: Request, answers: Answers) -> None:
    """Remember them until the visit ends."""
    visit_of(request).data[_KEPT] = {
        "pensioner": answers.traveller.pensioner,
        "unable": answers.traveller.unable,
        "kroner": dict(answers.kroner),
        "own_kroner": answers.own_kroner,
    }


def place_searched_from(request: Request) -> Place | None:
    """Where the citizen's last search began, if they have said where."""
    typed = (visit_of(request).data.get("search") or {}).get("sted", "")
    try:
        return resolve_place(typed, request.app.state.catalogue) if typed else None
    except PlaceUnknown:
        return None


async def journeys(request: Request, case: Case, origin: Origin | None, sites: Sequence[int] = ()) -> Journeys:
    """`origin` is where the citizen searches from, None if they have not said; the ways to `sites` are measured."""
    year, reference = local_date(now_of(request)).year, case.plan.reference_site_id
    wanted = [*sites, *([reference] if reference else [])]
    lines = await lines_to(origin, wanted) if origin else {}
    return Journeys(answers_of(request), year, request.app.state.catalogue.thresholds.get(year), lines, reference)
