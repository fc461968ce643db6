"""New plans beside the earlier ones of the same citizen in the same municipality."""

from collections.abc import Sequence
from typing import Any

from matching.events import Changes
from matching.intake.findings import Finding, Problem
from matching.intake.items import Item
from matching.models import ArrivalState
from matching.states import PlanState
from providers.database import fetch

_OVER = ", ".join(f"'{state.value}'" for state in (PlanState.COMPLETED, PlanState.STOPPED, PlanState.ERROR))

# Another citizen's plan is never linked to, whatever a message says.
_NAMED = """
UPDATE plan p SET linked_to_id = o.id, link = w.link
FROM unnest($1::bigint[], $2::text[], $3::text[]) AS w(id, link, message_id)
JOIN plan o ON o.message_id = w.message_id
WHERE p.id = w.id AND o.id <> p.id AND o.municipality_id = p.municipality_id AND o.cpr_digest = p.cpr_digest
RETURNING p.id, p.link, o.message_id
"""
_BESIDE = f"""
UPDATE plan p SET linked_to_id = w.other, link = 'parallel'
FROM (
    SELECT n.id, max(e.id) AS other FROM plan n JOIN plan e
    ON e.cpr_digest = n.cpr_digest AND e.municipality_id = n.municipality_id AND e.id < n.id
    WHERE n.id = ANY ($1::bigint[]) AND e.state NOT IN ({_OVER}) GROUP BY n.id
) AS w
JOIN plan o ON o.id = w.other
WHERE p.id = w.id
RETURNING p.id, p.link, o.message_id
"""


async def link(items: Sequence[Item]) -> dict[int, Changes]:
    """Link the plans just taken in: as their messages say, or else beside the citizen's latest open plan.

    The answer tells by plan what it is to which message, for its first event.
    """
    taken = {item.plan_id: item for item in items if item.state is ArrivalState.TAKEN and item.plan_id}
    named = {plan_id: item.plan.earlier for plan_id, item in taken.items() if item.plan.earlier}
    records: list[Any] = []
    if named:
        links = [earlier.link.value for earlier in named.values()]
        records += await fetch(_NAMED, list(named), links, [earlier.message_id for earlier in named.values()])
        for plan_id in named.keys() - {record["id"] for record in records}:
            taken[plan_id].findings.append(Finding(Problem.EARLIER_PLAN_UNKNOWN))
    beside = await fetch(_BESIDE, [plan_id for plan_id in taken if plan_id not in {record["id"] for record in records}])
    for record in beside:
        taken[record["id"]].findings.append(Finding(Problem.SEVERAL_PLANS))
    return {record["id"]: {record["link"]: [None, record["message_id"]]} for record in (*records, *beside)}
