"""Whom a citizen may ask to ring: every site that could have them, also one without a free time."""

from collections.abc import Sequence
from dataclasses import dataclass

from matching.finding.qualifying import OFFERED
from matching.finding.search import Origin, Terms
from matching.finding.statements import statement
from providers.database import fetch

_SITES = statement(
    f"""
SELECT DISTINCT s.id AS site_id, s.name, z.code || ' ' || z.name AS town,
       s.point <-> ST_SetSRID(ST_MakePoint({{easting}}, {{northing}}), 25832) AS distance
FROM offer o JOIN site s ON s.id = o.site_id JOIN postal_code z ON z.code = s.postal_code_id
WHERE {OFFERED} AND o.valid_from <= {{now}} AND (o.valid_until IS NULL OR o.valid_until > {{now}})
  AND ({{site}}::int IS NULL OR s.id = {{site}})
ORDER BY distance, s.id LIMIT {{most}}
"""
)


@dataclass(frozen=True, slots=True)
class SiteToAsk:
    """A site; `distance` in metres, in a straight line."""

    site_id: int
    name: str
    town: str
    distance: float


async def sites_to_ask(terms: Terms, origin: Origin, *, site: int | None = None, most: int = 5) -> Sequence[SiteToAsk]:
    """The nearest ones; of one `site` alone, when it is given and is one of them."""
    point = {"easting": origin.easting, "northing": origin.northing}
    known = {**terms.values(), **point, "site": site, "most": most}
    return [SiteToAsk(**row) for row in await fetch(_SITES.text, *_SITES.values(known))]
