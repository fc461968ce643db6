"""What has happened to a case, in order, for those whose case it is."""

from dataclasses import dataclass
from datetime import datetime

from providers.database import fetch, looking
from providers.scope import Scope

_EVENTS = """
SELECT e.kind, e.at, e.actor, e.reason, t.starts_at, s.name AS place
FROM case_event e
LEFT JOIN booking b ON b.id = e.booking_id LEFT JOIN slot t ON t.id = b.slot_id LEFT JOIN site s ON s.id = t.site_id
WHERE e.plan_id = $1 ORDER BY e.sequence
"""


@dataclass(frozen=True, slots=True)
class Happening:
    """`actor` is `role:person`; `starts_at` and `place` are the booking's that the event is about."""

    kind: str
    at: datetime
    actor: str
    reason: str | None
    starts_at: datetime | None
    place: str | None


async def happenings(plan_id: int) -> list[Happening]:
    """Every event of a plan, oldest first. The caller's page writes to the look-up log."""
    async with looking(Scope(plan=plan_id)):
        return [Happening(**row) for row in await fetch(_EVENTS, plan_id)]
