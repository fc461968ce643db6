"""Seats under lock. Everybody locks in one order: the plan, then slots by number, then the sites' offers."""

from collections.abc import Collection, Mapping
from datetime import datetime

from matching.booking.errors import SlotNotBookable, SlotTaken
from matching.cases import Case
from matching.finding.seats import Seat, seat_of_slot
from matching.finding.terms import terms_of_case
from matching.policy import Policy
from providers.database import execute, fetch, fetch_one
from providers.offers import lock_offers, refresh_next_free

_LOCK = """
SELECT FROM slot WHERE id = ANY ($1::bigint[] || ARRAY(SELECT agreed_in_id FROM slot WHERE id = ANY ($1::bigint[])))
ORDER BY id FOR UPDATE
"""
_TAKE = """
UPDATE slot SET taken = taken + change.seats
FROM unnest($1::bigint[], $2::int[]) AS change(id, seats) WHERE slot.id = change.id
RETURNING slot.site_id, CASE WHEN change.seats < 0 THEN slot.agreed_in_id END AS week
"""
_GIVE_BACK = "UPDATE slot SET blocked_seats = blocked_seats - 1 WHERE id = ANY ($1::bigint[]) AND starts_at > $2"


async def lock_slots(slot_ids: Collection[int]) -> None:
    """Lock the slots until the transaction ends, and with an hour that was agreed the week that it was agreed in.

    Numbers that do not exist are passed over.
    """
    await execute(_LOCK, sorted(slot_ids))


async def seat_for(case: Case, slot_id: int, policy: Policy) -> Seat:
    """The seat that the case's citizen may have in a slot locked before.

    Raises SlotTaken when it is full or held by somebody else, SlotNotBookable for every other reason.
    """
    terms = terms_of_case(case, policy)
    if seat := await seat_of_slot(slot_id, terms):
        return seat
    slot = await fetch_one(
        "SELECT starts_at, taken + blocked_seats < seats AS seats_left FROM slot WHERE id = $1", slot_id
    )
    if slot is None or slot["starts_at"] < terms.not_before:
        raise SlotNotBookable
    held = await fetch(
        "SELECT FROM hold WHERE slot_id = $1 AND until > $2 AND plan_id <> $3", slot_id, case.now, case.plan.id
    )
    if held or not slot["seats_left"]:
        raise SlotTaken
    # Giving a hold back locks no slot, so the seat may have become free between the first look and the reasons.
    if seat := await seat_of_slot(slot_id, terms):
        return seat
    raise SlotNotBookable


async def change_seats(changes: Mapping[int, int], now: datetime) -> None:
    """Add to the `taken` of slots locked before, and bring their sites' offers up to date.

    Whoever gives up an hour that was agreed in a week gives the week its seat back, while it lies ahead. Raises
    SlotTaken when the transaction's own check was wrong: the constraint has the last word.
    """
    changed = await fetch(_TAKE, list(changes), list(changes.values()))
    if weeks := [record["week"] for record in changed if record["week"] is not None]:
        await execute(_GIVE_BACK, weeks, now)
    site_ids = {record["site_id"] for record in changed}
    await lock_offers(site_ids)
    await refresh_next_free(site_ids, now)
