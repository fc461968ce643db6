"""How long reports wait: for those who watch over the worker."""

from datetime import datetime, timedelta

from providers.database import fetch_value

_OLDEST_DUE = """
SELECT min(r.next_at) FROM report r JOIN report_channel c ON c.id = r.channel_id
WHERE c.active AND r.state = 'queued' AND r.next_at <= $1
"""


async def longest_overdue(now: datetime) -> timedelta:
    """How long ago the attempt was due that should have been made first; zero when none is.

    Asked as the tables' owner: a role sees only the reports of its scope.
    """
    oldest: datetime | None = await fetch_value(_OLDEST_DUE, now)
    return timedelta(0) if oldest is None else now - oldest
