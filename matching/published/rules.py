"""What may be shown to anybody: a site that can be booked by somebody, and a time that somebody may be given.

The rules are the finder's own (`matching/finding/qualifying.py`), asked without a package and without a home: what one
citizen may choose, they alone can be told. SQL speaks of an offer `o`, its site `s`, a provider `p` and a slot `t`.
"""

from datetime import datetime

from matching.finding.qualifying import CURRENT_SITE
from matching.policy import Policy

SHOWN_OFFER = "(o.valid_until IS NULL OR o.valid_until > {not_before})"
"""Approved, with an agreement and a therapist: the offer table holds nothing else. And not over yet."""

SHOWN_SITE = f"{CURRENT_SITE} AND EXISTS (SELECT FROM offer o WHERE o.site_id = s.id AND {SHOWN_OFFER})"

_POINT = "(SELECT ST_Transform(ST_SetSRID(ST_MakePoint({longitude}, {latitude}), 4326), 25832))"
DISTANCE = f"(s.point <-> {_POINT})"
"""Metres in a straight line from a WGS84 point, which is projected once for all rows."""


WITHIN = f"s.point && ST_Expand({_POINT}, {{radius}}) AND {DISTANCE} <= {{radius}}"
"""The box is what the index `site_point` can look for; whoever is nearest comes out of it first."""


def lowered(name: str) -> str:
    """A name as it is sorted, and found by its beginning in any case; indexes are of exactly this."""
    return f'lower({name}) COLLATE "C"'


def begins(name: str) -> str:
    """The bounds are what the index can look for: everything from the first of the beginnings to behind the last."""
    first, last = (f"(SELECT {of}({lowered('w')}) FROM unnest({{beginnings}}::text[]) w)" for of in ("min", "max"))
    bounds = f"{lowered(name)} >= {first} AND {lowered(name)} < {last} || chr(1114111)"
    return f"{bounds} AND {name} ILIKE ANY ({{names}}::text[])"


def anybody(now: datetime, policy: Policy) -> dict[str, object]:
    """The values of those rules for somebody of whom nothing is known; no hold is theirs."""
    earliest = now + policy.notice
    return {
        "now": now,
        "not_before": earliest,
        "extended_not_before": earliest,
        "stale_before": now - policy.stale_after,
        "plan_id": None,
    }
