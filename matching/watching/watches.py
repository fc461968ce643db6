"""Begin to wait for a time, see what is waited for, and stop."""

from collections.abc import Sequence
from datetime import datetime

from matching.audit import audit
from matching.cases import Case, lock_case
from matching.finding.terms import terms_of_case
from matching.messages.contacts import channels_of
from matching.models import Watch
from matching.policy import Policy
from matching.watching.errors import NothingToWaitFor, NowhereToTell, TooManyWatches
from matching.watching.first_time import first_time
from matching.watching.wanted import Wanted, bits, wanted_of
from providers.actors import Actor
from providers.database import execute, looking, transaction
from providers.scope import Scope

_MOST = 3


async def watch(plan_id: int, wanted: Wanted, *, actor: Actor, now: datetime, policy: Policy) -> Watch:
    """Tell the citizen from now on; the same asked again begins anew. What is free already is no news.

    Raises NothingToWaitFor, NowhereToTell, TooManyWatches or PlanNotReady.
    """
    async with transaction(Scope(plan=plan_id)):
        case = await lock_case(plan_id, now)
        terms = terms_of_case(case, policy)
        if is_over(case):
            raise NothingToWaitFor
        if not await channels_of(plan_id):
            raise NowhereToTell
        first = await first_time(terms, wanted)
        values = {
            "site_id": wanted.site_id,
            "origin_id": wanted.origin,
            "radius": wanted.radius,
            "weekdays": bits(wanted.days),
            "known_at": first.starts_at if first else None,
            "looked_at": now,
            "until": now + policy.watch_life,
        }
        number = _number(await _rows(plan_id), wanted)
        kept, _ = await Watch.update_or_create(plan_id=plan_id, number=number, defaults=values)
        await audit("watch_begun", actor=actor, now=now, purpose="messages", plan_id=plan_id)
    return kept


async def watches_of(plan_id: int) -> Sequence[Watch]:
    """What the citizen waits for, each with its site and postal code, if any."""
    async with looking(Scope(plan=plan_id)):
        return await _rows(plan_id)


async def end_watch(plan_id: int, number: int, *, actor: Actor, now: datetime) -> None:
    """Say nothing more of it; nothing happens when there is none."""
    async with transaction(Scope(plan=plan_id)):
        if await execute("DELETE FROM watch WHERE plan_id = $1 AND number = $2", plan_id, number) == "DELETE 1":
            await audit("watch_ended", actor=actor, now=now, purpose="messages", plan_id=plan_id)


def is_over(case: Case) -> bool:
    """Whoever has a time, or may choose none, waits for none."""
    return case.current is not None or not case.rights.open_bases


def _number(rows: Sequence[Watch], wanted: Wanted) -> int:
    """Of the same thing, or the first one that is free."""
    numbers = {row.number: wanted_of(row) for row in rows}
    same = (number for number, known in numbers.items() if known == wanted)
    free = (number for number in range(1, _MOST + 1) if number not in numbers)
    if found := next(same, None) or next(free, None):
        return found
    raise TooManyWatches


async def _rows(plan_id: int) -> Sequence[Watch]:
    return await Watch.filter(plan_id=plan_id).order_by("number").select_related("site", "origin")
