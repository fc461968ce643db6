"""All of a branch that is in range and may have a time: read whole, unless it is a crowd."""

from matching.finding.branches import BOX, DISTANCE, Branch
from matching.finding.wishes import WISHED_SLOT

AFTER = "{after_time}::timestamptz"
POSITION = f"({AFTER}, {{after_distance}}, {{after_site}})"
"""How far the list has come: by time, distance and site."""


def near(branch: Branch) -> str:
    """Offers in range, read until they are a crowd."""
    return f"""
    SELECT o.site_id, {DISTANCE} AS distance FROM offer o
    WHERE {branch.promising} AND o.last_free >= {AFTER} AND {BOX} AND {DISTANCE} <= {{radius}}
    LIMIT {{crowd}}::bigint + 1
    """


def crowded(branch: Branch) -> str:
    """Whether they are; `near_…` is what was read."""
    return f"(SELECT count(*) > {{crowd}} FROM near_{branch.name})"


def dated(offers: str, branch: Branch) -> str:
    """Each with the first open time of its site that may come next in the list: no sooner can its turn be."""
    return f"""
    SELECT o.site_id, o.distance, due.due FROM ({offers}) o CROSS JOIN LATERAL (
        SELECT min(t.starts_at) AS due FROM slot t
        WHERE t.site_id = o.site_id AND t.taken + t.blocked_seats < t.seats
          AND t.starts_at >= greatest({AFTER}, {branch.first}) AND (t.starts_at, o.distance, o.site_id) > {POSITION}
          AND {WISHED_SLOT}
    ) due WHERE due.due IS NOT NULL
    """
