"""Retention: who looked, at which case and by what criterion is removed; that somebody looked stays provable."""

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import datetime

from matching.audit import audit
from providers.actors import Actor
from providers.database import fetch_value, in_a_transaction, transaction

BLANKING = "audit_blanked"
"""The action of the entry that says how many entries lost their personal part; its result is their number."""


async def blank_entries(*, before: datetime, plan_ids: Sequence[int] | None, actor: Actor, now: datetime) -> int:
    """Remove the personal part of older entries: those of the given plans, or with None those that have no plan.

    Needs the worker's role; in the open transaction, or else in one of its own. The answer counts them; the log says
    so too, and the check of the chain compares.
    """
    async with nullcontext() if in_a_transaction() else transaction():
        count = int(await fetch_value("SELECT blank_audit_entries($1, $2)", before, plan_ids))
        if count:
            await audit(BLANKING, actor=actor, now=now, purpose="retention", result=str(count))
    return count
