"""How far it is from where a citizen searches to the places that they could train at, in a straight line."""

from collections.abc import Collection

from matching.finding import Origin
from providers.database import fetch, fetch_one

_LINES = """
SELECT id, ST_Distance(point, ST_SetSRID(ST_MakePoint($1, $2), 25832)) AS metres FROM site WHERE id = ANY ($3::int[])
"""


async def point_of(site_id: int) -> Origin | None:
    """Where a site lies, to search from there; None for one that does not exist."""
    found = await fetch_one("SELECT ST_X(point) AS easting, ST_Y(point) AS northing FROM site WHERE id = $1", site_id)
    return Origin(*found) if found else None


async def lines_to(origin: Origin, site_ids: Collection[int]) -> dict[int, float]:
    """Metres by site; a site that does not exist is left out."""
    found = await fetch(_LINES, origin.easting, origin.northing, list(site_ids)) if site_ids else []
    return {row["id"]: row["metres"] for row in found}
