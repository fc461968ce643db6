"""Counts for the front pages of the rooms: of cases and of bookings, never of a person."""

from dataclasses import dataclass
from datetime import datetime

from matching.states import PlanState
from providers.accounts import Post
from providers.database import fetch, looking

_CASES = "SELECT state, count(*) AS cases FROM plan WHERE municipality_id = $1 GROUP BY state"

_COMING = """
SELECT site.id, site.name,
    count(booking.id) FILTER (WHERE booking.state = 'confirmed') AS confirmed,
    count(booking.id) FILTER (WHERE booking.state = 'requested') AS requested
FROM site
LEFT JOIN slot ON slot.site_id = site.id AND slot.starts_at >= $2 AND slot.taken > 0
LEFT JOIN booking ON booking.slot_id = slot.id AND booking.state IN ('confirmed', 'requested')
WHERE site.provider_id = $1
GROUP BY site.id ORDER BY site.name COLLATE "da-x-icu", site.id
"""


@dataclass(frozen=True, slots=True)
class SiteComing:
    """A site with the first contacts ahead: those agreed on, and those that wait for an answer."""

    id: int
    name: str
    confirmed: int
    requested: int


async def cases_by_state(post: Post) -> dict[PlanState, int]:
    """How many cases the post's municipality has in each state; every state is there."""
    async with looking(post.scope):
        found = {row["state"]: row["cases"] for row in await fetch(_CASES, post.municipality)}
    return {state: found.get(state, 0) for state in PlanState}


async def coming_to_sites(post: Post, now: datetime) -> list[SiteComing]:
    """The sites of the post's provider by name, with the first contacts that lie ahead."""
    async with looking(post.scope):
        return [SiteComing(**row) for row in await fetch(_COMING, post.provider, now)]
