"""What happens to a case, written down in the transaction in which it happens, with its report and its messages."""

from datetime import datetime

from matching.audit import audit
from matching.messages.telling import tell
from matching.models import Booking, CaseEvent, Plan
from matching.reports.outbox import queue_reports
from providers.actors import Actor
from providers.database import fetch_value, in_a_transaction


async def record_event(
    plan: Plan,
    kind: str,
    *,
    actor: Actor,
    now: datetime,
    booking: Booking | None = None,
    reason: str | None = None,
    purpose: str = "choice",
) -> CaseEvent:
    """Add an event to a plan that the caller has locked, log who did it, and queue what is told of it.

    The home municipality gets its report, people their messages.
    Refuses to run outside a transaction: an event without its change, or a change without its event, would be a lie.
    """
    if not in_a_transaction():
        raise RuntimeError("an event can only be recorded inside a transaction")
    event = await CaseEvent.create(
        plan_id=plan.id,
        sequence=await fetch_value("SELECT coalesce(max(sequence), 0) + 1 FROM case_event WHERE plan_id = $1", plan.id),
        kind=kind,
        at=now,
        actor=str(actor),
        booking_id=booking.id if booking else None,
        reason=reason,
    )
    await audit(kind, actor=actor, now=now, purpose=purpose, plan_id=plan.id)
    await queue_reports(event, plan, now=now)
    await tell(event, booking, now=now)
    return event
