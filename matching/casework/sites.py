"""The sites that a municipality has to offer: its own, and those of the suppliers that it has a contract with."""

from dataclasses import dataclass
from datetime import date, datetime

from matching.cases import Case
from matching.finding.qualifying import BASIS, CURRENT_SITE, FREE_SLOT, OFFERED, RANK
from matching.finding.statements import statement
from matching.finding.terms import terms_of_case
from matching.plan_facts import Basis
from matching.policy import Policy
from providers.database import fetch, fetch_value

HOME = (Basis.OWN, Basis.CONTRACT)
"""On what basis a municipality can offer a time by itself (Sundhedsloven § 140 stk. 3)."""

_SITES = """
SELECT DISTINCT s.id, s.name FROM site s JOIN agreement g ON g.provider_id = s.provider_id
WHERE g.basis IN ('own', 'contract') AND g.municipality_id = $1
  AND g.valid_from <= $2 AND (g.valid_to IS NULL OR g.valid_to >= $2)
"""
_TIMES = statement(
    f"""
SELECT DISTINCT ON (t.starts_at, t.id) t.id AS slot_id, s.name AS site_name, t.starts_at, t.minutes, t.mode,
       {BASIS} AS basis
FROM offer o JOIN site s ON s.id = o.site_id JOIN slot t ON {FREE_SLOT}
WHERE o.municipality_id = {{home}} AND {OFFERED} AND {CURRENT_SITE}
ORDER BY t.starts_at, t.id, {RANK.format(basis=BASIS)} LIMIT {{limit}}
"""
)


@dataclass(frozen=True, slots=True)
class HomeTime:
    """A free first contact that the municipality can offer; `minutes` is its length."""

    slot_id: int
    site_name: str
    starts_at: datetime
    minutes: int
    mode: str
    basis: Basis


async def home_sites(municipality: str, day: date) -> dict[int, str]:
    """Number and name of every place of the municipality's on a local day, by name."""
    rows = await fetch(f'SELECT * FROM ({_SITES}) s ORDER BY s.name COLLATE "da-x-icu", s.id', municipality, day)
    return {row["id"]: row["name"] for row in rows}


async def is_ours(site_id: int, municipality: str, day: date) -> bool:
    """Whether the place is one of them."""
    return bool(await fetch_value(f"SELECT EXISTS ({_SITES} AND s.id = $3)", municipality, day, site_id))


async def home_times(case: Case, policy: Policy, *, limit: int = 40) -> list[HomeTime]:
    """The first free times that can be offered in this case, in order of start.

    Raises PlanNotReady and PlanElsewhere, like every search for this plan.
    """
    values = {**terms_of_case(case, policy).values(), "bases": [basis.value for basis in HOME], "limit": limit}
    rows = await fetch(_TIMES.text, *_TIMES.values(values))
    return [HomeTime(**{**row, "basis": Basis(row["basis"])}) for row in rows]
