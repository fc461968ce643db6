"""Times that people have been given at places that may not deliver any more: what the municipality must act on.

A site that is suspended, whose approval has ended or was withdrawn, is hidden at once, and nobody new comes. Courses
that run go on. Whoever has a first contact ahead is the home municipality's to call.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from matching.states import BookingState
from providers.database import fetch, looking
from providers.models import ApprovalState
from providers.scope import Scope

# The approval that was spoken of last tells why; a site may never have had one for what was assessed later.
_UNAPPROVED = """
SELECT b.id AS booking_id, b.plan_id, p.case_reference, b.state, t.starts_at, s.id AS site_id, s.name AS site,
       (SELECT a.state FROM approval a WHERE a.site_id = s.id AND a.package_level_id = pl.id
        ORDER BY a.decided_at DESC NULLS LAST, a.id DESC LIMIT 1) AS approval
FROM booking b
JOIN plan p ON p.id = b.plan_id JOIN slot t ON t.id = b.slot_id JOIN site s ON s.id = t.site_id
JOIN package_level pl ON pl.package_id = p.package_id AND pl.level = p.level
WHERE b.state = ANY ($1) AND t.starts_at > $2 AND NOT EXISTS (
    SELECT FROM approval a WHERE a.site_id = s.id AND a.package_level_id = pl.id AND a.state = 'approved'
      AND daterange(a.valid_from, a.valid_to, '[]') @> (t.starts_at AT TIME ZONE 'Europe/Copenhagen')::date
)
ORDER BY t.starts_at, b.id
"""

_AHEAD = [BookingState.OFFERED.value, BookingState.REQUESTED.value, BookingState.CONFIRMED.value]


@dataclass(frozen=True, slots=True)
class Unapproved:
    """A first contact ahead at a site that may not deliver it; `approval` is how that stands, None = there was none."""

    booking_id: UUID
    plan_id: int
    case_reference: str
    state: BookingState
    starts_at: datetime
    site_id: int
    site: str
    approval: ApprovalState | None


async def unapproved_bookings(scope: Scope, now: datetime) -> list[Unapproved]:
    """Those of the scope's citizens, the next one first."""
    async with looking(scope):
        rows = await fetch(_UNAPPROVED, _AHEAD, now)
    return [
        Unapproved(
            **{
                **row,
                "booking_id": UUID(bytes=row["booking_id"].bytes),
                "state": BookingState(row["state"]),
                "approval": ApprovalState(row["approval"]) if row["approval"] else None,
            }
        )
        for row in rows
    ]
