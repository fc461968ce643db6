"""What has happened to a case, as its municipality reads it: who did it, and how far its report has come."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from matching.events import Changes
from matching.models import ReportState
from providers.database import fetch

_EVENTS = """
SELECT e.sequence, e.kind, e.at, e.actor, a.name, e.reason, e.changes::text AS changes, t.starts_at, s.name AS place,
       n.text AS note,
       (SELECT array_agg(DISTINCT r.state) FROM report r WHERE r.event_id = e.id) AS reports
FROM case_event e
LEFT JOIN account a ON split_part(e.actor, ':', 2) = 'account' AND a.id::text = split_part(e.actor, ':', 3)
LEFT JOIN booking b ON b.id = e.booking_id LEFT JOIN slot t ON t.id = b.slot_id LEFT JOIN site s ON s.id = t.site_id
LEFT JOIN course_note n ON n.event_id = e.id
WHERE e.plan_id = $1 ORDER BY e.sequence DESC
"""

_WORST_FIRST = (
    *(ReportState.REFUSED, ReportState.GIVEN_UP, ReportState.QUEUED, ReportState.SENT),
    *(ReportState.DROPPED, ReportState.DELIVERED),
)


@dataclass(frozen=True, slots=True)
class Happened:
    """`actor` is `role:person`, `name` that of a member of the staff. `report` is the worst state of its reports.

    `note` are the words of those who treat, sealed.
    """

    sequence: int
    kind: str
    at: datetime
    actor: str
    name: str | None
    reason: str | None
    changes: Changes
    starts_at: datetime | None
    place: str | None
    note: bytes | None
    report: ReportState | None


async def history(plan_id: int) -> list[Happened]:
    """Every event of the case, newest first, in the caller's transaction and scope."""
    return [_happened(row) for row in await fetch(_EVENTS, plan_id)]


async def history_elsewhere(plan_id: int) -> list[tuple[str, Happened]]:
    """What had happened at the municipalities that handed the case on, newest first, each with the municipality's name.

    Only in the scope of the one that has it now, and only up to when it was handed on.
    """
    rows = await fetch("SELECT * FROM genvej_handed_on_events($1)", plan_id)
    return [(row["municipality"], _happened({**row, "reports": None})) for row in rows]


def _happened(row: Any) -> Happened:
    states = {ReportState(state) for state in row["reports"] or ()}
    worst = next((state for state in _WORST_FIRST if state in states), None)
    changes = orjson.loads(row["changes"]) if row["changes"] else {}
    facts = {name: row[name] for name in Happened.__slots__ if name not in {"changes", "report"}}
    return Happened(**facts, changes=changes, report=worst)
