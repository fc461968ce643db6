"""Who delivers, and where."""

from typing import NamedTuple

from matching.published.listing import Key, Listing
from matching.published.rules import DISTANCE, SHOWN_SITE


class Organisation(NamedTuple):
    """A provider with a site that is shown; `kind` is a ProviderKind."""

    number: int
    name: str
    kind: str
    cvr: str
    gln: str | None
    sor: str | None


class Place(NamedTuple):
    """A site; `distance` in metres when somebody asked from where."""

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
    distance: float | None


ORGANISATIONS = Listing(
    made=Organisation,
    rows=f"""
    SELECT p.id AS number, p.name, p.kind, p.cvr, p.gln, p.sor FROM provider p
    WHERE EXISTS (SELECT FROM site s WHERE s.provider_id = p.id AND {SHOWN_SITE})
    """,
    key=(Key("number", "p.id"),),
    filters={
        "numbers": "p.id = ANY ({numbers}::bigint[])",
        "registered": "(p.cvr = ANY ({cvr}::text[]) OR p.sor = ANY ({sor}::text[]) OR p.gln = ANY ({gln}::text[]))",
        "names": "p.name ILIKE ANY ({names}::text[])",
    },
)


def _places(distance: str, *key: Key) -> Listing[Place]:
    return Listing(
        made=Place,
        rows=f"""
        SELECT s.id AS number, s.name, s.street, s.postal_code_id AS postal_code, z.name AS city, s.longitude,
               s.latitude, s.phone, s.phone_hours, s.web, p.id AS provider, p.name AS provider_name,
               {distance} AS distance
        FROM site s JOIN provider p ON p.id = s.provider_id JOIN postal_code z ON z.code = s.postal_code_id
        WHERE {SHOWN_SITE}
        """,
        key=(*key, Key("number", "s.id")),
        filters={
            "numbers": "s.id = ANY ({numbers}::bigint[])",
            "providers": "s.provider_id = ANY ({providers}::bigint[])",
            "names": "s.name ILIKE ANY ({names}::text[])",
            "postal_codes": "s.postal_code_id LIKE ANY ({postal_codes}::text[])",
            "near": f"{DISTANCE} <= {{radius}}",
        },
    )


PLACES = _places("NULL::float8")
PLACES_NEAR = _places(DISTANCE, Key("distance", DISTANCE, "float8"))
"""The nearest first; it needs the filter `near`."""
