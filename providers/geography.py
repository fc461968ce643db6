"""From degrees to metres. Everything is measured in EPSG:25832 (UTM zone 32 N), the plane of Danish maps."""

from typing import ClassVar, NamedTuple

from providers.database import fetch_one
from providers.errors import GenvejError
from providers.words import N_

NEAR_DENMARK = 25_000.0
"""Metres from a postal code's point within which a place counts as Danish.

Our own rule, not a border: no place in Denmark is left out, and a place just outside does no harm.
"""

_PROJECT = """
SELECT ST_X(here.point) AS easting, ST_Y(here.point) AS northing,
       EXISTS (SELECT FROM postal_code p WHERE ST_DWithin(p.point, here.point, $3)) AS in_denmark
FROM (SELECT ST_Transform(ST_SetSRID(ST_MakePoint($1, $2), 4326), 25832) AS point) here
"""


class OutsideDenmark(GenvejError):
    code: ClassVar[str] = "outside_denmark"
    message: ClassVar[str] = N_("Stedet ligger ikke i Danmark. Vælg et sted eller et postnummer i Danmark.")


class Projected(NamedTuple):
    """Metres of EPSG:25832."""

    easting: float
    northing: float


async def project(longitude: float, latitude: float) -> Projected:
    """A WGS84 point on the plane; raises OutsideDenmark for one that is not near Denmark, or no point at all."""
    # Far from its zone the projection itself fails, so that the database is only asked about this part of the world.
    if not (5.0 <= longitude <= 18.0 and 53.0 <= latitude <= 60.0):
        raise OutsideDenmark
    place = await fetch_one(_PROJECT, longitude, latitude, NEAR_DENMARK)
    if place is None or not place["in_denmark"]:
        raise OutsideDenmark
    return Projected(place["easting"], place["northing"])


async def is_in_denmark(longitude: float, latitude: float) -> bool:
    """Whether `project` would take the point."""
    try:
        await project(longitude, latitude)
    except OutsideDenmark:
        return False
    return True
