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

DISTANCE = """
(s.point <-> (SELECT ST_Transform(ST_SetSRID(ST_MakePoint({longitude}, {latitude}), 4326), 25832)))
"""
"""Metres in a straight line from a WGS84 point, which is projected once for all rows."""


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
