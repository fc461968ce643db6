"""The outbox: reports are rows of the transaction that caused them; a job only wakes the worker up."""

from datetime import datetime
from uuid import uuid4

from matching.models import CaseEvent, Plan, Report, ReportChannel, ReportState
from matching.reports.body import report_body
from providers.jobs import enqueue

DELIVER = "deliver"
"""The name of the wake-up job; its payload is the number of the plan that has something to send."""


async def queue_reports(event: CaseEvent, plan: Plan, *, now: datetime) -> None:
    """One report for each active channel of the home municipality, or one that waits to be fetched."""
    channels: list[ReportChannel | None] = [
        *await ReportChannel.filter(municipality_id=plan.municipality_id, active=True)
    ]
    for channel in channels or [None]:
        message_id = uuid4()
        await Report.create(
            id=message_id,
            event_id=event.id,
            plan_id=plan.id,
            channel_id=channel.id if channel else None,
            waits_for_id=None if channel else plan.municipality_id,
            sequence=event.sequence,
            body=await report_body(message_id, event, plan),
            state=ReportState.QUEUED,
            next_at=now,
            created_at=now,
        )
    await wake_worker(plan.id)


async def wake_worker(plan_id: int) -> None:
    """Say that a plan has something to report, when the open transaction is committed."""
    await enqueue(DELIVER, str(plan_id).encode())
