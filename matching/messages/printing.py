"""Letters that a municipality prints: taken out one or many at a time, and marked as posted, which can be undone.

What a letter says is kept for a day after it was marked, so that a wrong press costs nobody a letter; then the worker
forgets it. Codes that stand in it are stored nowhere else.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from matching.audit import audit_many
from matching.messages.remedies import MessageOver, MessageUnknown
from matching.models import Channel, Message, MessageState
from providers.actors import Actor
from providers.database import fetch_value, transaction
from providers.vault import Vault

MOST = 100
"""Letters that are taken or marked at once."""

UNDOABLE = timedelta(days=1)
"""For so long what was marked as posted can be put back."""


async def letters_of(message_ids: Collection[UUID], *, actor: Actor, now: datetime, vault: Vault) -> list[bytes]:
    """What the letters say that wait to be printed, those that have waited longest first; others are passed over.

    Raises MessageUnknown when none of them is the actor's municipality's, and MessageOver when none waits.
    """
    async with transaction(actor.scope):
        waiting = _waiting(await _lock(message_ids, actor))
        await _log("letter_seen", waiting, actor=actor, now=now)
    return [vault.open(message.content or b"") for message in waiting]


async def mark_printed(message_ids: Collection[UUID], *, actor: Actor, now: datetime) -> list[UUID]:
    """The letters are in the post; the answer names those that were not before. Raises as `letters_of` does."""
    async with transaction(actor.scope):
        waiting = _waiting(await _lock(message_ids, actor))
        done = [message.id for message in waiting]
        await Message.filter(id__in=done).update(state=MessageState.SENT, answer="Printed", sent_at=now)
        await _log("letter_printed", waiting, actor=actor, now=now)
    return done


async def put_back(message_ids: Collection[UUID], *, actor: Actor, now: datetime) -> int:
    """They were not posted after all; the answer counts those that wait again. Raises as `letters_of` does."""
    async with transaction(actor.scope):
        marked = [one for one in await _lock(message_ids, actor) if _is_marked(one)]
        if not marked:
            raise MessageOver
        again = Message.filter(id__in=[message.id for message in marked])
        await again.update(state=MessageState.QUEUED, answer=None, sent_at=None)
        await _log("letter_put_back", marked, actor=actor, now=now)
    return len(marked)


async def forget_printed(now: datetime) -> int:
    """Empty the letters that were marked longer ago; the answer counts them."""
    return int(await fetch_value("SELECT genvej_forget_printed($1)", now - UNDOABLE))


async def _lock(message_ids: Collection[UUID], actor: Actor) -> Sequence[Message]:
    if actor.scope.municipality is None:
        raise MessageUnknown
    wanted = Message.filter(id__in=sorted(message_ids)[:MOST], channel=Channel.PRINT)
    found = await wanted.select_for_update().order_by("created_at", "id")
    if not found:
        raise MessageUnknown
    return found


def _waiting(found: Sequence[Message]) -> list[Message]:
    waiting = [one for one in found if one.state is MessageState.QUEUED and one.content is not None]
    if not waiting:
        raise MessageOver
    return waiting


def _is_marked(message: Message) -> bool:
    return message.state is MessageState.SENT and message.content is not None


async def _log(action: str, messages: Sequence[Message], *, actor: Actor, now: datetime) -> None:
    plans = [message.plan_id for message in messages if message.plan_id is not None]
    await audit_many(action, plans, actor=actor, now=now, purpose="letter")
