"""Putting a message into the outbox, in the transaction of what it tells about."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from matching.models import Channel, Recipient
from providers.database import fetch_value, in_a_transaction
from providers.jobs import enqueue

TELL = "tell"
"""The name of the job that wakes the worker up when there is something to tell at once."""

_ADD = """
INSERT INTO message (id, once, template, channel, recipient, plan_id, booking_id, site_id, account_id, content, quiet,
                     state, due_at, next_at, until, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'queued', $12, $12, $13, $14)
ON CONFLICT (once) DO UPDATE
    SET state = 'queued', answer = NULL, attempts = 0, next_at = excluded.next_at, content = excluded.content
    WHERE message.state = 'dropped'
RETURNING id
"""


@dataclass(frozen=True, slots=True)
class Draft:
    """A message to be. `once` names the occasion, the way included: whoever says it again is not heard.

    A citizen is named by `plan`, a clinic by `site`, a member of the staff by `account`. `content` is sealed: a
    letter, or facts that its template needs; never anything that can be read where the message is sent. `due` empty
    is at once; `quiet` messages rest at night; after `until` the message is not worth sending.
    """

    once: str
    template: str
    channel: Channel
    recipient: Recipient
    plan: int | None = None
    booking: UUID | None = None
    site: int | None = None
    account: int | None = None
    content: bytes | None = None
    quiet: bool = False
    due: datetime | None = None
    until: datetime | None = None


async def queue_message(draft: Draft, *, now: datetime) -> bool:
    """Write the row; False when the occasion has one. One that was dropped meanwhile is taken up again.

    Refuses to run outside a transaction: a message without its change, or a change without its message, would lie.
    """
    if not in_a_transaction():
        raise RuntimeError("a message can only be queued inside a transaction")
    due = draft.due or now
    # The names are a citizen's and a clinic's, never an address: what is stored in clear tells nobody anything.
    who = (draft.plan, draft.booking, draft.site, draft.account)
    kinds = (draft.template, draft.channel.value, draft.recipient.value)
    added = await fetch_value(
        _ADD, uuid4(), draft.once, *kinds, *who, draft.content, draft.quiet, due, draft.until, now
    )
    if added is not None and due <= now:
        await enqueue(TELL)
    return added is not None
