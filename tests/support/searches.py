"""Questions to the finder, sensible unless told otherwise."""

from dataclasses import replace
from typing import Any

from matching.finding import Origin, Search, find
from matching.finding.terms import terms_of_anybody
from providers.database import fetch_one
from tests.support.worlds import CITY_HALL, HOME, LEVEL, NOW, PACKAGE, POLICY, Point


async def origin(place: Point = CITY_HALL) -> Origin:
    """A place in the metres in which the finder measures."""
    query = "SELECT ST_X(p), ST_Y(p) FROM ST_Transform(ST_SetSRID(ST_MakePoint($1, $2), 4326), 25832) p"
    easting, northing = await fetch_one(query, *place) or (0.0, 0.0)
    return Origin(easting, northing)


async def a_search(place: Point = CITY_HALL, *, radius: float | None = None, limit: int = 20, **terms: Any) -> Search:
    """What anybody may find for the basic knee package, seen from the home municipality; `terms` change that."""
    known = terms_of_anybody(PACKAGE, LEVEL, HOME, NOW, POLICY)
    return Search(replace(known, **terms), await origin(place), radius, limit)


async def found(place: Point = CITY_HALL, **question: Any) -> list[int]:
    """The numbers of the sites on the first page."""
    return [match.site_id for match in (await find(await a_search(place, **question))).items]
