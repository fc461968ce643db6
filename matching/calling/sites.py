"""Whom a citizen may ask to ring: every site that could have them, also one without a free time."""

from collections.abc import Sequence
from dataclasses import dataclass

from matching.finding.qualifying import OFFERED
from matching.finding.search import Origin, Terms
from matching.finding.statements import statement
from providers.database import fetch

# One site after the other, the nearest first: the LIMIT keeps the planner from reading every offer of the country.
_DISTANCE = "s.point <-> ST_SetSRID(ST_MakePoint({easting}, {northing}), 25832)"
_SITES = f"""
SELECT s.id AS site_id, s.name, z.code || ' ' || z.name AS town, {_DISTANCE} AS distance
FROM site s JOIN postal_code z ON z.code = s.postal_code_id CROSS JOIN LATERAL (
    SELECT 1 FROM offer o WHERE o.site_id = s.id AND {OFFERED}
      AND o.valid_from <= {{now}} AND (o.valid_until IS NULL OR o.valid_until > {{now}}) LIMIT 1
) offered
"""
_NEAREST = statement(f"{_SITES} ORDER BY {_DISTANCE}, s.id LIMIT {{most}}")
_ONE = statement(f"{_SITES} WHERE s.id = {{site}}")


@dataclass(frozen=True, slots=True)
class SiteToAsk:
    """A site; `distance` in metres, in a straight line."""

    site_id: int
    name: str
    town: str
    distance: float


async def sites_to_ask(terms: Terms, origin: Origin, *, site: int | None = None, most: int = 5) -> Sequence[SiteToAsk]:
    """The nearest ones; of one `site` alone, when it is given and is one of them."""
    asked = _NEAREST if site is None else _ONE
    known = {**terms.values(), "easting": origin.easting, "northing": origin.northing, "site": site, "most": most}
    return [SiteToAsk(**row) for row in await fetch(asked.text, *asked.values(known))]
