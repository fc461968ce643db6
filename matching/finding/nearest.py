"""The list in order of distance: each branch is read nearest first and stops after `rows` offers.

What they found is complete up to the shortest distance at which one of them stopped.
"""

from matching.finding.branches import BOX, DISTANCE, Branch, each, first_stop, together
from matching.finding.matches import matches


def _nearest(branch: Branch) -> str:
    return f"""
    SELECT o.site_id, {DISTANCE} AS distance FROM offer o
    WHERE {branch.promising} AND {BOX} AND ({DISTANCE}, o.site_id) > ({{after_distance}}, {{after_site}})
    ORDER BY {DISTANCE} FETCH FIRST ({{rows}}) ROWS WITH TIES
    """


NEAREST = matches(
    f"""
    {each(_nearest)},
    reach AS (SELECT ({first_stop(("distance",))}) AS horizon, NULL::float8 AS horizon_distance, false AS crowded),
    candidate AS (
        SELECT DISTINCT o.site_id, o.distance FROM ({together()}) o CROSS JOIN reach
        WHERE o.distance <= {{radius}} AND o.distance <= coalesce(reach.horizon, {{radius}})
    )
    """,
    listed="true",
    order="distance, site_id",
)
