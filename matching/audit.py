"""The look-up log: one line for every look at, and every change of, a person's data."""

from collections.abc import Sequence
from datetime import datetime

from providers.actors import Actor
from providers.database import execute

_ADD = """
INSERT INTO audit_entry (at, person, organisation, role, action, plan_id, criterion, purpose, result)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""

_ADD_MANY = """
INSERT INTO audit_entry (at, person, organisation, role, action, plan_id, purpose, result)
SELECT $1, $2, $3, $4, $5, plan_id, $6, 'ok' FROM unnest($7::bigint[]) AS w(plan_id)
"""


async def audit_many(action: str, plan_ids: Sequence[int], *, actor: Actor, now: datetime, purpose: str) -> None:
    """Write one entry for each plan that the same thing was done to."""
    who = (actor.person, actor.organisation, actor.role)
    await execute(_ADD_MANY, now, *who, action, purpose, plan_ids)


async def audit(
    action: str,
    *,
    actor: Actor,
    now: datetime,
    purpose: str,
    plan_id: int | None = None,
    criterion: str | None = None,
    result: str = "ok",
) -> None:
    """Write one entry. `criterion` says what was searched by, never what was searched for."""
    # The writer need not be allowed to read what is written, so nothing is asked back.
    await execute(_ADD, now, actor.person, actor.organisation, actor.role, action, plan_id, criterion, purpose, result)
