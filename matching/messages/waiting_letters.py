"""What a municipality has to print, and what could not be sent to its citizens."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from matching.models import Channel, MessageState
from providers.database import fetch, fetch_value

_WAITS = """
FROM message m JOIN plan p ON p.id = m.plan_id
WHERE p.municipality_id = $1 AND m.recipient IN ('citizen', 'doctor') AND (
    (m.channel = 'print' AND m.state = 'queued') OR m.state IN ('refused', 'given_up')
)
"""
_LIST = f"""
SELECT m.id, m.plan_id, p.case_reference, m.template, m.channel, m.state, m.created_at, m.answer,
       m.content IS NOT NULL AS has_letter {_WAITS} ORDER BY m.created_at, m.id LIMIT $2
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A letter to be printed, or a message that failed; `answer` is ours, in English."""

    id: UUID
    plan_id: int
    case_reference: str
    template: str
    channel: Channel
    state: MessageState
    created_at: datetime
    answer: str | None
    has_letter: bool

    @property
    def to_print(self) -> bool:
        return self.channel is Channel.PRINT and self.has_letter and self.state is MessageState.QUEUED


async def waiting_messages(municipality: str, *, limit: int = 200) -> list[Waiting]:
    """Those that have waited longest first; in the municipality's own scope."""
    return [
        Waiting(
            **{
                **row,
                "id": UUID(bytes=row["id"].bytes),
                "channel": Channel(row["channel"]),
                "state": MessageState(row["state"]),
            }
        )
        for row in await fetch(_LIST, municipality, limit)
    ]


async def waiting_count(municipality: str) -> int:
    """How many there are."""
    return int(await fetch_value(f"SELECT count(*) {_WAITS}", municipality))
