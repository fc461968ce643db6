"""What happens to a case, written down in the transaction in which it happens, with its report and its messages."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from orjson import dumps

from matching.audit import audit, audit_many
from matching.messages.telling import tell
from matching.models import Booking, CaseEvent, Plan
from matching.reports.outbox import queue_reports
from providers.actors import Actor
from providers.database import fetch, fetch_models, in_a_transaction

RECEIVED = "received"
"""The kind of every case's first event."""

_ADD = """
INSERT INTO case_event (plan_id, sequence, kind, at, actor, booking_id, reason, changes)
SELECT $1, coalesce(max(sequence), 0) + 1, $2, $3, $4, $5, $6, $7::text::jsonb FROM case_event WHERE plan_id = $1
RETURNING *
"""
_ADD_FIRST = f"""
INSERT INTO case_event (plan_id, sequence, kind, at, actor, changes)
SELECT w.plan_id, 1, '{RECEIVED}', $1, $2, w.changes::jsonb FROM unnest($3::bigint[], $4::text[]) AS w(plan_id, changes)
RETURNING id, plan_id
"""

Changes = dict[str, list[str | None]]
"""Of a fact's name: its value before and after, as ISO days and codes; never words of anybody."""


async def record_event(
    plan: Plan,
    kind: str,
    *,
    actor: Actor,
    now: datetime,
    booking: Booking | None = None,
    reason: str | None = None,
    purpose: str = "choice",
    changes: Changes | None = None,
) -> CaseEvent:
    """Add an event to a plan that the caller has locked, log who did it, and queue what is told of it.

    The home municipality gets its report, people their messages. `changes`: what was corrected, from what to what.
    Refuses to run outside a transaction: an event without its change, or a change without its event, would be a lie.
    """
    if not in_a_transaction():
        raise RuntimeError("an event can only be recorded inside a transaction")
    about = booking.id if booking else None
    told = dumps(changes).decode() if changes is not None else None
    (event,) = await fetch_models(CaseEvent, _ADD, plan.id, kind, now, str(actor), about, reason, told)
    await audit(kind, actor=actor, now=now, purpose=purpose, plan_id=plan.id)
    await queue_reports([(event, plan)], now=now)
    await tell(event, booking, now=now)
    return event


async def record_arrivals(
    plans: Sequence[Plan], *, actor: Actor, now: datetime, changes: Mapping[int, Changes]
) -> None:
    """The first event of many new plans, `received`, with its entry in the log and its report, in a few statements.

    `changes` by plan number. New plans have nobody who is told of anything yet.
    """
    if not in_a_transaction():
        raise RuntimeError("an event can only be recorded inside a transaction")
    if not plans:
        return
    told = [dumps(changes[plan.id]).decode() if plan.id in changes else None for plan in plans]
    numbers = await fetch(_ADD_FIRST, now, str(actor), [plan.id for plan in plans], told)
    by_plan = {record["plan_id"]: record["id"] for record in numbers}
    events = [
        CaseEvent(id=by_plan[plan.id], plan_id=plan.id, sequence=1, kind=RECEIVED, at=now, actor=str(actor))
        for plan in plans
    ]
    await audit_many(RECEIVED, [plan.id for plan in plans], actor=actor, now=now, purpose="import")
    await queue_reports(list(zip(events, plans, strict=True)), now=now)
