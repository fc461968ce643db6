"""What the municipality has told the citizen, kept with the event: the items of the duty to inform, and the way.

The items are those of Sundhedsloven § 140 and the order on rehabilitation plans, as the municipalities' standards list
them.
"""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from matching.cases import Case
from matching.casework.errors import CaseOver
from matching.casework.facts import change_facts
from matching.casework.opening import opened
from matching.events import Changes, record_event
from matching.issuing import LetterCodes, kill_codes, put_codes
from matching.messages.letters import drop_letters, queue_letter
from matching.models import Channel
from matching.states import PLAN_STEPS
from providers.actors import Actor
from providers.clock import local_date
from providers.errors import GenvejError
from providers.vault import Vault
from providers.words import N_

HOW = ("phone", "meeting", "own_letter")
"""Ways of telling that the portal takes no part in."""


class Item(StrEnum):
    """What there is to tell. PRIVATE counts for the worklist only once the private choice has arisen."""

    TIME = "time"
    LEVEL = "level"
    CHOICE = "choice"
    PRIVATE = "private"
    TRANSPORT = "transport"
    COMPLAINT = "complaint"


class NothingTold(GenvejError):
    code: ClassVar[str] = "nothing_told"
    message: ClassVar[str] = N_("Vælg, hvad borgeren har fået at vide, og hvordan.")


async def inform_by_letter(
    plan_id: int,
    codes: LetterCodes,
    letter: bytes,
    *,
    channels: Collection[Channel],
    actor: Actor,
    now: datetime,
    vault: Vault,
    seen: int,
) -> Channel:
    """Make the letter's codes the plan's only ones and send it; the answer is the way that it goes.

    Codes and letter are there together or not at all, and a letter that waits with codes of before is taken off the
    list. Raises the errors of `opened`, and CaseOver.
    """
    async with opened(plan_id, actor=actor, now=now, seen=seen) as case:
        if not PLAN_STEPS[case.plan.state]:
            raise CaseOver
        await put_codes(case, codes, actor=actor, now=now, vault=vault)
        await drop_letters(plan_id, occasion(plan_id))
        once = occasion(plan_id, seen)
        channel = await queue_letter(plan_id, letter, once=once, channels=channels, vault=vault, now=now)
        items = [item for item in Item if item is not Item.TIME or case.offered is not None]
        await _told(case, channel.value, items, actor=actor)
    return channel


async def inform_otherwise(
    plan_id: int, how: str, items: Collection[Item], *, actor: Actor, now: datetime, seen: int
) -> None:
    """Write down what was told by telephone, at a meeting, or in a letter of the municipality's own.

    Raises the errors of `opened`, and NothingTold.
    """
    if how not in HOW or not items:
        raise NothingTold
    async with opened(plan_id, actor=actor, now=now, seen=seen) as case:
        await _told(case, how, [item for item in Item if item in items], actor=actor)


async def revoke_seen(plan_id: int, *, actor: Actor, now: datetime, seen: int) -> None:
    """Kill the codes of a case that the actor has before them, and the letter that waits with them.

    Raises the errors of `opened`.
    """
    async with opened(plan_id, actor=actor, now=now, seen=seen) as case:
        await kill_codes(case, actor=actor, now=now)
        await drop_letters(plan_id, occasion(plan_id))


def occasion(plan_id: int, seen: int | None = None) -> str:
    """Under which the letter with codes is queued once; without `seen`, how all of the case's are called."""
    return f"letter:{plan_id}:{'' if seen is None else seen}"


async def _told(case: Case, how: str, items: Collection[Item], *, actor: Actor) -> None:
    plan, now = case.plan, case.now
    await change_facts(plan, informed_at=plan.informed_at or now)
    if Item.PRIVATE in items and case.rights.choice_arisen_on is not None:
        await change_facts(plan, choice_told_on=local_date(now))
    told: Changes = {"told_by": [how], "told": [item.value for item in items]}
    await record_event(plan, "informed", actor=actor, now=now, purpose="letter", changes=told)
