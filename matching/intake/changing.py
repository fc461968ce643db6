"""A message about a plan that is here already: nothing new, or changes, or a reason to leave it alone."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any

from matching.cases import lock_case
from matching.citizens import open_citizen, seal_citizen
from matching.contents import PlanContents, open_contents, seal_contents
from matching.events import RECEIVED, record_event
from matching.intake.columns import HEADINGS
from matching.intake.findings import Finding, Problem
from matching.intake.incoming import IncomingPlan
from matching.intake.items import Item
from matching.models import ArrivalState, Plan
from matching.plan_facts import PlanType
from matching.states import PlanState
from providers.actors import Actor
from providers.database import fetch
from providers.vault import Vault

CHANGED = "plan_changed"
"""The kind of the event: the hospital, or whoever speaks for it, has sent the plan again with other facts."""

_CLOSED = frozenset({PlanState.COMPLETED, PlanState.STOPPED, PlanState.ERROR})
_DECIDED = """
SELECT DISTINCT fact FROM case_event, jsonb_object_keys(changes) AS fact
WHERE plan_id = $1 AND kind <> ALL ($2) AND changes IS NOT NULL
"""


async def meet_known(items: Sequence[Item], *, actor: Actor, now: datetime, vault: Vault) -> None:
    """Bring the plans in line with the messages that found one there; everybody locks them in the same order."""
    waiting = [item for item in items if item.state is ArrivalState.FAILED]
    if not waiting:
        return
    found = await Plan.filter(
        municipality_id=waiting[0].municipality, message_id__in=[item.plan.message_id for item in waiting]
    )
    plans = {plan.message_id: plan for plan in found}
    for item in sorted(waiting, key=lambda item: plans[item.plan.message_id].id):
        await _meet(item, plans[item.plan.message_id], actor=actor, now=now, vault=vault)


async def _meet(item: Item, plan: Plan, *, actor: Actor, now: datetime, vault: Vault) -> None:
    """Most messages that come again are the same ones, which can be seen without a lock."""
    same = item.sealed is not None and plan.cpr_digest in item.sealed.digests
    if same and not _changes(plan, item.plan) and not _words(plan, item.plan, vault):
        item.become(ArrivalState.KNOWN, plan.id)
    else:
        await meet(item, plan.id, actor=actor, now=now, vault=vault)


async def meet(item: Item, plan_id: int, *, actor: Actor, now: datetime, vault: Vault) -> None:
    """Bring the plan in line with the item's message, in the open transaction.

    What the municipality has decided or corrected itself stays, and so does everything of a closed case. A message
    that says nothing new changes nothing and is no event.
    """
    plan = (await lock_case(plan_id, now)).plan
    incoming, sealed = item.plan, item.sealed
    if sealed is None or plan.cpr_digest not in sealed.digests:
        item.fail(Problem.CITIZEN_DIFFERS)
        return
    changes = _changes(plan, incoming)
    for fact in sorted(changes.keys() & await _decided(plan_id)):
        item.findings.append(Finding(Problem.DECISION_KEPT, HEADINGS[fact.removesuffix("_id")][0]))
        del changes[fact]
    words = _words(plan, incoming, vault)
    if (changes or words) and plan.state in _CLOSED:
        item.fail(Problem.CASE_CLOSED)
        return
    item.become(ArrivalState.CHANGED if changes or words else ArrivalState.KNOWN, plan_id)
    if changes or words:
        await _change(plan, changes, words)
        told = {fact: [_plain(before), _plain(after)] for fact, (before, after) in changes.items()}
        await record_event(plan, CHANGED, actor=actor, now=now, purpose="import", changes=told)


async def _decided(plan_id: int) -> set[str]:
    """The facts that somebody here has set by hand. Who has decided the level has taken the plan for a general one."""
    facts = {record["fact"] for record in await fetch(_DECIDED, plan_id, [CHANGED, RECEIVED])}
    return facts | ({"plan_type"} if "level" in facts else set())


def _changes(plan: Plan, incoming: IncomingPlan) -> dict[str, tuple[Any, Any]]:
    """The facts that the message says otherwise, before and after.

    Level and package are the municipality's to decide, so a message only fills them in; and an offer that stands is
    not moved by a message, for a seat or a promise hangs on it.
    """
    said: dict[str, Any] = {
        "plan_type": incoming.plan_type,
        "discharge_date": incoming.discharge_date,
        "earliest_start": incoming.earliest_start,
        "level": plan.level or incoming.level if incoming.plan_type is PlanType.GENERAL else None,
        "package_id": plan.package_id or incoming.package,
        "offer_date": plan.offer_date or incoming.offer_date,
        "offer_recorded_on": plan.offer_recorded_on or incoming.offered_on,
    }
    return {fact: (getattr(plan, fact), value) for fact, value in said.items() if getattr(plan, fact) != value}


def _words(plan: Plan, incoming: IncomingPlan, vault: Vault) -> dict[str, bytes]:
    """The sealed columns that the message says more of; what it leaves out stays."""
    citizen, contents = open_citizen(plan.citizen, vault), PlanContents()
    if plan.contents:
        contents = open_contents(plan.contents, vault)
    new_citizen, new_contents = _fuller(citizen, incoming.citizen), _fuller(contents, incoming.contents)
    columns = {}
    if new_citizen != citizen:
        columns["citizen"] = seal_citizen(new_citizen, vault)
    if new_contents != contents:
        columns["contents"] = seal_contents(new_contents, vault)
    return columns


def _fuller(known: Any, said: Any) -> Any:
    """What is known, with everything in its place that is said; what is not said has its default."""
    values = {field.name: (getattr(said, field.name), field.default) for field in fields(said)}
    return replace(known, **{name: value for name, (value, unsaid) in values.items() if value not in (unsaid, "")})


def _plain(value: Any) -> str | None:
    """A day or a code, as an event keeps it."""
    return value.isoformat() if isinstance(value, date) else value if value is None else str(value)


async def _change(plan: Plan, changes: dict[str, tuple[Any, Any]], words: dict[str, bytes]) -> None:
    for fact, (_, value) in changes.items():
        setattr(plan, fact, value)
    for column, sealed in words.items():
        setattr(plan, column, sealed)
    await plan.save(update_fields=[*changes, *words])
