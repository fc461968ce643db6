"""Did they get it? A municipality's reports with what became of each, and one of them down to its bytes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from matching.models import ChannelKind, ReportState
from matching.reports.remedies import ReportUnknown
from providers.database import fetch, fetch_one
from providers.vault import Vault

FAILED = (ReportState.REFUSED, ReportState.GIVEN_UP)
"""Nothing more happens to these unless somebody sees to it."""

_LIST = """
SELECT r.id, r.plan_id, p.case_reference, e.kind AS event, r.sequence, c.kind AS channel, r.state, r.attempts,
       r.answer, r.created_at, r.next_at, r.delivered_at
FROM report r JOIN plan p ON p.id = r.plan_id JOIN case_event e ON e.id = r.event_id
LEFT JOIN report_channel c ON c.id = r.channel_id
WHERE p.municipality_id = $1 AND ($2::varchar[] IS NULL OR r.state = ANY ($2))
  AND (NOT $3 OR r.state IN ('refused', 'given_up') OR (r.state IN ('queued', 'sent') AND r.attempts > 0))
  AND ($4::uuid IS NULL OR (r.created_at, r.id) < (SELECT created_at, id FROM report WHERE id = $4))
ORDER BY r.created_at DESC, r.id DESC LIMIT $5
"""

_COUNT_FAILED = """
SELECT count(*) FROM report r JOIN plan p ON p.id = r.plan_id
WHERE p.municipality_id = $1 AND r.state IN ('refused', 'given_up')
"""

_ONE = """
SELECT r.id, r.plan_id, p.case_reference, e.kind AS event, r.sequence, c.kind AS channel, r.state, r.attempts,
       r.answer, r.created_at, r.next_at, r.delivered_at, r.body
FROM report r JOIN plan p ON p.id = r.plan_id JOIN case_event e ON e.id = r.event_id
LEFT JOIN report_channel c ON c.id = r.channel_id WHERE r.id = $1
"""

_ATTEMPTS = "SELECT at, state, answer, body FROM report_attempt WHERE report_id = $1 ORDER BY at, id"
_ANSWERS = "SELECT received_at, kind, note FROM inbound_message WHERE report_id = $1 ORDER BY received_at, id"


@dataclass(frozen=True, slots=True)
class Told:
    """A report in the list. `channel` is None for one that is fetched; `answer` is the latest."""

    id: UUID
    plan_id: int
    case_reference: str
    event: str
    sequence: int
    channel: ChannelKind | None
    state: ReportState
    attempts: int
    answer: str | None
    created_at: datetime
    next_at: datetime
    delivered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One sending; `body` is what was sent, `None` once retention has removed it."""

    at: datetime
    state: ReportState
    answer: str
    body: bytes | None


@dataclass(frozen=True, slots=True)
class Heard:
    """What came back about it."""

    at: datetime
    kind: str
    note: str | None


@dataclass(frozen=True, slots=True)
class Detail:
    told: Told
    attempts: list[Attempt]
    answers: list[Heard]


async def reports_of(
    municipality: str,
    *,
    states: list[ReportState] | None = None,
    in_trouble: bool = False,
    after: UUID | None = None,
    limit: int = 50,
) -> list[Told]:
    """The newest first, `after` one of them; `in_trouble` = failed, or tried in vain so far."""
    wanted = [state.value for state in states] if states else None
    return [_told(row) for row in await fetch(_LIST, municipality, wanted, in_trouble, after, limit)]


async def failed_reports(municipality: str) -> int:
    """How many wait for somebody to see to them."""
    (row,) = await fetch(_COUNT_FAILED, municipality)
    return int(row["count"])


async def report_detail(report_id: UUID, *, vault: Vault) -> Detail:
    """One report, all its sendings with their exact bytes, and what was answered. Raises ReportUnknown."""
    row = await fetch_one(_ONE, report_id)
    if row is None:
        raise ReportUnknown
    # What has no bytes of its own was sent as the report's row has it.
    stored = row["body"] or None
    attempts = [
        Attempt(one["at"], ReportState(one["state"]), one["answer"], vault.open(one["body"]) if one["body"] else stored)
        for one in await fetch(_ATTEMPTS, report_id)
    ]
    answers = [Heard(one["received_at"], one["kind"], one["note"]) for one in await fetch(_ANSWERS, report_id)]
    return Detail(_told(row), attempts, answers)


def _told(row: Any) -> Told:
    facts = {name: row[name] for name in Told.__slots__}
    channel = ChannelKind(row["channel"]) if row["channel"] else None
    return Told(**{**facts, "channel": channel, "state": ReportState(row["state"])})
