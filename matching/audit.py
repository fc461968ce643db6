"""The look-up log: one line for every look at, and every change of, a person's data."""

from datetime import datetime

from matching.models import AuditEntry
from providers.actors import Actor


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
    await AuditEntry.create(
        at=now,
        person=actor.person,
        organisation=actor.organisation,
        role=actor.role,
        action=action,
        plan_id=plan_id,
        criterion=criterion,
        purpose=purpose,
        result=result,
    )
