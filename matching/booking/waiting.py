"""The citizen would rather wait: recorded, reported, and undone at any time until the training starts."""

from datetime import datetime

from matching.booking.errors import WaitingNotPossible
from matching.booking.holding import release
from matching.cases import Case, lock_case
from matching.events import record_event
from providers.actors import Actor
from providers.clock import local_date
from providers.database import transaction
from providers.scope import Scope


async def wait(plan_id: int, *, actor: Actor, now: datetime) -> None:
    """Note that the citizen chooses nothing for now; no right is lost. Asked again, nothing changes.

    Raises WaitingNotPossible for a plan with a time, or with nothing to choose.
    """
    async with transaction(Scope(plan=plan_id)):
        case = await lock_case(plan_id, now)
        if case.plan.deferred_on is not None:
            return
        if case.current is not None or not case.rights.open_bases:
            raise WaitingNotPossible
        case.plan.deferred_on = local_date(now)
        await case.plan.save(update_fields=["deferred_on"])
        await release(plan_id)
        await record_event(case.plan, "deferred", actor=actor, now=now)


async def stop_waiting(plan_id: int, *, actor: Actor, now: datetime) -> None:
    """The citizen wants to choose after all; nothing happens to one who is not waiting."""
    async with transaction(Scope(plan=plan_id)):
        await end_waiting(await lock_case(plan_id, now), actor=actor)


async def end_waiting(case: Case, *, actor: Actor) -> None:
    """The same for a case that the caller has locked: choosing a time ends the waiting."""
    if case.plan.deferred_on is not None:
        case.plan.deferred_on = None
        await case.plan.save(update_fields=["deferred_on"])
        await record_event(case.plan, "deferral_ended", actor=actor, now=case.now)
