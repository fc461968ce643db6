"""A letter on its way: by Digital Post where there is a way to it, else into the queue of what is printed."""

from collections.abc import Collection
from datetime import datetime

from matching.messages.queue import Draft, queue_message
from matching.models import Channel, Message, MessageState, Recipient
from providers.vault import Vault


async def queue_letter(
    plan_id: int, letter: bytes, *, once: str, channels: Collection[Channel], vault: Vault, now: datetime
) -> Channel:
    """Queue a letter to the citizen, in the caller's transaction; the answer is the way that it goes.

    `channels` are the ways that are set up. `letter` is the page of which its PDF is made when it goes. It is kept,
    sealed, until it is gone: codes that stand in it are stored nowhere else.
    """
    channel = Channel.DIGITAL_POST if Channel.DIGITAL_POST in channels else Channel.PRINT
    draft = Draft(once, "letter", channel, Recipient.CITIZEN, plan=plan_id, content=vault.seal(letter))
    await queue_message(draft, now=now)
    return channel


async def drop_letters(plan_id: int, occasions: str) -> None:
    """Take off the list what still waits of the letters whose occasion begins so: what they say is no longer true.

    In the caller's transaction. One that is being sent at this moment goes all the same.
    """
    waiting = Message.filter(plan_id=plan_id, once__startswith=occasions, state=MessageState.QUEUED)
    await waiting.update(state=MessageState.DROPPED, answer="Replaced", content=None)
