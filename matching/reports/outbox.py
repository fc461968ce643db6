"""The outbox: reports are rows of the transaction that caused them; a job only wakes the worker up."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from matching.models import CaseEvent, Plan, Report, ReportChannel, ReportState
from matching.reports.body import report_body
from providers.database import execute, fetch
from providers.jobs import enqueue

DELIVER = "deliver"
"""The name of the wake-up job; its payload is the number of the plan that has something to send."""

_FEW = 10
_CHANNELS = "SELECT id, municipality_id FROM report_channel WHERE active AND municipality_id = ANY ($1) ORDER BY id"
_ADD_MANY = f"""
INSERT INTO report (id, event_id, plan_id, channel_id, sequence, body, state, next_at, created_at)
SELECT w.*, '{ReportState.QUEUED}', $1, $1
FROM unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::int[], $6::int[], $7::bytea[]) AS w
"""


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


async def queue_many(happened: Sequence[tuple[CaseEvent, Plan]], *, now: datetime) -> None:
    """The reports of many events without a booking. A few wake the worker up; it finds more than that each minute."""
    channels = await fetch(_CHANNELS, list({plan.municipality_id for _, plan in happened}))
    by_municipality: dict[str, list[int | None]] = {}
    for channel in channels:
        by_municipality.setdefault(channel["municipality_id"], []).append(channel["id"])
    rows = [
        (
            message_id := uuid4(),
            event.id,
            plan.id,
            channel_id,
            event.sequence,
            await report_body(message_id, event, plan),
        )
        for event, plan in happened
        for channel_id in by_municipality.get(plan.municipality_id, [None])
    ]
    await execute(_ADD_MANY, now, *(list(column) for column in zip(*rows, strict=True)))
    for _, plan in happened if len(happened) <= _FEW else ():
        await wake_worker(plan.id)


async def wake_worker(plan_id: int) -> None:
    """Say that a plan has something to report, when the open transaction is committed."""
    await enqueue(DELIVER, str(plan_id).encode())
