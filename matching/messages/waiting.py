"""How the outbox of words stands: for those who watch over the worker."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from matching.models import Channel
from providers.database import fetch

_LATELY = timedelta(days=7)

_BY_WAY = """
SELECT channel, min(next_at) FILTER (WHERE state = 'queued' AND next_at <= $1 AND NOT quiet) AS oldest,
       count(*) FILTER (WHERE state = 'queued' AND next_at <= $1) AS due,
       count(*) FILTER (WHERE state IN ('refused', 'given_up') AND next_at > $2) AS failed
FROM message GROUP BY channel
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One way: how long its oldest message has been due, how many are, and how many failed within a week.

    What rests at night has been due for no time.
    """

    channel: Channel
    overdue: timedelta
    due: int
    failed: int


async def waiting_messages(now: datetime) -> list[Waiting]:
    """Every way that has a message. Asked as the tables' owner: a role sees only the messages of its scope."""
    rows = await fetch(_BY_WAY, now, now - _LATELY)
    return [
        Waiting(
            Channel(row["channel"]), now - row["oldest"] if row["oldest"] else timedelta(0), row["due"], row["failed"]
        )
        for row in rows
    ]
