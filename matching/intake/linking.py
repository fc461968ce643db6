"""New plans beside the earlier ones of the same citizen in the same municipality."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matching.events import Changes
from matching.intake.findings import Finding, Problem
from matching.intake.items import Item
from matching.models import ArrivalState
from matching.plan_facts import PlanLink
from matching.states import PlanState
from providers.database import execute, fetch

_OVER = [state.value for state in (PlanState.COMPLETED, PlanState.STOPPED, PlanState.ERROR)]

_EARLIER = """
SELECT id, message_id, cpr_digest, state <> ALL ($4) AS open FROM plan
WHERE municipality_id = $1 AND (cpr_digest = ANY ($2) OR message_id = ANY ($3)) ORDER BY id
"""
_LINK = """
UPDATE plan SET linked_to_id = w.earlier, link = w.link
FROM unnest($1::bigint[], $2::bigint[], $3::text[]) AS w(id, earlier, link) WHERE plan.id = w.id
"""


@dataclass(frozen=True, slots=True)
class _Earlier:
    """A plan of the municipality that a new one may be linked to."""

    id: int
    message_id: str
    digest: str
    open: bool


async def link(items: Sequence[Item]) -> dict[int, Changes]:
    """Link the plans just taken in: as their messages say, or else beside the citizen's latest open plan.

    The answer tells by plan what it is to which message, for its first event. Another citizen's plan is never linked
    to, whatever a message says.
    """
    taken = [item for item in items if item.state is ArrivalState.TAKEN]
    known = await _plans_before(taken) if taken else []
    found = list(_links(taken, known))
    if found:
        plans, earlier = [plan_id for plan_id, _, _ in found], [before.id for _, _, before in found]
        await execute(_LINK, plans, earlier, [kind.value for _, kind, _ in found])
    return {plan_id: {kind.value: [None, before.message_id]} for plan_id, kind, before in found}


async def _plans_before(taken: Sequence[Item]) -> list[_Earlier]:
    digests = [digest for item in taken if item.sealed for digest in item.sealed.digests]
    named = [item.plan.earlier.message_id for item in taken if item.plan.earlier]
    return [_Earlier(*record) for record in await fetch(_EARLIER, taken[0].municipality, digests, named, _OVER)]


def _links(taken: Sequence[Item], known: Sequence[_Earlier]) -> Iterator[tuple[int, PlanLink, _Earlier]]:
    """Each plan that has an earlier one, and what it is to that."""
    of_citizen: dict[str, list[_Earlier]] = {}
    for plan in known:
        of_citizen.setdefault(plan.digest, []).append(plan)
    for item in taken:
        digests = item.sealed.digests if item.sealed else ()
        mine = [plan for digest in digests for plan in of_citizen.get(digest, ()) if plan.id != item.plan_id]
        if item.plan_id and (found := _earlier_of(item, mine)):
            yield item.plan_id, *found


def _earlier_of(item: Item, mine: Sequence[_Earlier]) -> tuple[PlanLink, _Earlier] | None:
    """The plan that the message names, or else the citizen's latest one that is open and was there before."""
    if said := item.plan.earlier:
        named = next((plan for plan in mine if plan.message_id == said.message_id), None)
        if named is not None:
            return said.link, named
        item.findings.append(Finding(Problem.EARLIER_PLAN_UNKNOWN))
    before = [plan for plan in mine if plan.open and item.plan_id and plan.id < item.plan_id]
    if not before:
        return None
    item.findings.append(Finding(Problem.SEVERAL_PLANS))
    return PlanLink.PARALLEL, max(before, key=lambda plan: plan.id)
