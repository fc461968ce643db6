"""The list in order of the first free time: the branches are read in that order, and stop after `rows` offers.

Usually an offer's first free time is also the first that this person can be given. Offers whose first free time comes
too soon may have another later on, which is asked of their sites; unless they are too many, as when somebody asks for
a time in some weeks: `at_large.py` then goes on. Where few offers are in range, all of their sites are asked.
"""

from matching.finding.branches import BRANCHES, DISTANCE, HOME, OTHER, PRIVATE, Branch, each, first_stop, together
from matching.finding.matches import matches
from matching.finding.near import AFTER, POSITION, crowded, dated, near

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

# All that is in range is read only where that may be little beside the branch.
_WIDE = "{wide}::boolean"


def _near(branch: Branch) -> str:
    return f"SELECT * FROM ({near(branch, '{crowd}')}) o WHERE NOT {_WIDE}"


def _many(branch: Branch) -> str:
    """Whether a branch must be read in its order; if not, all that is in range has been read."""
    return "true" if branch is HOME else f"({_WIDE} OR {crowded(branch, '{crowd}')})"


def _few(branch: Branch) -> str:
    near_by = f"SELECT * FROM near_{branch.name} WHERE NOT {_many(branch)}"
    return "" if branch is HOME else f"{dated(near_by, branch)} UNION ALL"


def _ahead(branch: Branch) -> str:
    """Offers still to come in the list, judged by their own first free time."""
    return f"o.next_free >= greatest({AFTER}, {branch.first}) AND (o.next_free, o.distance, o.site_id) > {POSITION}"


def _offers(branch: Branch) -> str:
    return f"(SELECT o.site_id, o.next_free, {DISTANCE} AS distance FROM offer o WHERE {branch.where}) o"


def _early(branch: Branch) -> str:
    """The offers before them: up to one more than can be asked."""
    return f"""
    SELECT o.site_id, o.distance FROM {_offers(branch)}
    WHERE {_many(branch)} AND o.next_free <= greatest({AFTER}, {branch.first}) AND NOT ({_ahead(branch)})
    ORDER BY o.next_free LIMIT {{too_early}}::bigint + 1
    """


_TOO_MANY = " OR ".join(f"(SELECT count(*) > {{too_early}} FROM early_{branch.name})" for branch in BRANCHES)


def _soon(branch: Branch) -> str:
    """The next offers. Very many may begin at the same instant as the last one: of these only the nearest go on."""
    early = f"SELECT * FROM early_{branch.name} WHERE distance <= {{radius}}"
    return f"""
    SELECT * FROM (
        {_few(branch)} {dated(early, branch)} UNION ALL (
            SELECT o.site_id, o.distance, o.next_free FROM {_offers(branch)}
            WHERE {_many(branch)} AND {_ahead(branch)} AND o.distance <= {{radius}}
            ORDER BY o.next_free FETCH FIRST ({{rows}}) ROWS WITH TIES
        )
    ) o WHERE due < {branch.last} AND NOT ({_TOO_MANY})
    ORDER BY due, distance FETCH FIRST ({{rows}}) ROWS WITH TIES
    """


SOONEST = matches(
    f"""
    {each(_near, "near_", (OTHER, PRIVATE))},
    {each(_early, "early_")},
    {each(_soon, "soon_")},
    reach AS (
        SELECT stop.due AS horizon, stop.distance AS horizon_distance, early.*
        FROM (SELECT {_TOO_MANY} AS crowded) early LEFT JOIN ({first_stop(("due", "distance"), "soon_")}) stop ON true
    ),
    candidate AS ({CANDIDATE})
    """,
    listed=LISTED,
    order=ORDER,
)
