"""Reports that a municipality fetches itself: in order for each case, at least once, until it says that it has them.

A report gets its place when it is first fetched, one municipality's fetches after each other. So nothing can turn up
before a place that somebody has read up to, whatever was committed when.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from matching.audit import audit_many
from matching.reports.formats.acknowledgement import AckCode
from providers.actors import Actor
from providers.database import execute, fetch, transaction

# The number is arbitrary and only has to be ours.
_TURN = "SELECT pg_advisory_xact_lock(727142, hashtext($1))"

# Events of a case are numbered in their order, as the case is locked while one is written.
_PLACE = """
WITH placed AS (
    UPDATE report r SET feed_position = next.position, answer = 'Fetched, not acknowledged yet'
    FROM (
        SELECT waiting.id, nextval('report_feed_position') AS position FROM (
            SELECT id FROM report WHERE waits_for_id = $1 AND state = 'queued' AND feed_position IS NULL
            ORDER BY event_id LIMIT $2 FOR UPDATE
        ) waiting
    ) next
    WHERE r.id = next.id RETURNING r.id, r.plan_id
)
INSERT INTO report_attempt (report_id, plan_id, at, state, answer)
SELECT id, plan_id, $3, 'queued', 'Fetched' FROM placed
"""
_PAGE = """
SELECT feed_position AS position, plan_id, body FROM report
WHERE waits_for_id = $1 AND state = 'queued' AND feed_position > $2 ORDER BY feed_position LIMIT $3
"""
_LOCK = "SELECT FROM report WHERE id = ANY ($1) AND waits_for_id = $2 ORDER BY id FOR UPDATE"

# The first final answer stands; a passing trouble leaves the report where it is.
_ANSWER = """
UPDATE report r
SET state = w.state, answer = w.code, next_at = $1::timestamptz,
    delivered_at = CASE WHEN w.state = 'delivered' THEN $1::timestamptz END
FROM unnest($2::uuid[], $3::varchar[], $4::varchar[]) AS w(id, state, code)
WHERE r.id = w.id AND r.waits_for_id = $5 AND r.state = 'queued' RETURNING r.plan_id
"""
_OUTCOME = "SELECT id, state FROM report WHERE id = ANY ($1) AND waits_for_id = $2"

_STATES = {AckCode.OK: "delivered", AckCode.TRANSIENT: "queued", AckCode.FATAL: "refused"}


@dataclass(frozen=True, slots=True)
class Fetched:
    """`body` is the report's JSON, as a webhook would be posted it."""

    position: int
    body: bytes


async def fetch_reports(*, after: int, limit: int, actor: Actor, now: datetime) -> list[Fetched]:
    """The next reports of the actor's municipality behind a position, and again until they are acknowledged."""
    municipality = actor.scope.municipality
    async with transaction(actor.scope):
        await execute(_TURN, municipality)
        await execute(_PLACE, municipality, limit, now)
        found = await fetch(_PAGE, municipality, after, limit)
        if cases := sorted({record["plan_id"] for record in found}):
            await audit_many("report_fetched", cases, actor=actor, now=now, purpose="reporting")
    return [Fetched(record["position"], record["body"]) for record in found]


async def acknowledge_reports(codes: dict[UUID, AckCode], *, actor: Actor, now: datetime) -> dict[UUID, str]:
    """What became of each report that the actor's municipality names; those that it does not have are left out."""
    municipality, wanted = actor.scope.municipality, list(codes)
    states = [_STATES[code] for code in codes.values()]
    async with transaction(actor.scope):
        await execute(_LOCK, wanted, municipality)
        answered = await fetch(_ANSWER, now, wanted, states, [code.value for code in codes.values()], municipality)
        await audit_many("report_acknowledged", _cases(answered), actor=actor, now=now, purpose="reporting")
        return {record["id"]: record["state"] for record in await fetch(_OUTCOME, wanted, municipality)}


def _cases(records: Sequence[dict[str, int]]) -> list[int]:
    return sorted({record["plan_id"] for record in records})
