"""The list in order of the first free time, where the offers' own first free times do not say it.

The sites in range are asked for theirs. Of a branch that has too many of them, the free times of the country are read
in their order, and for each it is asked whether its site is one of those.
"""

from matching.finding.branches import DISTANCE, Branch, each, first_stop
from matching.finding.matches import matches
from matching.finding.near import AFTER, POSITION, crowded, dated, near
from matching.finding.soonest import CANDIDATE, LISTED, ORDER
from matching.finding.wishes import WISHED_SLOT


def _soon(branch: Branch) -> str:
    many = crowded(branch)
    near_by = f"SELECT * FROM near_{branch.name} WHERE NOT {many}"
    return f"""
    SELECT * FROM (
        {dated(near_by, branch)} UNION ALL (
            SELECT o.site_id, o.distance, t.starts_at FROM slot t CROSS JOIN LATERAL (
                SELECT o.site_id, {DISTANCE} AS distance FROM offer o
                WHERE o.site_id = t.site_id AND {branch.where} AND {DISTANCE} <= {{radius}} LIMIT 1
            ) o
            WHERE {many} AND t.taken + t.blocked_seats < t.seats AND t.starts_at >= greatest({AFTER}, {branch.first})
              AND (t.starts_at, o.distance, o.site_id) > {POSITION} AND {WISHED_SLOT}
            ORDER BY t.starts_at FETCH FIRST ({{rows}}) ROWS WITH TIES
        )
    ) o ORDER BY due, distance FETCH FIRST ({{rows}}) ROWS WITH TIES
    """


AT_LARGE = matches(
    f"""
    {each(near, "near_")},
    {each(_soon, "soon_")},
    reach AS (
        SELECT stop.due AS horizon, stop.distance AS horizon_distance, false AS crowded
        FROM (VALUES (1)) one LEFT JOIN ({first_stop(("due", "distance"), "soon_")}) stop ON true
    ),
    candidate AS ({CANDIDATE})
    """,
    listed=LISTED,
    order=ORDER,
)
