"""Find by distance, with a bounded amount of work however many sites there are.

Three branches read the offer table nearest first, each with its own index: the home municipality's own and
contracted sites, other municipalities', private ones. Each branch stops after a few more rows than the page
needs. What they found is complete up to the *horizon*, the shortest distance at which a branch stopped; inside it
the exact rules are applied, slot by slot. When too few survive, the search goes on behind the horizon.
"""

from collections.abc import Mapping
from datetime import date
from operator import itemgetter
from typing import Any

from matching.finding.qualifying import BASIS, CURRENT_SITE, FREE_SLOT, OPEN_SLOT, RANK, REACHABLE
from matching.finding.search import Match, Page, Position, Search
from matching.plan_facts import Basis
from providers.database import fetch
from providers.models import ProviderKind

_WHOLE_COUNTRY = 1_000_000.0
_SPARE_ROWS = 4
_BASIS = BASIS.format(home="$4")
_REACHABLE = REACHABLE.format(home="$4")
_RULE = {"now": "$8", "not_before": "$9", "extended_not_before": "$10", "stale_before": "$11", "plan_id": "$12"}
_ORIGIN = "ST_SetSRID(ST_MakePoint($1, $2), 25832)"

# The few offers of one municipality are found by its number. Without OFFSET 0 the planner, which does not know how
# few they are, would walk the whole country in order of distance to meet them.
_HOME = f"""
SELECT * FROM (
    SELECT o.*, o.point <-> {_ORIGIN} AS distance FROM offer o
    WHERE o.package_level_id = $3 AND o.next_free IS NOT NULL AND o.municipality_id = $4 AND {_BASIS} = ANY ($14)
    OFFSET 0
) o
WHERE o.distance <= $5 AND (o.distance, o.site_id) > ($6, $7)
ORDER BY o.distance
FETCH FIRST ($13) ROWS WITH TIES
"""

_NEAREST = f"""
SELECT o.*, o.point <-> {_ORIGIN} AS distance FROM offer o
WHERE o.package_level_id = $3 AND o.next_free IS NOT NULL AND {{which}}
  AND o.point && ST_Expand({_ORIGIN}, $5)
  AND (o.point <-> {_ORIGIN}, o.site_id) > ($6, $7)
ORDER BY o.point <-> {_ORIGIN}
FETCH FIRST ($13) ROWS WITH TIES
"""
_OTHER = "'other_municipality' = ANY ($14) AND o.kind = 'municipal' AND o.municipality_id <> $4"
_PRIVATE = "'extended' = ANY ($14) AND o.kind = 'extended'"

QUERY = f"""
WITH home AS ({_HOME}),
other AS ({_NEAREST.format(which=_OTHER)}),
private AS ({_NEAREST.format(which=_PRIVATE)}),
horizon AS (
    SELECT least(
        (SELECT max(distance) FROM home HAVING count(*) >= $13),
        (SELECT max(distance) FROM other HAVING count(*) >= $13),
        (SELECT max(distance) FROM private HAVING count(*) >= $13)
    ) AS distance
),
found AS (
    SELECT DISTINCT ON (o.distance, o.site_id) o.site_id, o.distance, {_BASIS} AS basis, free.*
    FROM (SELECT * FROM home UNION ALL SELECT * FROM other UNION ALL SELECT * FROM private) o
    JOIN site s ON s.id = o.site_id
    CROSS JOIN LATERAL (
        SELECT t.id AS slot_id, t.starts_at FROM slot t
        WHERE {FREE_SLOT.format(**_RULE)}
        ORDER BY t.starts_at, t.id LIMIT 1
    ) free
    WHERE o.distance <= $5 AND o.distance <= coalesce((SELECT distance FROM horizon), $5)
      AND {CURRENT_SITE.format(**_RULE)}
    ORDER BY o.distance, o.site_id, {RANK.format(basis=_BASIS)}, free.starts_at, free.slot_id
    LIMIT $15
)
SELECT h.distance AS horizon, f.site_id, f.distance, f.basis, f.slot_id, f.starts_at AS first_free,
       s.name AS site_name, s.street, s.postal_code_id AS postal_code, z.name AS postal_name, s.longitude, s.latitude,
       s.step_free, s.lift, s.accessible_toilet, s.parking, s.languages, s.phone, s.web, s.capacity_confirmed_at,
       p.name AS provider_name, p.kind AS provider_kind,
       ARRAY(SELECT DISTINCT t.mode FROM offer o JOIN slot t ON {OPEN_SLOT.format(**_RULE)}
             WHERE o.site_id = f.site_id AND o.package_level_id = $3 AND {_REACHABLE} AND {_BASIS} = ANY ($14)
             ORDER BY t.mode) AS modes
FROM horizon h
LEFT JOIN found f ON true
LEFT JOIN site s ON s.id = f.site_id
LEFT JOIN postal_code z ON z.code = s.postal_code_id
LEFT JOIN provider p ON p.id = s.provider_id
ORDER BY f.distance, f.site_id
"""


async def find(search: Search) -> Page:
    """Sites in order of distance, then site number; at most `search.limit`, each once."""
    wanted, rows = search.limit + 1, search.limit + 1 + _SPARE_ROWS
    found: list[Match] = []
    after = search.after or Position(-1.0, 0)
    while True:
        records = await fetch(QUERY, *parameters(search, after, rows, wanted - len(found)))
        found += [_match(record, search.terms.opens_on) for record in records if record["site_id"] is not None]
        horizon: float | None = records[0]["horizon"]
        if len(found) >= wanted or horizon is None:
            break
        after, rows = Position(horizon, _LAST_SITE), rows * 4
    page = tuple(found[: search.limit])
    return Page(page, page[-1].position if len(found) > search.limit else None)


_LAST_SITE = 2**31 - 1


def parameters(search: Search, after: Position, rows: int, wanted: int) -> tuple[object, ...]:
    """The values of QUERY: behind `after`, read `rows` offers of each branch to give at most `wanted` matches."""
    terms = search.terms
    return (
        search.origin.easting,
        search.origin.northing,
        terms.package_level_id,
        terms.home_municipality,
        _WHOLE_COUNTRY if search.radius is None else search.radius,
        after.distance,
        after.site_id,
        terms.now,
        terms.not_before,
        terms.extended_not_before,
        terms.stale_before,
        terms.plan_id,
        rows,
        [basis.value for basis in terms.bases],
        wanted,
    )


_PLAIN = itemgetter(*Match._fields[:-5])
_BASES = {basis.value: basis for basis in Basis}
_KINDS = {kind.value: kind for kind in ProviderKind}


def _match(record: Mapping[str, Any], opens_on: date | None) -> Match:
    basis = _BASES[record["basis"]]
    converted = (
        _KINDS[record["provider_kind"]],
        basis,
        tuple(record["modes"]),
        tuple(record["languages"]),
        opens_on if basis is Basis.EXTENDED else None,
    )
    return Match._make(_PLAIN(record) + converted)
