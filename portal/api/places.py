"""Where a search begins: a postal code, a point, or the home municipality; never the citizen's address."""

from dataclasses import dataclass
from typing import cast

from starlette.requests import Request

from matching.finding import Origin
from portal.api.errors import MISSING, Fault, RequestInvalid
from portal.api.match_question import MatchQuestion
from providers.geography import project
from providers.reference import Catalogue
from providers.words import N_

_UNKNOWN = N_("Postnummeret findes ikke.")
_ONE_PLACE = N_("Skriv enten postal_code eller både lat og lon.")


@dataclass(frozen=True, slots=True)
class Place:
    """`municipality_code` is the municipality of the place: whose own sites are the home municipality's."""

    origin: Origin
    municipality_code: str


async def resolve_place(request: Request, asked: MatchQuestion) -> Place | None:
    """The place that the question names, if any; raises RequestInvalid or OutsideDenmark.

    A postal code is answered from memory, a point by the database.
    """
    if asked.postal_code is not None:
        if asked.lat is not None or asked.lon is not None:
            raise RequestInvalid([Fault("query", "postal_code", _ONE_PLACE)])
        return _place_of_postal_code(request, asked.postal_code)
    if asked.lat is None and asked.lon is None:
        return None
    if asked.lat is None or asked.lon is None:
        raise RequestInvalid([Fault("query", "lat" if asked.lat is None else "lon", MISSING)])
    easting, northing = await project(asked.lon, asked.lat)
    return Place(
        Origin(easting, northing), catalogue_of(request).nearest_postal_code(easting, northing).municipality_code
    )


def place_of_municipality(request: Request, code: str) -> Place:
    """A municipality's own point."""
    entry = catalogue_of(request).municipalities[code]
    return Place(Origin(entry.easting, entry.northing), entry.code)


def catalogue_of(request: Request) -> Catalogue:
    """The reference data in memory."""
    return cast(Catalogue, request.app.state.catalogue)


def _place_of_postal_code(request: Request, code: str) -> Place:
    entry = catalogue_of(request).postal_code(code)
    if entry is None:
        raise RequestInvalid([Fault("query", "postal_code", _UNKNOWN)])
    return Place(Origin(entry.easting, entry.northing), entry.municipality_code)
