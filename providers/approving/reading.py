"""What the approver works through, and what a clinic sees of its own: applications, approvals and their papers."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from asyncpg import Record

from providers.actors import Actor
from providers.approving.errors import ApprovalUnknown, EvidenceUnknown
from providers.approving.sealing import open_paper
from providers.database import fetch, fetch_one, fetch_value
from providers.models import ApprovalState, SiteEventKind
from providers.roles import Role
from providers.vault import Vault

_SELECT = """
SELECT a.id, a.site_id, s.name AS site, p.name AS provider, p.id AS provider_id, pl.package_id AS package, pl.level,
       a.state, a.valid_from, a.valid_to,
       coalesce(a.applied_at, a.valid_from::timestamp AT TIME ZONE 'Europe/Copenhagen') AS applied_at,
       {files} AS files
FROM approval a JOIN site s ON s.id = a.site_id JOIN provider p ON p.id = s.provider_id
JOIN package_level pl ON pl.id = a.package_level_id
"""

_APPROVAL = _SELECT.format(files="(SELECT count(*) FROM evidence e WHERE e.approval_id = a.id)")

# Those that nobody has applied for again, and that no later approval follows. The worker asks it too, who may not look
# at the papers, not even to count them.
_ENDING = f"""{_SELECT.format(files="0")}
WHERE a.state = 'approved' AND a.valid_to BETWEEN $1 AND $2 AND ($3::int IS NULL OR s.provider_id = $3)
  AND NOT EXISTS (
      SELECT FROM approval n WHERE n.site_id = a.site_id AND n.package_level_id = a.package_level_id
        AND n.id <> a.id AND (n.state = 'applied' OR n.state = 'approved' AND n.valid_from > a.valid_to)
  )
ORDER BY a.valid_to, s.name COLLATE "da-x-icu", a.id LIMIT $4
"""

_HISTORY = """
SELECT e.kind, e.at, e.actor, person.name AS person, e.reason, e.valid_from, e.valid_to, e.approval_id,
       pl.package_id AS package, pl.level
FROM site_event e
LEFT JOIN account person ON person.id = substring(e.actor FROM ':account:([0-9]+)$')::int
LEFT JOIN approval a ON a.id = e.approval_id LEFT JOIN package_level pl ON pl.id = a.package_level_id
WHERE e.site_id = $1 AND ($2::int IS NULL OR e.approval_id = $2) ORDER BY e.id DESC LIMIT 200
"""

_OPEN_FIRST = "a.state NOT IN ('returned', 'applied'), a.state = 'applied'"
_SEEN_BY = "($2 OR s.provider_id = $3)"


@dataclass(frozen=True, slots=True)
class Application:
    """An approval in any state; `applied_at` is when its clock began, and the days are wished for until decided.

    `files` counts its papers, where they are asked for.
    """

    id: int
    site_id: int
    site: str
    provider: str
    provider_id: int
    package: str
    level: str
    state: ApprovalState
    valid_from: date
    valid_to: date | None
    applied_at: datetime
    files: int


@dataclass(frozen=True, slots=True)
class Happened:
    """A row of the history; `person` is empty when the account is gone or nobody's. Site-wide rows have no package."""

    kind: SiteEventKind
    at: datetime
    actor: str
    person: str | None
    reason: str
    valid_from: date | None
    valid_to: date | None
    approval_id: int | None
    package: str | None
    level: str | None


@dataclass(frozen=True, slots=True)
class Kept:
    """A paper without its content."""

    id: int
    name: str
    kind: str
    size: int
    uploaded_at: datetime


async def open_applications(state: ApprovalState, *, limit: int, after: int = 0) -> list[Application]:
    """Those in one state, the one that has waited longest first."""
    query = f"{_APPROVAL} WHERE a.state = $1 ORDER BY applied_at, a.id OFFSET $2 LIMIT $3"
    return [_application(row) for row in await fetch(query, state, after, limit)]


async def approvals_of_site(site_id: int) -> list[Application]:
    """All that a site has ever applied for, what is open first."""
    query = f"{_APPROVAL} WHERE a.site_id = $1 ORDER BY {_OPEN_FIRST}, pl.id, a.valid_from DESC, a.id DESC"
    return [_application(row) for row in await fetch(query, site_id)]


async def approvals_of_provider(provider_id: int) -> list[Application]:
    """All of one provider, what is open first, then by site."""
    order = f'{_OPEN_FIRST}, s.name COLLATE "da-x-icu", pl.id, a.valid_from DESC, a.id'
    query = f"{_APPROVAL} WHERE s.provider_id = $1 ORDER BY {order}"
    return [_application(row) for row in await fetch(query, provider_id)]


async def ending_approvals(
    today: date, within: timedelta, *, provider_id: int | None = None, limit: int = 500
) -> list[Application]:
    """Approvals whose last day is between today and then, and that nothing follows."""
    return [_application(row) for row in await fetch(_ENDING, today, today + within, provider_id, limit)]


async def read_approval(approval_id: int, actor: Actor) -> Application:
    """For the approver, or a site's own people; raises ApprovalUnknown."""
    query = f"{_APPROVAL} WHERE a.id = $1 AND {_SEEN_BY}"
    row = await fetch_one(query, approval_id, *_seen_by(actor))
    if row is None:
        raise ApprovalUnknown
    return _application(row)


async def evidence_of(approval_id: int) -> list[Kept]:
    """The papers of an application that the caller may see, the first one first."""
    query = """
    SELECT id, name, kind, size, uploaded_at FROM evidence WHERE approval_id = $1 ORDER BY id
    """
    return [Kept(**row) for row in await fetch(query, approval_id)]


async def read_evidence(evidence_id: int, actor: Actor, vault: Vault) -> tuple[str, str, bytes]:
    """Name, kind and content, for the approver or the site's own people; raises EvidenceUnknown."""
    query = f"""
    SELECT e.name, e.kind, e.content FROM evidence e JOIN approval a ON a.id = e.approval_id
    JOIN site s ON s.id = a.site_id WHERE e.id = $1 AND {_SEEN_BY}
    """
    row = await fetch_one(query, evidence_id, *_seen_by(actor))
    if row is None:
        raise EvidenceUnknown
    return row["name"], row["kind"], open_paper(row["content"], vault)


async def site_history(site_id: int, approval_id: int | None = None) -> list[Happened]:
    """What happened to a site, or to one of its approvals, the newest first."""
    rows = await fetch(_HISTORY, site_id, approval_id)
    return [Happened(**{**row, "kind": SiteEventKind(row["kind"])}) for row in rows]


async def returned_to(provider_id: int) -> int:
    """How many applications wait for the provider's own answer."""
    query = """
    SELECT count(*) FROM approval a JOIN site s ON s.id = a.site_id WHERE s.provider_id = $1 AND a.state = 'returned'
    """
    return int(await fetch_value(query, provider_id))


async def last_word(approval_id: int) -> str:
    """The newest reason that was given; empty when none was."""
    query = "SELECT reason FROM site_event WHERE approval_id = $1 AND reason <> '' ORDER BY id DESC LIMIT 1"
    return str(await fetch_value(query, approval_id) or "")


def _seen_by(actor: Actor) -> tuple[bool, int | None]:
    return actor.role == Role.APPROVER, actor.scope.provider


def _application(row: Record) -> Application:
    return Application(**{**row, "state": ApprovalState(row["state"])})
