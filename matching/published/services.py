"""What is delivered where, for whom, and the calendar that its times stand in."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from matching.finding.qualifying import CURRENT_SITE
from matching.published.listing import Key, Listing
from matching.published.rules import DISTANCE, SHOWN_OFFER, WITHIN


class Service(NamedTuple):
    """One package at one level, at one site.

    `ways` say for whom: the kind of the offer (`municipal`, `contract`, `extended`) and the code of the municipality
    that runs the site or has the contract, as in `contract 0101`. `modes` is None where the site has not said.
    """

    site: int
    package_level: int
    site_name: str
    provider: int
    provider_name: str
    languages: Sequence[str]
    step_free: bool
    lift: bool
    accessible_toilet: bool
    parking: bool
    modes: Sequence[str] | None
    ways: Sequence[str]
    distance: float | None


class Calendar(NamedTuple):
    """A site's times; `last_free` is the last of them that may be free, None while there is none."""

    number: int
    site_name: str
    package_levels: Sequence[int]
    last_free: datetime | None


def _services(distance: str, *key: Key, first_alone: bool = False) -> Listing[Service]:
    return Listing(
        made=Service,
        rows=f"""
        SELECT s.id AS site, d.package_level_id AS package_level, s.name AS site_name, p.id AS provider,
               p.name AS provider_name, s.languages, s.step_free, s.lift, s.accessible_toilet, s.parking, s.modes,
               d.ways, {distance} AS distance
        FROM site s JOIN provider p ON p.id = s.provider_id CROSS JOIN LATERAL (
            SELECT o.package_level_id, array_agg(DISTINCT o.kind || ' ' || coalesce(o.municipality_id, '')) AS ways
            FROM offer o WHERE o.site_id = s.id AND {SHOWN_OFFER} GROUP BY o.package_level_id
        ) d
        WHERE {CURRENT_SITE}
        """,
        key=(*key, Key("site", "s.id"), Key("package_level", "d.package_level_id")),
        filters={
            "numbers": "s.id = ANY ({sites}::bigint[]) AND (s.id, d.package_level_id) IN"
            " (SELECT * FROM unnest({sites}::bigint[], {levels}::bigint[]))",
            # What nobody delivers is known before the country is gone through for it.
            "package_levels": "d.package_level_id = ANY ({package_levels}::smallint[])"
            " AND EXISTS (SELECT FROM offer f WHERE f.package_level_id = ANY ({package_levels}::smallint[]))",
            "places": "s.id = ANY ({places}::bigint[])",
            "providers": "s.provider_id = ANY ({providers}::bigint[])",
            "near": WITHIN,
        },
        first_alone=first_alone,
    )


SERVICES = _services("NULL::float8")
SERVICES_NEAR = _services(DISTANCE, Key("distance", DISTANCE, "float8"), first_alone=True)
"""The nearest first; it needs the filter `near`."""

ACTORS = f"""
(s.id = ANY ({{actor_places}}::bigint[]) OR EXISTS (
    SELECT FROM unnest({{actor_sites}}::bigint[], {{actor_levels}}::bigint[]) w(site, level)
    JOIN offer o ON o.site_id = w.site AND o.package_level_id = w.level WHERE w.site = s.id AND {SHOWN_OFFER}
))
"""
"""The site itself, or something that it delivers."""

CALENDARS = Listing(
    made=Calendar,
    rows=f"""
    SELECT s.id AS number, s.name AS site_name, array_agg(DISTINCT o.package_level_id) AS package_levels,
           max(o.last_free) AS last_free
    FROM site s JOIN offer o ON o.site_id = s.id
    WHERE {SHOWN_OFFER} AND {CURRENT_SITE}
    """,
    key=(Key("number", "s.id"),),
    filters={"numbers": "s.id = ANY ({numbers}::bigint[])", "actors": ACTORS},
    group="GROUP BY s.id",
)
