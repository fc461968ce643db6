"""From sites that may have something to the sites that do: each once, in the best way, with its first time there."""

from matching.finding.qualifying import BASIS, CURRENT_SITE, FREE_SLOT, OFFERED, OPEN_SLOT, RANK
from matching.finding.search import Match
from matching.finding.statements import Statement, statement
from matching.finding.wishes import WISHED_SITE, WISHED_SLOT

# One site at a time: the LIMIT keeps the planner from reading all sites of the country to join them.
_BEST = f"""
SELECT {BASIS} AS basis, free.*
FROM site s JOIN offer o ON o.site_id = s.id
CROSS JOIN LATERAL (
    SELECT t.id AS slot_id, t.starts_at AS first_free, t.whole_week FROM slot t WHERE {FREE_SLOT} AND {WISHED_SLOT}
    ORDER BY t.starts_at, t.id LIMIT 1
) free
WHERE s.id = c.site_id AND {OFFERED} AND {CURRENT_SITE} AND {WISHED_SITE}
ORDER BY {RANK.format(basis=BASIS)}, free.first_free, free.slot_id LIMIT 1
"""

_SHOWN = f"""
SELECT s.name AS site_name, s.street, s.postal_code_id AS postal_code, z.name AS postal_name, s.longitude, s.latitude,
       s.step_free, s.lift, s.accessible_toilet, s.parking, s.languages, s.phone, s.web, s.capacity_confirmed_at,
       p.name AS provider_name, p.kind AS provider_kind,
       ARRAY(SELECT DISTINCT t.mode FROM offer o JOIN slot t ON {OPEN_SLOT}
             WHERE o.site_id = s.id AND {OFFERED} ORDER BY t.mode) AS modes
FROM site s JOIN postal_code z ON z.code = s.postal_code_id JOIN provider p ON p.id = s.provider_id
WHERE s.id = f.site_id LIMIT 1
"""

# All but the last one, which is not for the database to say.
_COLUMNS = ", ".join(Match._fields[:-1])


def matches(sources: str, *, listed: str, order: str) -> Statement:
    """The statement that turns sources into matches.

    The sources end with `candidate (site_id, distance)` and with `reach (horizon, horizon_distance, crowded)`: up to
    the horizon, in the list's own order, no site is missing among the candidates; NULL = none is missing at all.
    `crowded` says that they were too many to be looked at. Every row repeats all three, before the columns of a
    `Match`; a row without a site has nothing else to tell.
    """
    return statement(
        f"""
WITH {sources},
found AS (
    SELECT c.site_id, c.distance, best.* FROM candidate c CROSS JOIN LATERAL ({_BEST}) best
    WHERE {listed} ORDER BY {order} LIMIT {{wanted}}
)
SELECT reach.*, {_COLUMNS} FROM reach LEFT JOIN (found f CROSS JOIN LATERAL ({_SHOWN}) shown) ON true
ORDER BY {order}
"""
    )
