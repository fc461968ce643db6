"""Does the municipality know what the case says? Each night, and whenever somebody asks, the two are compared.

For every change of a case that is older than `patience` there is to be a report on each channel that was in use, and
somebody is to have confirmed it. What is missing is filed; what was never written is written now.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from matching.models import CaseEvent, Plan
from matching.reports.outbox import queue_reports
from providers.database import execute, fetch, transaction
from providers.scope import Scope

PATIENCE = timedelta(hours=24)

_MUNICIPALITIES = "SELECT code FROM municipality ORDER BY code"

# An event without any report was never told; one whose reports are all settled needs nothing.
_UNTOLD = """
SELECT e.id, e.plan_id, e.sequence FROM case_event e JOIN plan p ON p.id = e.plan_id
WHERE p.municipality_id = $1 AND e.at < $2 AND NOT EXISTS (SELECT FROM report r WHERE r.event_id = e.id)
ORDER BY e.plan_id, e.sequence
"""

_FILE = """
INSERT INTO report_difference (plan_id, channel_id, sequence, kind, found_at)
SELECT r.plan_id, r.channel_id, r.sequence, 'unanswered', $2 FROM report r JOIN plan p ON p.id = r.plan_id
WHERE p.municipality_id = $1 AND r.created_at < $3 AND r.state NOT IN ('delivered', 'dropped')
ON CONFLICT DO NOTHING
"""

_FILE_UNTOLD = """
INSERT INTO report_difference (plan_id, sequence, kind, found_at) VALUES ($1, $2, 'untold', $3) ON CONFLICT DO NOTHING
"""

_SETTLE = """
UPDATE report_difference d SET settled_at = $2 FROM plan p
WHERE p.id = d.plan_id AND p.municipality_id = $1 AND d.settled_at IS NULL AND NOT EXISTS (
    SELECT FROM report r
    WHERE r.plan_id = d.plan_id AND r.sequence = d.sequence AND r.state NOT IN ('delivered', 'dropped')
      AND (d.channel_id IS NULL OR r.channel_id = d.channel_id)
) AND EXISTS (SELECT FROM report r WHERE r.plan_id = d.plan_id AND r.sequence = d.sequence)
"""

_OPEN = """
SELECT count(*) FILTER (WHERE d.kind = 'untold') AS untold, count(*) FILTER (WHERE d.kind = 'unanswered') AS unanswered
FROM report_difference d JOIN plan p ON p.id = d.plan_id WHERE p.municipality_id = $1 AND d.settled_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What is open for one municipality after the comparison."""

    municipality: str
    untold: int
    unanswered: int


async def reconcile(now: datetime, *, patience: timedelta = PATIENCE) -> list[Reconciled]:
    """Compare all municipalities' cases with what was confirmed; the answer names those with something open."""
    found = [await reconcile_one(record["code"], now, patience=patience) for record in await fetch(_MUNICIPALITIES)]
    return [one for one in found if one.untold or one.unanswered]


async def reconcile_one(municipality: str, now: datetime, *, patience: timedelta = PATIENCE) -> Reconciled:
    """Compare one municipality's cases: file what is missing, write what was never written, close what is settled."""
    async with transaction(Scope(municipality=municipality)):
        for record in await fetch(_UNTOLD, municipality, now - patience):
            await execute(_FILE_UNTOLD, record["plan_id"], record["sequence"], now)
            event, plan = await CaseEvent.get(id=record["id"]), await Plan.get(id=record["plan_id"])
            await queue_reports([(event, plan)], now=now)
        await execute(_FILE, municipality, now, now - patience)
        await execute(_SETTLE, municipality, now)
        (count,) = await fetch(_OPEN, municipality)
    return Reconciled(municipality, count["untold"], count["unanswered"])
