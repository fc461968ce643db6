"""The times of one site, and the one seat that somebody wants: by the same rules as the list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from matching.finding.qualifying import BASIS, CURRENT_SITE, FREE_SEATS, FREE_SLOT, OFFERED, RANK
from matching.finding.search import Terms
from matching.finding.statements import Statement, statement
from matching.plan_facts import Basis
from providers.database import fetch


def _query(which: str) -> Statement:
    return statement(
        f"""
SELECT DISTINCT ON (t.starts_at, t.id) t.id AS slot_id, o.site_id, t.starts_at, t.minutes, t.mode,
       {FREE_SEATS} AS free_seats, {BASIS} AS basis
FROM offer o JOIN site s ON s.id = o.site_id JOIN slot t ON {FREE_SLOT}
WHERE {OFFERED} AND {CURRENT_SITE} AND {which}
ORDER BY t.starts_at, t.id, {RANK.format(basis=BASIS)}
LIMIT {{limit}}
"""
    )


_OF_SITE = _query("o.site_id = {which}")
_OF_SLOT = _query("t.id = {which} AND o.site_id = (SELECT site_id FROM slot WHERE id = {which})")


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


async def _seats(query: Statement, which: int, terms: Terms, limit: int) -> list[Seat]:
    records = await fetch(query.text, *query.values({**terms.values(), "which": which, "limit": limit}))
    return [Seat(**{**record, "basis": Basis(record["basis"])}) for record in records]
