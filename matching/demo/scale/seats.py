"""Seats for the bookings of very many cases: sold elsewhere so far, from now on booked here."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from providers.database import execute, fetch

# Every so-manieth slot that has a seat sold elsewhere. Of its site's offers one is taken; it need not be the best one.
_SOLD = """
SELECT DISTINCT ON (t.id) t.id AS slot_id, t.starts_at, o.package_level_id, o.kind,
       coalesce(o.municipality_id, z.municipality_codes[1]) AS municipality_id
FROM slot t JOIN site s ON s.id = t.site_id JOIN postal_code z ON z.code = s.postal_code_id
JOIN offer o ON o.site_id = t.site_id
WHERE t.starts_at >= o.valid_from AND t.starts_at < coalesce(o.valid_until, 'infinity')
  AND t.blocked_seats > 0 AND t.package_levels IS NULL AND t.id % $1 = 0
ORDER BY t.id LIMIT $2
"""
_ENOUGH_IN_TWO = 2

# As many seats are free as before, so no offer changes.
_TAKE = """
UPDATE slot SET taken = taken + 1, blocked_seats = blocked_seats - 1 WHERE id = ANY ($1::bigint[])
"""


class SoldSeat(NamedTuple):
    """`municipality_id` is the home of a citizen who may have the seat; `kind` is the offer's."""

    slot_id: int
    starts_at: datetime
    package_level_id: int
    kind: str
    municipality_id: str


async def sold_seats(wanted: int) -> Sequence[SoldSeat]:
    """At most `wanted` seats at as many slots, from all over the country."""
    if not wanted:
        return []
    slots = (await fetch("SELECT count(*) AS slots FROM slot"))[0]["slots"]
    step = max(1, slots // (wanted * _ENOUGH_IN_TWO))
    return [SoldSeat(*record) for record in await fetch(_SOLD, step, wanted)]


async def take_sold(seats: Sequence[SoldSeat]) -> None:
    """The seats are booked here now."""
    await execute(_TAKE, [seat.slot_id for seat in seats])
