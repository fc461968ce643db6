"""Server-side visits. The visitor holds a random id; the database knows its digest, and what the visit is about."""

import hashlib
import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from providers.database import fetch_value
from providers.models import Session

_DEVICE_LENGTH = 80


@dataclass(slots=True)
class Visit:
    """`data` may hold numbers and choices, never a code or a name. Changing it is all it takes to have it saved.

    Of a visit by the staff, `account_id` and `membership_id` say who is signed in and as what, `device` where.
    """

    id: str | None = None
    data: dict[str, Any] = field(default_factory=dict)
    created_at: datetime | None = None
    seen_at: datetime | None = None
    account_id: int | None = None
    membership_id: int | None = None
    device: str | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """A visit ends after `idle` without a request, and `absolute` after it began."""

    idle: timedelta
    absolute: timedelta


async def load_visit(session_id: str, now: datetime) -> Visit | None:
    """The visit, unless it has ended or never was."""
    row = await Session.get_or_none(digest=session_digest(session_id), expires_at__gt=now)
    if row is None:
        return None
    return Visit(session_id, dict(row.data), row.created_at, row.seen_at, row.account_id, row.membership_id, row.device)


async def save_visit(visit: Visit, now: datetime, limits: Limits) -> str:
    """Write the visit, under a new id when it has none; the answer is the id.

    A visit that was ended while its request was under way stays ended.
    """
    created = visit.created_at or now
    values: dict[str, Any] = {
        "data": visit.data,
        "created_at": created,
        "seen_at": now,
        "expires_at": min(now + limits.idle, created + limits.absolute),
        "account_id": visit.account_id,
        "membership_id": visit.membership_id,
        "device": visit.device and visit.device[:_DEVICE_LENGTH],
    }
    if visit.id is not None:
        await Session.filter(digest=session_digest(visit.id)).update(**values)
        return visit.id
    session_id = secrets.token_urlsafe(32)
    await Session.create(digest=session_digest(session_id), **values)
    return session_id


async def take_out(visit: Visit, place: str, name: str) -> Any:
    """One thing out of `visit.data[place]`: of all requests that ask for it at once, one is given it, the others None.

    It is gone at once, whatever becomes of the request.
    """
    visit.data.get(place, {}).pop(name, None)
    query = """
    WITH found AS (SELECT digest, data #> $2 AS thing FROM session WHERE digest = $1 FOR UPDATE)
    UPDATE session SET data = session.data #- $2 FROM found
    WHERE session.digest = found.digest AND found.thing IS NOT NULL RETURNING found.thing
    """
    thing = await fetch_value(query, session_digest(visit.id or ""), [place, name])
    return None if thing is None else json.loads(thing)


async def end_visit(session_id: str) -> None:
    """Forget the visit at once."""
    await Session.filter(digest=session_digest(session_id)).delete()


async def forget_ended_visits(now: datetime) -> None:
    """Remove what has ended by itself."""
    await Session.filter(expires_at__lte=now).delete()


def session_digest(session_id: str) -> str:
    """Under which a session id is kept; nobody gets back from it to the id."""
    return hashlib.sha256(session_id.encode()).hexdigest()
