"""A letter on its way: by Digital Post where there is a way to it, else into the queue of what is printed."""

from collections.abc import Collection
from datetime import datetime

from matching.messages.queue import Draft, queue_message
from matching.models import Channel, Recipient
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
