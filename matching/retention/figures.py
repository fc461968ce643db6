"""What a case leaves behind: days, package, level, basis and outcome, in a row that nothing leads back from."""

from datetime import date

from matching.national_codes import StopReason
from providers.database import execute

LAST_DAY = """
greatest(
    p.received_on, p.discharge_date, p.offer_date,
    (SELECT max((e.at AT TIME ZONE 'Europe/Copenhagen')::date) FROM case_event e WHERE e.plan_id = p.id),
    (SELECT max((t.starts_at AT TIME ZONE 'Europe/Copenhagen')::date)
     FROM booking b JOIN slot t ON t.id = b.slot_id WHERE b.plan_id = p.id)
)
"""
"""SQL for a plan `p`: the last local day on which anything happened in its case, or was to happen."""

_ADD = f"""
INSERT INTO case_figure (
    municipality_id, plan_type, level, package_id, discharge_date, earliest_start, received_on, offer_date,
    offer_recorded_on, cannot_offer_recorded_on, informed_on, deferred_on, booked_on, first_contact, basis,
    booking_state, stop_reason, state, last_day, erased_on
)
SELECT p.municipality_id, p.plan_type, p.level, p.package_id, p.discharge_date, p.earliest_start, p.received_on,
    p.offer_date, p.offer_recorded_on, p.cannot_offer_recorded_on,
    (p.informed_at AT TIME ZONE 'Europe/Copenhagen')::date, p.deferred_on,
    b.booked_on, b.first_contact, b.basis, b.state, e.reason, p.state, {LAST_DAY}, $3
FROM plan p
LEFT JOIN LATERAL (
    SELECT (b.created_at AT TIME ZONE 'Europe/Copenhagen')::date AS booked_on,
           (t.starts_at AT TIME ZONE 'Europe/Copenhagen')::date AS first_contact, b.basis, b.state
    FROM booking b JOIN slot t ON t.id = b.slot_id
    WHERE b.plan_id = p.id AND b.state <> 'moved' ORDER BY b.created_at DESC, b.id DESC LIMIT 1
) b ON true
LEFT JOIN LATERAL (
    SELECT e.reason FROM case_event e WHERE e.plan_id = p.id AND e.reason = ANY ($2) ORDER BY e.sequence DESC LIMIT 1
) e ON true
WHERE p.id = $1
"""


async def add_figure(plan_id: int, today: date) -> None:
    """Write down the figures of a plan that the transaction is about to erase."""
    await execute(_ADD, plan_id, [reason.value for reason in StopReason], today)
