"""From an address to a point: what somebody typed, or else the postal code's own.

There is no register of addresses to ask here, and no coastline. So a point is held against the postal code that
stands beside it: how far it may lie from the district's point follows from how far its neighbours' points lie. That
finds what is in the sea or abroad, and a slip of the fingers; a point on the wrong side of the road it does not find.
"""

from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from providers.database import fetch_one
from providers.errors import GenvejError
from providers.geography import OutsideDenmark, project
from providers.sites.errors import CoordinatesUnreadable, PointAtSea, PostalCodeUnknown

# Metres: the least and the most that a point may lie from its postal code's, whatever the neighbours.
_LEAST, _MOST = 3_000.0, 20_000.0

_FAR = """
SELECT z.name, z.longitude, z.latitude,
       ST_Distance(z.point, ST_Transform(ST_SetSRID(ST_MakePoint($2, $3), 4326), 25832)) AS away,
       greatest($4, least($5, 3 * (
           SELECT ST_Distance(n.point, z.point) FROM postal_code n WHERE n.code <> z.code
           ORDER BY n.point <-> z.point OFFSET 4 LIMIT 1
       ))) AS allowed
FROM postal_code z WHERE z.code = $1
"""


class Point(NamedTuple):
    """Degrees of WGS84."""

    longitude: float
    latitude: float


async def place(postal_code: str, longitude: str, latitude: str) -> Point:
    """The point of an address. With both coordinates empty it is the postal code's.

    Raises PostalCodeUnknown, CoordinatesUnreadable, OutsideDenmark or PointAtSea.
    """
    typed = _typed(longitude, latitude)
    near = typed or Point(12.5, 55.7)
    found = await fetch_one(_FAR, postal_code, near.longitude, near.latitude, _LEAST, _MOST)
    if found is None:
        raise PostalCodeUnknown
    if typed is None:
        return Point(found["longitude"], found["latitude"])
    await project(typed.longitude, typed.latitude)
    if found["away"] > found["allowed"]:
        raise PointAtSea(away=round(found["away"] / 1000), place=f"{postal_code} {found['name']}")
    return typed


def _typed(longitude: str, latitude: str) -> Point | None:
    """With a comma or a full stop; None for nothing."""
    if not longitude.strip() and not latitude.strip():
        return None
    point = Point(_degrees(longitude), _degrees(latitude))
    # Far from this part of the world the projection itself fails.
    if not (5.0 <= point.longitude <= 18.0 and 53.0 <= point.latitude <= 60.0):
        raise OutsideDenmark
    return point


def _degrees(text: str) -> float:
    try:
        number = Decimal(text.strip().replace(",", "."))
    except InvalidOperation as error:
        raise CoordinatesUnreadable from error
    if not number.is_finite() or abs(number) > 360:
        raise CoordinatesUnreadable
    return round(float(number), 6)


def field_of(error: GenvejError) -> str:
    """Beside which field it is said."""
    return "postnummer" if isinstance(error, PostalCodeUnknown) else "bredde"
