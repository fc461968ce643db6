"""Who sees to which case, and which case a number means."""

from collections.abc import Collection
from datetime import datetime

from matching.audit import audit_many
from providers.actors import Actor
from providers.database import fetch, fetch_value, transaction

_HAND_OUT = """
UPDATE plan SET caseworker_id = $3 WHERE id = ANY ($1::bigint[]) AND municipality_id = $2
AND caseworker_id IS DISTINCT FROM $3 RETURNING id
"""
_CALLED = (
    "SELECT id FROM plan WHERE municipality_id = $1 AND lower(case_reference) = lower($2) ORDER BY id DESC LIMIT 1"
)


async def hand_out(plan_ids: Collection[int], to: int | None, *, actor: Actor, now: datetime) -> int:
    """Make the account `to` the caseworker of the actor's municipality's own cases among these; None = nobody.

    The answer counts those that changed hands. It is no event of the case, so nothing is reported; the log has it.
    """
    async with transaction(actor.scope):
        changed = [row["id"] for row in await fetch(_HAND_OUT, sorted(plan_ids), actor.scope.municipality, to)]
        await audit_many("case_handed_out", changed, actor=actor, now=now, purpose="casework")
    return len(changed)


async def case_called(reference: str, municipality: str) -> int | None:
    """The number of the municipality's case with this reference, in any case of letters."""
    found: int | None = await fetch_value(_CALLED, municipality, reference)
    return found
