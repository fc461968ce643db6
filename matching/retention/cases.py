"""One case goes: the figures are taken, and then everything that tells of the person, in one transaction."""

from datetime import datetime, timedelta

from matching.auditing import blank_entries
from matching.booking.seats import change_seats, lock_slots
from matching.retention.figures import add_figure
from matching.states import SEATED
from providers.actors import Actor
from providers.clock import local_date
from providers.database import execute, fetch

# Each child before its parent, and the plan last. A test compares this with the database's own foreign keys.
ERASED_WITH_A_CASE = {
    "message": "DELETE FROM message WHERE plan_id = $1 OR booking_id IN (SELECT id FROM booking WHERE plan_id = $1)",
    "watch": "DELETE FROM watch WHERE plan_id = $1",
    "call_back": "DELETE FROM call_back WHERE plan_id = $1",
    "contact": "DELETE FROM contact WHERE plan_id = $1",
    "report": "DELETE FROM report WHERE plan_id = $1",
    "idempotency_key": "DELETE FROM idempotency_key WHERE plan_id = $1",
    "hold": "DELETE FROM hold WHERE plan_id = $1",
    "course_code": "DELETE FROM course_code WHERE plan_id = $1",
    # A file with several plans is one text, so all of it goes; the other plans stay.
    "arrival": """
        WITH theirs AS (SELECT raw_message_id AS id FROM arrival WHERE plan_id = $1),
             unlinked AS (DELETE FROM arrival WHERE raw_message_id IN (SELECT id FROM theirs))
        DELETE FROM raw_message WHERE id IN (SELECT id FROM theirs)
    """,
    "course_note": "DELETE FROM course_note WHERE plan_id = $1",
    "case_event": "SELECT erase_case_events($1)",
    "booking": "DELETE FROM booking WHERE plan_id = $1",
    "session": "DELETE FROM session WHERE data ->> 'plan' = $1::bigint::text",
    "attempt_budget": "DELETE FROM attempt_budget WHERE bucket = 'factor:' || $1::bigint",
    # A job that only wakes somebody up carries the plan's number.
    "pgqueuer": "DELETE FROM pgqueuer WHERE payload = convert_to($1::bigint::text, 'UTF8')",
    "plan": "DELETE FROM plan WHERE id = $1",
}
"""Table → the statement that erases a plan's rows in it. The plan's entries in the look-up log are blanked before."""

_UNLINK = "UPDATE plan SET linked_to_id = NULL, link = NULL WHERE linked_to_id = $1"
_SEATS = "SELECT slot_id, count(*) AS seats FROM booking WHERE plan_id = $1 AND state = ANY ($2) GROUP BY slot_id"


async def erase_case(plan_id: int, *, actor: Actor, now: datetime) -> None:
    """Leave the figures of a plan and nothing else; in the transaction of a worker who has locked it.

    Its scope must show the citizen's other plans too, which may be linked to it, and the messages that it came in.
    """
    await _free_seats(plan_id, now)
    await add_figure(plan_id, local_date(now))
    # Whatever was written about the case up to this moment, by clocks that differ a little.
    await blank_entries(before=now + timedelta(days=1), plan_ids=[plan_id], actor=actor, now=now)
    await execute(_UNLINK, plan_id)
    for statement in ERASED_WITH_A_CASE.values():
        await execute(statement, plan_id)


async def _free_seats(plan_id: int, now: datetime) -> None:
    """A slot counts the bookings that there are, also when its time has gone by."""
    seats = {row["slot_id"]: -row["seats"] for row in await fetch(_SEATS, plan_id, list(SEATED))}
    await lock_slots(seats)
    await change_seats(seats, now)
