"""Who is responsible for a plan: a question with a date in it, because the answer changes on 1 January 2027."""

from datetime import date
from typing import NamedTuple

from providers.database import fetch_one
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


class Responsible(NamedTuple):
    """The authority by its own name: "Københavns Kommune", "Region Østdanmark". `phone` is None if nobody knows it."""

    kind: AuthorityKind
    name: str
    phone: str | None


async def responsible_authority(plan_type: str, municipality_code: str, day: date) -> Responsible | None:
    """Who is responsible for a citizen of the municipality on a local day.

    None when nobody is: an unknown type of plan or municipality, a day before the rules, or Christiansø, which is
    neither a municipality nor in a region.
    """
    found = await fetch_one(_RESPONSIBLE, plan_type, municipality_code, day)
    return Responsible(AuthorityKind(found["kind"]), found["name"], found["phone"]) if found else None
