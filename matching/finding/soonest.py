"""The list in order of the first free time: the branches are read in that order, and stop after `rows` offers.

Usually an offer's first free time is also the first that this person can be given. Offers whose first free time comes
too soon may have another later on, which is asked of their sites; unless they are too many, as when somebody asks for
a time in some weeks: `at_large.py` then goes on.
"""

from matching.finding.branches import BOX, BRANCHES, DISTANCE, HOME, Branch, each, first_stop, together
from matching.finding.matches import matches
from matching.finding.near import AFTER, POSITION, dated

LISTED = f"""
(first_free, distance, site_id) > {POSITION}
AND ((SELECT horizon IS NULL FROM reach) OR (first_free, distance) <= (SELECT horizon, horizon_distance FROM reach))
"""
ORDER = "first_free, distance, site_id"

# A site that is behind the horizon in every branch can only be listed behind it: its turn comes no sooner than said.
CANDIDATE = f"""
SELECT DISTINCT o.site_id, o.distance FROM ({together("soon_")}) o CROSS JOIN reach
WHERE reach.horizon IS NULL OR (o.due, o.distance) <= (reach.horizon, reach.horizon_distance)
"""

# Where many towns lie in the circle, the offers of the country, read in their order, soon give a page. Elsewhere most
# of them would be read in vain, and each cell of the circle is read by itself.
_CIRCLE = f"""
SELECT {{whole}}::boolean OR (
    SELECT count(*) >= {{settled}} FROM (SELECT FROM postal_code o WHERE {BOX} LIMIT {{settled}}) town
) AS wide
"""
_WIDE = "(SELECT wide FROM circle)"


def _read(branch: Branch, wanted: str, first: str) -> str:
    """The first offers of a branch that are wanted, in their order: of the country, or of each cell of the circle."""
    offers = f"SELECT o.site_id, o.next_free, {DISTANCE} AS distance FROM offer o WHERE {branch.where}"
    ordered = f"{wanted} ORDER BY o.next_free {first}"
    if branch is HOME:
        return f"(SELECT * FROM ({offers}) o WHERE {ordered})"
    return f"""
    (SELECT * FROM ({offers}) o WHERE {_WIDE} AND {ordered}) UNION ALL
    SELECT o.* FROM unnest(CASE WHEN {_WIDE} THEN '{{{{}}}}' ELSE {{cells}}::int[] END) AS touched (cell)
    CROSS JOIN LATERAL (SELECT * FROM ({offers} AND o.cell = touched.cell) o WHERE {ordered}) o
    """


def _ahead(branch: Branch) -> str:
    """Offers still to come in the list, judged by their own first free time."""
    return f"o.next_free >= greatest({AFTER}, {branch.first}) AND (o.next_free, o.distance, o.site_id) > {POSITION}"


def _early(branch: Branch) -> str:
    """The offers before them: up to one more than can be asked."""
    before = f"o.next_free <= greatest({AFTER}, {branch.first}) AND NOT ({_ahead(branch)})"
    most = "LIMIT {too_early}::bigint + 1"
    return f"SELECT o.site_id, o.distance FROM ({_read(branch, before, most)}) o {most}"


_TOO_MANY = " OR ".join(f"(SELECT count(*) > {{too_early}} FROM early_{branch.name})" for branch in BRANCHES)


def _soon(branch: Branch) -> str:
    """The next offers. Very many may begin at the same instant as the last one: of these only the nearest go on."""
    early = f"SELECT * FROM early_{branch.name} WHERE distance <= {{radius}}"
    ahead = f"{_ahead(branch)} AND o.distance <= {{radius}}"
    return f"""
    SELECT * FROM (
        {dated(early, branch)} UNION ALL
        SELECT o.site_id, o.distance, o.next_free
        FROM ({_read(branch, ahead, "FETCH FIRST ({rows}) ROWS WITH TIES")}) o
    ) o WHERE due < {branch.last} AND NOT (SELECT crowded FROM crowd)
    ORDER BY due, distance FETCH FIRST ({{rows}}) ROWS WITH TIES
    """


SOONEST = matches(
    f"""
    circle AS ({_CIRCLE}),
    {each(_early, "early_")},
    crowd AS (SELECT {_TOO_MANY} AS crowded),
    {each(_soon, "soon_")},
    reach AS (
        SELECT stop.due AS horizon, stop.distance AS horizon_distance, crowd.crowded
        FROM crowd LEFT JOIN ({first_stop(("due", "distance"), "soon_")}) stop ON true
    ),
    candidate AS ({CANDIDATE})
    """,
    listed=LISTED,
    order=ORDER,
)
