"""What lies around a place: the towns by which people find it on a drawing."""

from dataclasses import dataclass

from providers.database import fetch

_NEAREST = """
WITH here AS (SELECT point FROM site WHERE id = $1),
town AS (SELECT name, ST_Centroid(ST_Collect(point)) AS point FROM postal_code GROUP BY name)
SELECT town.name, ST_X(town.point) - ST_X(here.point) AS east, ST_Y(town.point) - ST_Y(here.point) AS north
FROM town, here ORDER BY town.point <-> here.point LIMIT $2
"""


@dataclass(frozen=True, slots=True)
class Town:
    """The middle of a town's postal codes, in metres from the place; negative = west, south."""

    name: str
    east: float
    north: float


async def towns_around(site_id: int, *, limit: int = 12) -> list[Town]:
    """The nearest towns of a site, nearest first."""
    return [Town(**row) for row in await fetch(_NEAREST, site_id, limit)]
