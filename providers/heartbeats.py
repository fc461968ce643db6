"""Signs of life: each part of the system says now and then that it is there."""

from datetime import datetime

from providers.database import execute

_BEAT = """
INSERT INTO heartbeat (name, seen_at) VALUES ($1, $2)
ON CONFLICT (name) DO UPDATE SET seen_at = greatest(heartbeat.seen_at, excluded.seen_at)
"""


async def beat(name: str, now: datetime) -> None:
    """Say that the part is alive; several processes of one name are seen as one."""
    await execute(_BEAT, name, now)
