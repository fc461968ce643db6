"""The times of one site, and the one seat that somebody wants: by the same rules as the list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from matching.finding.qualifying import BASIS, CURRENT_SITE, FREE_SEATS, FREE_SLOT, RANK, REACHABLE
from matching.finding.search import Terms
from matching.plan_facts import Basis
from providers.database import fetch

_BASIS = BASIS.format(home="$2")
_RULE = {"now": "$4", "not_before": "$5", "extended_not_before": "$6", "stale_before": "$7", "plan_id": "$8"}

_QUERY = f"""
SELECT DISTINCT ON (t.starts_at, t.id) t.id AS slot_id, o.site_id, t.starts_at, t.minutes, t.mode,
       {FREE_SEATS.format(**_RULE)} AS free_seats, {_BASIS} AS basis
FROM offer o JOIN site s ON s.id = o.site_id JOIN slot t ON {FREE_SLOT.format(**_RULE)}
WHERE o.package_level_id = $1 AND {REACHABLE.format(home="$2")} AND {_BASIS} = ANY ($3::text[])
  AND {CURRENT_SITE.format(**_RULE)} AND {{which}}
ORDER BY t.starts_at, t.id, {RANK.format(basis=_BASIS)}
LIMIT $10
"""
_OF_SITE = _QUERY.format(which="o.site_id = $9")
_OF_SLOT = _QUERY.format(which="t.id = $9 AND o.site_id = (SELECT site_id FROM slot WHERE id = $9)")


@dataclass(frozen=True, slots=True)
class Seat:
    """A free first contact, and the basis on which the citizen would get it. `minutes` is its length."""

    slot_id: int
    site_id: int
    starts_at: datetime
    minutes: int
    mode: str
    free_seats: int
    basis: Basis


async def seats_of_site(site_id: int, terms: Terms, *, limit: int = 200) -> Sequence[Seat]:
    """The site's free times in order of start; empty when it has none for these terms, or does not exist."""
    return await _seats(_OF_SITE, site_id, terms, limit)


async def seat_of_slot(slot_id: int, terms: Terms) -> Seat | None:
    """The seat in one slot, or None when it may not be given on these terms."""
    return next(iter(await _seats(_OF_SLOT, slot_id, terms, 1)), None)


async def _seats(query: str, which: int, terms: Terms, limit: int) -> list[Seat]:
    records = await fetch(
        query,
        terms.package_level_id,
        terms.home_municipality,
        [basis.value for basis in terms.bases],
        terms.now,
        terms.not_before,
        terms.extended_not_before,
        terms.stale_before,
        terms.plan_id,
        which,
        limit,
    )
    return [Seat(**{**record, "basis": Basis(record["basis"])}) for record in records]
