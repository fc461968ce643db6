"""Who has looked at a municipality's own cases: page by page for a person, or all of it as a file."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime

from matching.audit import audit
from providers.actors import Actor
from providers.database import client, fetch, looking, transaction
from providers.scope import Scope

_PURPOSE = "supervision"

_FOUND = """
SELECT entry.id, entry.at, entry.person, entry.organisation, entry.role, entry.action, entry.plan_id,
       plan.case_reference, entry.criterion, entry.purpose, entry.result
FROM audit_entry AS entry JOIN plan ON plan.id = entry.plan_id
WHERE plan.municipality_id = $1
    AND ($2::timestamptz IS NULL OR entry.at >= $2) AND ($3::timestamptz IS NULL OR entry.at < $3)
"""

_PAGE = f"""
{_FOUND} AND ($4::bigint IS NULL OR entry.plan_id = $4) AND ($5::text IS NULL OR entry.person = $5)
    AND ($6::bigint IS NULL OR entry.id < $6)
ORDER BY entry.id DESC LIMIT $7
"""


@dataclass(frozen=True, slots=True)
class Look:
    """One entry about a case of the municipality; `case_reference` is the municipality's own."""

    id: int
    at: datetime
    person: str
    organisation: str | None
    role: str
    action: str
    plan_id: int
    case_reference: str
    criterion: str | None
    purpose: str
    result: str


async def search_audit(
    municipality: str,
    *,
    actor: Actor,
    now: datetime,
    plan_id: int | None = None,
    person: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    after: int | None = None,
    limit: int = 50,
) -> list[Look]:
    """The newest entries about the municipality's own cases, those before the entry `after` when it is given.

    `since` is included, `until` is not. Another municipality's plan has no entries here, like one that does not
    exist. The search is itself an entry.
    """
    async with looking(Scope(municipality=municipality)):
        rows = await fetch(_PAGE, municipality, since, until, plan_id, person, after, limit)
    wishes = {"plan": plan_id, "person": person, "time": since or until}
    await audit(
        "audit_searched",
        actor=actor,
        now=now,
        purpose=_PURPOSE,
        # Only a plan that is theirs may be named: what a stranger asks about leaves no trace at that case.
        plan_id=plan_id if rows else None,
        criterion=", ".join(name for name, value in wishes.items() if value is not None) or None,
        result=str(len(rows)),
    )
    return [Look(**row) for row in rows]


async def export_audit(
    municipality: str, *, actor: Actor, now: datetime, since: datetime | None = None, until: datetime | None = None
) -> AsyncIterator[Look]:
    """Every entry about the municipality's own cases, oldest first, as they are read; the export is an entry before."""
    await audit("audit_exported", actor=actor, now=now, purpose=_PURPOSE, criterion="municipality, time")
    async with transaction(Scope(municipality=municipality), read_only=True), client().acquire_connection() as reader:
        async for row in reader.cursor(f"{_FOUND} ORDER BY entry.id", municipality, since, until, prefetch=1000):
            yield Look(**row)
