"""Facts of a plan that somebody sets by hand, with what they were before, as an event keeps it."""

from datetime import date
from typing import Any

from matching.events import Changes
from matching.models import Plan


async def change_facts(plan: Plan, **facts: Any) -> Changes:
    """Write the facts that are new to a locked plan; the answer has each of them before and after, as days and codes.

    What a message of the hospital says of such a fact later is left alone (`matching.intake.changing`).
    """
    new = {name: value for name, value in facts.items() if getattr(plan, name) != value}
    changes: Changes = {name: [_plain(getattr(plan, name)), _plain(value)] for name, value in new.items()}
    for name, value in new.items():
        setattr(plan, name, value)
    if new:
        await plan.save(update_fields=list(new))
    return changes


def _plain(value: Any) -> str | None:
    if isinstance(value, date):
        return value.isoformat()
    return None if value is None else str(value)
