"""The list in order of distance: each branch is read nearest first and stops after `rows` offers.

What they found is complete up to the shortest distance at which one of them stopped.
"""

from matching.finding.branches import DISTANCE, HOME, Branch, each, first_stop, together
from matching.finding.matches import matches


def _nearest(branch: Branch) -> str:
    if branch is HOME:
        # The few offers of one municipality are found by its number. Without OFFSET 0 the planner, which does not
        # know how few they are, would walk the whole country in order of distance to meet them.
        offers = f"(SELECT o.*, {DISTANCE} AS distance FROM offer o WHERE {branch.promising} OFFSET 0)"
        return f"""
        SELECT o.site_id, o.distance FROM {offers} o
        WHERE o.distance <= {{radius}} AND (o.distance, o.site_id) > ({{after_distance}}, {{after_site}})
        ORDER BY o.distance FETCH FIRST ({{rows}}) ROWS WITH TIES
        """
    return f"""
    SELECT o.site_id, {DISTANCE} AS distance FROM offer o
    WHERE {branch.promising} AND {branch.square} AND ({DISTANCE}, o.site_id) > ({{after_distance}}, {{after_site}})
    ORDER BY {DISTANCE} FETCH FIRST ({{rows}}) ROWS WITH TIES
    """


NEAREST = matches(
    f"""
    {each(_nearest)},
    reach AS (SELECT ({first_stop(("distance",))}) AS horizon, NULL::float8 AS horizon_distance, false AS crowded),
    candidate AS (
        SELECT DISTINCT o.site_id, o.distance FROM ({together("")}) o CROSS JOIN reach
        WHERE o.distance <= {{radius}} AND o.distance <= coalesce(reach.horizon, {{radius}})
    )
    """,
    listed="true",
    order="distance, site_id",
)
