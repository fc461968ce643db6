"""Who has looked at a municipality's own cases: page by page for a person, or all of it as a file."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime

from matching.audit import audit
from providers.actors import Actor
from providers.database import client, fetch, looking, transaction
from providers.scope import Scope

PURPOSE = "supervision"

# The case and the accounts are found first, so that the entries are reached by an index where there is one.
_FOUND = """
SELECT entry.*, plan.case_reference
FROM audit_entry AS entry JOIN plan ON plan.id = entry.plan_id
WHERE plan.municipality_id = $1
    AND ($2::timestamptz IS NULL OR entry.at >= $2) AND ($3::timestamptz IS NULL OR entry.at < $3)
    AND ($4::text IS NULL OR entry.plan_id = ANY (
        ARRAY(SELECT p.id FROM plan p WHERE p.municipality_id = $1 AND lower(p.case_reference) = lower($4))))
    AND ($5::text IS NULL OR entry.person = $5 OR entry.person = ANY (
        ARRAY(SELECT 'account:' || a.id FROM account a WHERE strpos(lower(a.name), lower($5)) > 0)))
    AND ($6::text IS NULL OR entry.action = $6)
"""

_NAMED = """
SELECT found.id, found.at, found.person, account.name, found.organisation,
    coalesce(municipality.official_name, provider.name) AS organisation_name, found.role, found.action, found.plan_id,
    found.case_reference, found.criterion, found.purpose, found.result
FROM ({found}) AS found
LEFT JOIN account ON found.person = 'account:' || account.id
LEFT JOIN municipality ON found.organisation = 'municipality:' || municipality.code
LEFT JOIN provider ON found.organisation = 'provider:' || provider.id
ORDER BY found.id {order}
"""

_PAGE = _NAMED.format(
    found=f"{_FOUND} AND ($7::bigint IS NULL OR entry.id < $7) ORDER BY entry.id DESC LIMIT $8", order="DESC"
)
_ALL = _NAMED.format(found=_FOUND, order="ASC")


@dataclass(frozen=True, slots=True)
class Question:
    """What is searched by; None is anything.

    `case` is the municipality's own reference. `person` is how the log names somebody (`account:12`, `citizen`), or
    a part of an account's name. `since` is included, `until` is not.
    """

    case: str | None = None
    person: str | None = None
    action: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    @property
    def criterion(self) -> str | None:
        """What is searched by, for the entry that the search itself is; never what is searched for."""
        asked = {"case": self.case, "person": self.person, "action": self.action, "time": self.since or self.until}
        return ", ".join(name for name, value in asked.items() if value is not None) or None


@dataclass(frozen=True, slots=True)
class Look:
    """One entry about a case of the municipality; `name` and `organisation_name` are of today, where they are known."""

    id: int
    at: datetime
    person: str
    name: str | None
    organisation: str | None
    organisation_name: str | None
    role: str
    action: str
    plan_id: int
    case_reference: str
    criterion: str | None
    purpose: str
    result: str


async def search_looks(
    municipality: str, question: Question, *, after: int | None = None, limit: int = 50
) -> list[Look]:
    """The newest entries about the municipality's own cases, those before the entry `after` when it is given.

    Another municipality's case has no entries here, like one that does not exist. Whoever shows them writes the search
    itself to the log: `audit_searched`, with `question.criterion`.
    """
    values = (question.since, question.until, question.case, question.person, question.action)
    async with looking(Scope(municipality=municipality)):
        return [Look(**row) for row in await fetch(_PAGE, municipality, *values, after, limit)]


async def export_looks(municipality: str, question: Question, *, actor: Actor, now: datetime) -> AsyncIterator[Look]:
    """Every entry that the question finds, oldest first, as they are read; the export is an entry before."""
    criterion = ", ".join(filter(None, ("municipality", question.criterion)))
    await audit("audit_exported", actor=actor, now=now, purpose=PURPOSE, criterion=criterion)
    values = (question.since, question.until, question.case, question.person, question.action)
    async with transaction(Scope(municipality=municipality), read_only=True), client().acquire_connection() as reader:
        async for row in reader.cursor(_ALL, municipality, *values, prefetch=1000):
            yield Look(**row)
