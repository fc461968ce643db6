"""Server-side visits. The visitor holds a random id; the database knows its digest, and what the visit is about."""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from providers.models import Session


@dataclass(slots=True)
class Visit:
    """`data` may hold numbers and choices, never a code or a name. Changing it is all it takes to have it saved."""

    id: str | None = None
    data: dict[str, Any] = field(default_factory=dict)
    created_at: datetime | None = None
    seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """A visit ends after `idle` without a request, and `absolute` after it began."""

    idle: timedelta
    absolute: timedelta


async def load_visit(session_id: str, now: datetime) -> Visit | None:
    """The visit, unless it has ended or never was."""
    row = await Session.get_or_none(digest=_digest(session_id), expires_at__gt=now)
    return None if row is None else Visit(session_id, dict(row.data), row.created_at, row.seen_at)


async def save_visit(visit: Visit, now: datetime, limits: Limits) -> str:
    """Write the visit, under a new id when it has none; the answer is the id."""
    session_id = visit.id or secrets.token_urlsafe(32)
    created = visit.created_at or now
    await Session.update_or_create(
        digest=_digest(session_id),
        defaults={
            "data": visit.data,
            "created_at": created,
            "seen_at": now,
            "expires_at": min(now + limits.idle, created + limits.absolute),
        },
    )
    return session_id


async def end_visit(session_id: str) -> None:
    """Forget the visit at once."""
    await Session.filter(digest=_digest(session_id)).delete()


async def forget_ended_visits(now: datetime) -> None:
    """Remove what has ended by itself."""
    await Session.filter(expires_at__lte=now).delete()


def _digest(session_id: str) -> str:
    return hashlib.sha256(session_id.encode()).hexdigest()
