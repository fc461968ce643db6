"""Who is responsible for a plan: a question with a date in it, because the answer changes on 1 January 2027."""

from datetime import date
from typing import NamedTuple

from providers.database import fetch, fetch_one
from providers.models import AuthorityKind

_RESPONSIBLE = """
SELECT a.kind, CASE a.kind WHEN 'municipality' THEN m.official_name ELSE r.name END AS name,
       CASE a.kind WHEN 'municipality' THEN m.phone ELSE r.phone END AS phone
FROM municipality m
JOIN authority a ON a.plan_type = $1 AND $3 BETWEEN a.valid_from AND coalesce(a.valid_to, 'infinity')
LEFT JOIN municipality_region mr
    ON mr.municipality_id = m.code AND $3 BETWEEN mr.valid_from AND coalesce(mr.valid_to, 'infinity')
LEFT JOIN region r ON r.code = mr.region_id
WHERE m.code = $2 AND CASE a.kind WHEN 'municipality' THEN m.is_municipality ELSE r.code IS NOT NULL END
"""

_CHARGES = """
SELECT kind, valid_from FROM authority
WHERE plan_type = $1 AND coalesce(valid_to, 'infinity') >= $2 ORDER BY valid_from
"""


class Responsible(NamedTuple):
    """The authority by its own name: "Københavns Kommune", "Region Østdanmark". `phone` is None if nobody knows it."""

    kind: AuthorityKind
    name: str
    phone: str | None


class Charge(NamedTuple):
    """A kind of authority, and the day from which it is responsible."""

    kind: AuthorityKind
    valid_from: date


async def responsible_authority(plan_type: str, municipality_code: str, day: date) -> Responsible | None:
    """Who is responsible for a citizen of the municipality on a local day.

    None when nobody is: an unknown type of plan or municipality, a day before the rules, or Christiansø, which is
    neither a municipality nor in a region.
    """
    found = await fetch_one(_RESPONSIBLE, plan_type, municipality_code, day)
    return Responsible(AuthorityKind(found["kind"]), found["name"], found["phone"]) if found else None


async def charges_from(plan_type: str, day: date) -> list[Charge]:
    """Who is responsible for a type of plan on a local day, and after that: the first is today's, if anybody's is."""
    found = await fetch(_CHARGES, plan_type, day)
    return [Charge(AuthorityKind(row["kind"]), row["valid_from"]) for row in found]
