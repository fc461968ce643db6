"""The outbox's rows on their way: taken by one worker for a while, then marked with what became of them.

A row is not locked while it is under way, so a worker that dies leaves only a claim, which lapses; the message is then
sent again under the same id. What cannot be known, whether the words had gone out before, is decided for sending.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from matching.messages.telling import TRUE_WHILE
from matching.models import Channel, MessageState, Recipient
from matching.states import BookingState
from providers.database import execute, fetch, fetch_one, transaction
from providers.scope import Scope

LEASE = timedelta(minutes=2)
"""How long a claim lasts; longer than any attempt can."""

# Everything that the words and the way need, as it is now: an address or a time that changed meanwhile is the new one.
_CLAIM = """
WITH taken AS (
    UPDATE message SET claimed_until = $3
    WHERE id = $1 AND state = 'queued' AND next_at <= $2 AND (claimed_until IS NULL OR claimed_until <= $2)
    RETURNING *
)
SELECT m.id, m.template, m.channel, m.recipient, m.plan_id, m.content, m.attempts, m.due_at, m.until, m.claimed_until,
       b.state AS booking_state, t.starts_at, told.notice_email, a.email AS account_email,
       c.email, c.mobile, coalesce(c.language, 'da') AS language, c.stop_token,
       CASE WHEN m.recipient = 'doctor'
            THEN at.name || ', ' || at.street || ', ' || town.code || ' ' || town.name END AS place,
       CASE WHEN m.recipient = 'doctor' OR m.channel = 'digital_post' THEN p.citizen END AS citizen
FROM taken m
LEFT JOIN booking b ON b.id = m.booking_id LEFT JOIN slot t ON t.id = b.slot_id LEFT JOIN site at ON at.id = t.site_id
LEFT JOIN postal_code town ON town.code = at.postal_code_id
LEFT JOIN site told ON told.id = m.site_id
LEFT JOIN account a ON a.id = m.account_id AND a.disabled_at IS NULL
LEFT JOIN contact c ON c.plan_id = m.plan_id AND m.recipient = 'citizen'
LEFT JOIN plan p ON p.id = m.plan_id
"""

_MARK = """
UPDATE message SET state = $3::text, attempts = attempts + 1, next_at = $4, answer = $5, sent_at = $6,
                   claimed_until = NULL,
                   content = CASE WHEN $3::text IN ('queued', 'refused', 'given_up') THEN content END
WHERE id = $1 AND state = 'queued' AND claimed_until = $2
"""


@dataclass(frozen=True, slots=True)
class Due:
    """A row that is due, and the plan in whose scope it is seen; None for what is about no plan."""

    id: UUID
    plan_id: int | None


@dataclass(frozen=True, slots=True)
class Parcel:
    """A claimed message, and what it needs as it is now. `attempts` are those made before.

    `content`, `email`, `mobile` and `citizen` are sealed.
    `place`, which says what is treated there, is there for a doctor only.
    """

    id: UUID
    template: str
    channel: Channel
    recipient: Recipient
    plan_id: int | None
    content: bytes | None
    attempts: int
    due_at: datetime
    until: datetime | None
    claimed_until: datetime
    booking_state: BookingState | None
    starts_at: datetime | None
    notice_email: str | None
    account_email: str | None
    email: bytes | None
    mobile: bytes | None
    language: str
    stop_token: UUID | None
    place: str | None
    citizen: bytes | None

    @property
    def true(self) -> bool:
        """Whether it is still worth saying: a time that was moved or cancelled meanwhile is not announced."""
        wanted = TRUE_WHILE.get(self.template)
        return wanted is None or self.booking_state in wanted


async def due_messages(now: datetime, channels: list[Channel], *, night: bool, limit: int) -> list[Due]:
    """What is due by ways that the caller has, in order; at night only what may wake people."""
    ways = [channel.value for channel in channels]
    rows = await fetch("SELECT * FROM genvej_due_messages($1, $2, $3, $4)", now, ways, night, limit)
    return [Due(UUID(bytes=row["id"].bytes), row["plan_id"]) for row in rows]


async def claim(due: Due, now: datetime) -> Parcel | None:
    """Take a message; nobody else gets it before the lease is over. None when somebody else was quicker."""
    async with transaction(Scope(plan=due.plan_id)):
        row = await fetch_one(_CLAIM, due.id, now, now + LEASE)
    if row is None:
        return None
    state = row["booking_state"]
    kinds = {
        "id": due.id,
        "channel": Channel(row["channel"]),
        "recipient": Recipient(row["recipient"]),
        "booking_state": BookingState(state) if state else None,
    }
    return Parcel(**{**row, **kinds})


async def mark(parcel: Parcel, state: MessageState, *, answer: str, next_at: datetime, now: datetime) -> bool:
    """Write down what became of an attempt; False when the claim had lapsed, and another worker's answer counts."""
    sent_at = now if state is MessageState.SENT else None
    values = (parcel.id, parcel.claimed_until, state.value, next_at, answer, sent_at)
    async with transaction(Scope(plan=parcel.plan_id)):
        return await execute(_MARK, *values) == "UPDATE 1"


async def to_print(parcel: Parcel, *, answer: str) -> None:
    """Digital Post does not reach the citizen, so people print the letter and post it."""
    query = """
    UPDATE message SET channel = 'print', attempts = attempts + 1, answer = $3, claimed_until = NULL
    WHERE id = $1 AND state = 'queued' AND claimed_until = $2
    """
    async with transaction(Scope(plan=parcel.plan_id)):
        await execute(query, parcel.id, parcel.claimed_until, answer)
