"""What a clinic has done that the citizen's municipality has not heard of within a day: somebody should ring."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from matching.models import ReportState
from matching.reports.overseeing import FAILED
from providers.database import fetch, looking
from providers.scope import Scope

PATIENCE = timedelta(hours=24)
"""As long as the portal tries alone; the municipality's own list of tasks has the same (migration 0035)."""

# From the clinic's own bookings, so that an outage elsewhere costs it nothing. Who has heard of an event by one channel
# has heard of it.
_UNTOLD = """
WITH ours AS MATERIALIZED (
    SELECT b.id, b.plan_id FROM site s JOIN slot t ON t.site_id = s.id JOIN booking b ON b.slot_id = t.id
    WHERE s.provider_id = $1 AND b.state <> 'offered' AND ($4::bigint IS NULL OR b.plan_id = $4)
)
SELECT DISTINCT ON (e.at, e.id) e.id, e.plan_id, p.case_reference, e.kind, e.at, r.state, m.official_name, m.phone,
       m.email
FROM ours JOIN report r ON r.plan_id = ours.plan_id
JOIN case_event e ON e.id = r.event_id AND e.booking_id = ours.id
JOIN plan p ON p.id = ours.plan_id JOIN municipality m ON m.code = p.municipality_id
LEFT JOIN report_channel c ON c.id = r.channel_id
WHERE (r.state IN ('refused', 'given_up') OR (r.state IN ('queued', 'sent') AND c.active AND r.created_at <= $2))
  AND NOT EXISTS (SELECT FROM report told WHERE told.event_id = e.id AND told.state = 'delivered')
ORDER BY e.at, e.id, r.state LIMIT $3
"""


@dataclass(frozen=True, slots=True)
class Untold:
    """An event at the clinic. `tried`: the portal still tries to tell of it; the numbers are the municipality's."""

    plan_id: int
    case_reference: str
    kind: str
    at: datetime
    tried: bool
    municipality: str
    phone: str | None
    email: str | None


async def untold_by(provider: int, *, now: datetime, plan_id: int | None = None, limit: int = 200) -> list[Untold]:
    """The oldest first, of all the clinic's citizens or of one; gone as soon as the municipality has been told."""
    async with looking(Scope(provider=provider)):
        found = await fetch(_UNTOLD, provider, now - PATIENCE, limit, plan_id)
    return [
        Untold(
            plan_id=row["plan_id"],
            case_reference=row["case_reference"],
            kind=row["kind"],
            at=row["at"],
            tried=ReportState(row["state"]) not in FAILED,
            municipality=row["official_name"],
            phone=row["phone"],
            email=row["email"],
        )
        for row in found
    ]
