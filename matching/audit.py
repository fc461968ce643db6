"""The look-up log: one line for every look at, and every change of, a person's data."""

from datetime import datetime

from providers.actors import Actor
from providers.database import execute

_ADD = """
INSERT INTO audit_entry (at, person, organisation, role, action, plan_id, criterion, purpose, result)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""


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
