"""The visits of one account: its owner sees where they are signed in, and ends what they do not know."""

from dataclasses import dataclass
from datetime import datetime

from providers.models import Session
from providers.sessions import session_digest


@dataclass(frozen=True, slots=True)
class OwnVisit:
    """`handle` names the visit in a form; nobody can get in with it. `device` is a word or two, or nothing."""

    handle: str
    device: str | None
    created_at: datetime
    seen_at: datetime
    is_this_one: bool


async def sessions_of(account_id: int, now: datetime, *, current: str | None = None) -> list[OwnVisit]:
    """The account's living visits, the last seen first; `current` is the session id of the one that asks."""
    rows = await Session.filter(account_id=account_id, expires_at__gt=now).order_by("-seen_at", "digest")
    here = session_digest(current) if current else None
    return [OwnVisit(row.digest, row.device, row.created_at, row.seen_at, row.digest == here) for row in rows]


async def end_session(account_id: int, handle: str) -> bool:
    """End one visit; False when the account has no such visit."""
    return await Session.filter(account_id=account_id, digest=handle).delete() > 0


async def end_all_sessions(account_id: int, *, keep: str | None = None) -> None:
    """End every visit of an account, but the one with the session id `keep`."""
    visits = Session.filter(account_id=account_id)
    await (visits.exclude(digest=session_digest(keep)) if keep else visits).delete()
