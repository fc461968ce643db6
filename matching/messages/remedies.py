"""What the staff may see of a message and do about it: send it again, or let it be."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from matching.audit import audit
from matching.messages.queue import TELL
from matching.models import Channel, Message, MessageState, Recipient
from providers.actors import Actor
from providers.database import fetch, looking, transaction
from providers.errors import Busy, GenvejError
from providers.jobs import enqueue
from providers.scope import Scope
from providers.words import N_


class MessageUnknown(GenvejError):
    code = "message_unknown"
    message = N_("Beskeden findes ikke.")


class MessageOver(GenvejError):
    code = "message_over"
    message = N_("Beskeden er allerede sendt eller taget af listen.")


@dataclass(frozen=True, slots=True)
class Told:
    """One message of a plan. `answer` is ours, in English, for those who look after the sending."""

    id: UUID
    template: str
    channel: Channel
    recipient: Recipient
    booking_id: UUID | None
    state: MessageState
    due_at: datetime
    sent_at: datetime | None
    attempts: int
    answer: str | None


async def messages_of(plan_id: int) -> list[Told]:
    """What was, and will be, said about a plan, in the order in which it is due."""
    query = f"SELECT {', '.join(Told.__slots__)} FROM message WHERE plan_id = $1 ORDER BY due_at, created_at, id"
    async with looking(Scope(plan=plan_id)):
        rows = await fetch(query, plan_id)
    return [
        Told(
            **{
                **row,
                "id": UUID(bytes=row["id"].bytes),
                "booking_id": UUID(bytes=row["booking_id"].bytes) if row["booking_id"] else None,
                "channel": Channel(row["channel"]),
                "recipient": Recipient(row["recipient"]),
                "state": MessageState(row["state"]),
            }
        )
        for row in rows
    ]


async def resend_message(message_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Try once more what was refused or given up.

    Raises MessageUnknown, also for a message outside the actor's scope, MessageOver, and Busy while it is under way.
    """
    async with transaction(actor.scope):
        message = await _lock(message_id, now)
        if message.state not in {MessageState.REFUSED, MessageState.GIVEN_UP, MessageState.QUEUED}:
            raise MessageOver
        message.state, message.attempts, message.next_at, message.until = MessageState.QUEUED, 0, now, None
        await message.save(update_fields=["state", "attempts", "next_at", "until"])
        await audit("message_resent", actor=actor, now=now, purpose="messages", plan_id=message.plan_id)
        await enqueue(TELL)


async def drop_message(message_id: UUID, *, actor: Actor, now: datetime, reason: str) -> None:
    """Take a message off the list, with a reason that stays. Raises as `resend_message` does."""
    async with transaction(actor.scope):
        message = await _lock(message_id, now)
        if message.state in {MessageState.SENT, MessageState.DROPPED}:
            raise MessageOver
        message.state, message.answer, message.content = MessageState.DROPPED, reason[:300], None
        await message.save(update_fields=["state", "answer", "content"])
        await audit("message_dropped", actor=actor, now=now, purpose="messages", plan_id=message.plan_id)


async def _lock(message_id: UUID, now: datetime) -> Message:
    message = await Message.select_for_update().get_or_none(id=message_id)
    if message is None:
        raise MessageUnknown
    if message.claimed_until is not None and message.claimed_until > now:
        raise Busy
    return message
