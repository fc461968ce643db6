"""The outbox's rows on their way: taken by one worker for a while, then marked with what became of them.

Each statement is a transaction of its own. Nothing is locked while a report is under way, so a worker that dies
leaves only a claim, which lapses; the report is then sent again under the same id.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from matching.models import ChannelKind, ReportState
from matching.reports.pace import PACE
from providers.database import execute, fetch, fetch_one, fetch_value, transaction
from providers.scope import Scope

LEASE = PACE.lease
"""How long a claim lasts."""

# What was taken and not acknowledged in time is sent again, as what was not taken.
_READY = "r.state IN ('queued', 'sent') AND r.next_at <= $1 AND (r.claimed_until IS NULL OR r.claimed_until <= $1)"

# The order of a case is kept per channel: an earlier report that is still queued, also one that another worker is
# sending at this moment, holds the later ones back.
_CLAIM = f"""
WITH next AS MATERIALIZED (
    SELECT r.id, c.kind, c.url, c.secret FROM report r JOIN report_channel c ON c.id = r.channel_id
    WHERE c.active AND r.channel_id = $2 AND {_READY} AND ($3::bigint IS NULL OR r.plan_id = $3)
      AND NOT EXISTS (
          SELECT FROM report earlier
          WHERE earlier.plan_id = r.plan_id AND earlier.channel_id = r.channel_id
            AND earlier.sequence < r.sequence AND earlier.state IN ('queued', 'sent')
      )
    ORDER BY r.next_at, r.created_at, r.sequence
    LIMIT 1 FOR UPDATE OF r SKIP LOCKED
)
UPDATE report r SET claimed_until = $4 FROM next WHERE r.id = next.id
RETURNING r.id, r.plan_id, r.channel_id, r.sequence, r.body, r.attempts, r.created_at, r.claimed_until,
          r.state, next.kind, next.url, next.secret
"""

_MARK = """
UPDATE report SET state = $3, attempts = attempts + 1, next_at = $4, answer = $5, delivered_at = $6,
                  claimed_until = NULL
WHERE id = $1 AND state IN ('queued', 'sent') AND claimed_until = $2
"""

_ATTEMPT = """
INSERT INTO report_attempt (report_id, plan_id, at, state, answer, body) VALUES ($1, $2, $3, $4, $5, $6)
"""

_HURRY = "UPDATE report SET next_at = $2 WHERE channel_id = $1 AND state = 'queued' AND next_at > $2"


@dataclass(frozen=True, slots=True)
class Parcel:
    """A claimed report and where it goes; `attempts` are those made before, `secret` is sealed.

    `body` is the stored facts, of which each kind of channel makes its own bytes.
    """

    id: UUID
    plan_id: int
    channel_id: int
    sequence: int
    body: bytes
    attempts: int
    created_at: datetime
    claimed_until: datetime
    state: ReportState
    kind: ChannelKind
    url: str
    secret: bytes


async def due_channels(now: datetime, plan_id: int | None = None) -> list[int]:
    """The active channels that have something to send now, of one plan or of all."""
    return [record["channel_id"] for record in await fetch("SELECT * FROM genvej_due_channels($1, $2)", now, plan_id)]


async def claim(
    channel_id: int, now: datetime, plan_id: int | None = None, *, lease: timedelta = LEASE
) -> Parcel | None:
    """Take the report of a channel whose turn it is; nobody else gets it before the lease is over."""
    async with transaction(await _scope_of(channel_id)):
        record = await fetch_one(_CLAIM, now, channel_id, plan_id, now + lease)
    if record is None:
        return None
    return Parcel(**{**record, "state": ReportState(record["state"]), "kind": ChannelKind(record["kind"])})


async def mark(
    parcel: Parcel, state: ReportState, *, answer: str, next_at: datetime, now: datetime, sent: bytes | None = None
) -> bool:
    """Write down what became of an attempt; False when the claim had lapsed, and another worker's answer counts.

    The attempt itself is kept in any case, with what was `sent`, sealed, when it is more than the stored facts.
    """
    delivered_at = now if state is ReportState.DELIVERED else None
    values = (parcel.id, parcel.claimed_until, state.value, next_at, answer, delivered_at)
    async with transaction(Scope(plan=parcel.plan_id)):
        await execute(_ATTEMPT, parcel.id, parcel.plan_id, now, state.value, answer, sent)
        return await execute(_MARK, *values) == "UPDATE 1"


async def hurry(channel_id: int, now: datetime) -> None:
    """Make everything due that waits for a recipient: it is back."""
    async with transaction(await _scope_of(channel_id)):
        await execute(_HURRY, channel_id, now)


async def _scope_of(channel_id: int) -> Scope:
    """A channel's reports are those of its municipality's cases."""
    code = await fetch_value("SELECT municipality_id FROM report_channel WHERE id = $1", channel_id)
    return Scope(municipality=code)
