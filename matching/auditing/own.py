"""Who has seen my case: the look-up log as the citizen reads it, without anybody's name."""

from dataclasses import dataclass
from datetime import date, datetime

from providers.database import fetch

# What one organisation's staff did in one role for one purpose on one Danish day is one line.
_DAYS = """
SELECT (entry.at AT TIME ZONE 'Europe/Copenhagen')::date AS day, max(entry.at) AS last, count(*) AS times,
       entry.role, entry.purpose, entry.result = 'refused' AS refused,
       coalesce(municipality.official_name, provider.name) AS organisation
FROM audit_entry AS entry
LEFT JOIN municipality ON entry.organisation = 'municipality:' || municipality.code
LEFT JOIN provider ON entry.organisation = 'provider:' || provider.id
WHERE entry.plan_id = $1
GROUP BY 1, entry.role, entry.purpose, entry.result = 'refused', entry.organisation, 7
ORDER BY last DESC, entry.role LIMIT $2
"""


@dataclass(frozen=True, slots=True)
class DayOfLooks:
    """`times` looks on a Danish `day`, the last of them at `last`. `refused`: nobody was let in."""

    day: date
    last: datetime
    times: int
    role: str
    purpose: str
    refused: bool
    organisation: str | None


async def looks_at_case(plan_id: int, *, most: int = 200) -> list[DayOfLooks]:
    """The newest first, `most` lines; in a transaction whose scope shows the plan's entries."""
    return [DayOfLooks(**row) for row in await fetch(_DAYS, plan_id, most)]
