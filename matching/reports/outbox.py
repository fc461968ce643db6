"""The outbox: reports are rows of the transaction that caused them; a job only wakes the worker up."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import uuid4

from matching.models import CaseEvent, ChannelKind, Plan, ReportState
from matching.reports.body import report_body
from providers.database import execute, fetch
from providers.jobs import enqueue

DELIVER = "deliver"
"""The name of the wake-up job; its payload is the number of the plan that has something to send."""

# More than these need no waking: the round of the next minute finds them.
_FEW = 10
_CHANNELS = (
    "SELECT id, kind, municipality_id FROM report_channel WHERE active AND municipality_id = ANY ($1) ORDER BY id"
)
_ADD = f"""
INSERT INTO report (id, event_id, plan_id, channel_id, waits_for_id, sequence, body, state, next_at, created_at)
SELECT w.*, '{ReportState.QUEUED}', $1, $1
FROM unnest($2::uuid[], $3::bigint[], $4::bigint[], $5::int[], $6::varchar[], $7::int[], $8::bytea[]) AS w
"""


class Recipient(NamedTuple):
    """A channel that reports are sent to, or the municipality that fetches them."""

    channel: int | None
    fetched_by: str | None


async def queue_reports(happened: Sequence[tuple[CaseEvent, Plan]], *, now: datetime) -> None:
    """One report of each event for each active channel of the home municipality; without any it waits to be fetched."""
    recipients = await _recipients({plan.municipality_id for _, plan in happened})
    rows = []
    for event, plan in happened:
        for to in recipients[plan.municipality_id]:
            message_id = uuid4()
            body = await report_body(message_id, event, plan)
            rows.append((message_id, event.id, plan.id, to.channel, to.fetched_by, event.sequence, body))
    await execute(_ADD, now, *(list(column) for column in zip(*rows, strict=True)))
    for _, plan in happened if len(happened) <= _FEW else ():
        await wake_worker(plan.id)


async def wake_worker(plan_id: int) -> None:
    """Say that a plan has something to report, when the open transaction is committed."""
    await enqueue(DELIVER, str(plan_id).encode())


async def _recipients(municipalities: set[str]) -> dict[str, list[Recipient]]:
    found: dict[str, list[Recipient]] = defaultdict(list)
    for channel in await fetch(_CHANNELS, list(municipalities)):
        code = channel["municipality_id"]
        fetched = channel["kind"] == ChannelKind.FEED
        found[code].append(Recipient(None, code) if fetched else Recipient(channel["id"], None))
    return {code: found[code] or [Recipient(None, code)] for code in municipalities}
