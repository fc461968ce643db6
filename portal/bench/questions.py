"""What is asked of the finder: the same questions of every side, drawn with the same chance each time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from matching.cases import read_case
from matching.codes import parse_code
from matching.demo import demo_codes
from matching.demo.codes import DemoCode
from matching.finding import Origin, Search
from matching.finding.terms import terms_of_anybody, terms_of_case
from matching.plan_facts import Basis, Level
from matching.policy import Policy
from matching.states import PlanState
from portal.bench.ground import Country
from providers.database import connected, fetch
from providers.demo.chance import chance
from providers.reference import Catalogue

_ASKED = 200

# Where sites stand, and what they deliver: a question is from where people live, about something that exists.
_POSSIBLE = """
SELECT pl.package_id AS package, pl.level, s.postal_code_id AS postal_code FROM approval a
JOIN site s ON s.id = a.site_id JOIN package_level pl ON pl.id = a.package_level_id
WHERE a.state = 'approved' AND a.id % greatest(1, (SELECT count(*) FROM approval) / $1) = 0 ORDER BY a.id LIMIT $1
"""


@dataclass(frozen=True, slots=True)
class Question:
    """From where, and for what: a package at a level, or, when there is a plan, what that plan's citizen may have."""

    postal_code: str
    package: str | None = None
    level: str | None = None
    plan_id: int | None = None

    def as_query(self, limit: int) -> dict[str, Any]:
        """The parameters of the API."""
        named = {"package": self.package, "level": self.level} if self.package else {}
        return {"postal_code": self.postal_code, "limit": limit, **named}

    async def search(self, catalogue: Catalogue, policy: Policy, now: datetime, limit: int) -> Search:
        """What the API would ask the finder; only with a connection."""
        place = catalogue.postal_codes[self.postal_code]
        if self.plan_id is not None:
            terms = terms_of_case(await read_case(self.plan_id, now), policy)
        else:
            level = Level(self.level or "")
            terms = terms_of_anybody(self.package or "", level, place.municipality_code, now, policy)
        return Search(terms, Origin(place.easting, place.northing), None, limit)


async def questions(country: Country, count: int = _ASKED) -> list[Question]:
    """Questions without a code from all over the country; the more sites somewhere, the more from there."""
    async with connected(country.url, pool_size=1):
        found = [Question(**record) for record in await fetch(_POSSIBLE, count)]
    chance("questions").shuffle(found)
    return found


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A plan whose citizen may choose among everybody, and has not chosen yet."""

    code: DemoCode
    plan_id: int

    @property
    def question(self) -> Question:
        """What its citizen may have near their postal code."""
        return Question(self.code.postal_code, plan_id=self.plan_id)


async def open_cases(country: Country, now: datetime, count: int = _ASKED) -> Sequence[OpenCase]:
    """Cases that can be booked on every basis."""
    vault, policy = country.settings.vault(), country.settings.policy
    async with connected(country.url, pool_size=1):
        codes = await demo_codes(seed=country.seed, vault=vault, now=now, policy=policy)
        found = [code for code in codes if code.state is PlanState.ASSESSED and len(code.bases) == len(Basis)][:count]
        digests = [vault.digest("course_code", parse_code(code.code)) for code in found]
        rows = await fetch("SELECT digest, plan_id FROM course_code WHERE digest = ANY ($1)", digests)
    plans = {row["digest"]: row["plan_id"] for row in rows}
    return [OpenCase(code, plans[digest]) for code, digest in zip(found, digests, strict=True)]
