"""Who delivers, and where."""

from typing import NamedTuple

from matching.published.listing import Key, Listing
from matching.published.rules import DISTANCE, SHOWN_SITE, WITHIN, begins, lowered


class Organisation(NamedTuple):
    """A provider with a site that is shown; `kind` is a ProviderKind, `lowered` the name as it is sorted."""

    number: int
    name: str
    kind: str
    cvr: str
    gln: str | None
    sor: str | None
    lowered: str


class Place(NamedTuple):
    """A site; `distance` in metres when somebody asked from where, `lowered` the name as it is sorted."""

    number: int
    name: str
    street: str
    postal_code: str
    city: str
    longitude: float
    latitude: float
    phone: str | None
    phone_hours: str | None
    web: str | None
    provider: int
    provider_name: str
    lowered: str
    distance: float | None


def _organisations(*key: Key) -> Listing[Organisation]:
    return Listing(
        made=Organisation,
        rows=f"""
        SELECT p.id AS number, p.name, p.kind, p.cvr, p.gln, p.sor, {lowered("p.name")} AS lowered FROM provider p
        WHERE EXISTS (SELECT FROM site s WHERE s.provider_id = p.id AND {SHOWN_SITE})
        """,
        key=(*key, Key("number", "p.id")),
        filters={
            "numbers": "p.id = ANY ({numbers}::bigint[])",
            "registered": "(p.cvr = ANY ({cvr}::text[]) OR p.sor = ANY ({sor}::text[]) OR p.gln = ANY ({gln}::text[]))",
            "names": begins("p.name"),
        },
    )


ORGANISATIONS = _organisations()
ORGANISATIONS_NAMED = _organisations(Key("lowered", lowered("p.name"), "text"))
"""In the order of their names, which is the one in which names are quickly found by how they begin."""


def _places(distance: str, *key: Key, first_alone: bool = False) -> Listing[Place]:
    return Listing(
        made=Place,
        rows=f"""
        SELECT s.id AS number, s.name, s.street, s.postal_code_id AS postal_code, z.name AS city, s.longitude,
               s.latitude, s.phone, s.phone_hours, s.web, p.id AS provider, p.name AS provider_name,
               {lowered("s.name")} AS lowered, {distance} AS distance
        FROM site s JOIN provider p ON p.id = s.provider_id JOIN postal_code z ON z.code = s.postal_code_id
        WHERE {SHOWN_SITE}
        """,
        key=(*key, Key("number", "s.id")),
        filters={
            "numbers": "s.id = ANY ({numbers}::bigint[])",
            "providers": "s.provider_id = ANY ({providers}::bigint[])",
            "names": begins("s.name"),
            "postal_codes": "s.postal_code_id IN"
            " (SELECT z.code FROM postal_code z WHERE z.code LIKE ANY ({postal_codes}::text[]))",
            "near": WITHIN,
        },
        first_alone=first_alone,
    )


PLACES = _places("NULL::float8")
PLACES_NAMED = _places("NULL::float8", Key("lowered", lowered("s.name"), "text"))
PLACES_NEAR = _places(DISTANCE, Key("distance", DISTANCE, "float8"), first_alone=True)
"""The nearest first; it needs the filter `near`."""
