"""Many times of a site written at once: each kind of change is one statement, however many there are."""

from collections.abc import Collection, Sequence

from matching.capacity.comparing import Difference, There, Wanted
from matching.capacity.levels import levels_text
from matching.capacity.sites import close_slots
from providers.database import execute, fetch

_THERE = """
SELECT id, starts_at, minutes, mode, seats, taken, blocked_seats, closed_seats, package_levels, pattern_id
FROM slot WHERE site_id = $1 AND starts_at = ANY ($2::timestamptz[]) ORDER BY id FOR UPDATE
"""
_UNHELD = "DELETE FROM hold WHERE slot_id = ANY ($1::bigint[])"
_ADD = """
INSERT INTO slot (site_id, starts_at, minutes, mode, seats, closed_seats, package_levels)
SELECT $1, v.starts_at, v.minutes, v.mode, CASE WHEN v.closed THEN 0 ELSE v.seats END,
       CASE WHEN v.closed THEN v.seats END, v.levels::smallint[]
FROM unnest($2::timestamptz[], $3::smallint[], $4::text[], $5::smallint[], $6::bool[], $7::text[])
     AS v(starts_at, minutes, mode, seats, closed, levels)
"""
_CHANGE = """
UPDATE slot SET minutes = v.minutes, package_levels = v.levels::smallint[], seats = v.seats,
    closed_seats = CASE WHEN v.closed THEN v.wanted END, agreed_in_id = NULL,
    extra_seats = greatest(0, taken + blocked_seats - v.seats)
FROM (
    SELECT w.id, w.minutes, w.seats AS wanted, CASE WHEN w.closed THEN 0 ELSE w.seats END AS seats, w.closed, w.levels
    FROM unnest($1::bigint[], $2::smallint[], $3::smallint[], $4::bool[], $5::text[])
         AS w(id, minutes, seats, closed, levels)
) v WHERE slot.id = v.id
"""

# Bookings that are over still tell where they were.
_REMOVE = """
DELETE FROM slot WHERE id = ANY ($1::bigint[]) AND NOT EXISTS (SELECT FROM booking b WHERE b.slot_id = slot.id)
RETURNING id
"""


async def times_at(site_id: int, wanted: Collection[Wanted]) -> list[There]:
    """The site's times that begin when one of these does, locked in the order in which whoever books locks them."""
    return [There(**row) for row in await fetch(_THERE, site_id, sorted({one.starts_at for one in wanted}))]


async def write(site_id: int, difference: Difference, wanted: Sequence[Wanted]) -> None:
    """Add what is new and change what differs; whoever holds a seat of a time that changes must look again."""
    if difference.changed:
        rows = [(row.id, wanted[number]) for row, number in difference.changed]
        ids = [row_id for row_id, _ in rows]
        await execute(_UNHELD, ids)
        await execute(_CHANGE, ids, *_columns([one for _, one in rows], ("minutes", "seats", "closed")))
    if difference.new:
        new = [wanted[number] for number in difference.new]
        starts = [one.starts_at for one in new]
        await execute(_ADD, site_id, starts, *_columns(new, ("minutes", "mode", "seats", "closed")))


async def take_down(slot_ids: Collection[int]) -> None:
    """Times that nobody has are deleted, or closed where somebody has had one; in the scope of the site's provider."""
    if not slot_ids:
        return
    await execute(_UNHELD, list(slot_ids))
    gone = {row["id"] for row in await fetch(_REMOVE, list(slot_ids))}
    if remembered := [number for number in slot_ids if number not in gone]:
        await close_slots(remembered)


def _columns(wanted: Sequence[Wanted], names: Sequence[str]) -> list[list[object]]:
    """One array for each column, the packages last."""
    levels: list[object] = [levels_text(one.package_levels) for one in wanted]
    return [*([getattr(one, name) for one in wanted] for name in names), levels]
