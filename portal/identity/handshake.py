"""What is remembered of somebody who was sent to an issuer, until they come back. Each counts once, and not for long.

It is kept in the visit, so nobody can come back for somebody else. There is room for a few at once, since people open
several tabs; the oldest gives way.
"""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from starlette.requests import Request

from portal.request_facts import now_of
from portal.visits import visit_of
from providers.sessions import take_out

LIFE = timedelta(minutes=10)
MOST = 4
_PLACE = "handshakes"


class Purpose(StrEnum):
    """SIGN_IN: come in. INVITATION: come in and take the post that was offered. TIE: be known so from now on."""

    SIGN_IN = "sign_in"
    INVITATION = "invitation"
    TIE = "tie"


@dataclass(frozen=True, slots=True)
class Handshake:
    """`nonce` binds the token, `verifier` (PKCE) the code, to this visit. `account` is who wants to be known so.

    `since` is in seconds since 1970; `then` is the page of ours to go on to.
    """

    issuer: str
    purpose: Purpose
    since: int
    nonce: str
    verifier: str
    then: str | None = None
    account: int | None = None


def begin(request: Request, issuer: str, purpose: Purpose, *, then: str | None = None) -> tuple[str, Handshake]:
    """A new handshake, and the state under which it is found again."""
    visit, now = visit_of(request), now_of(request)
    handshake = Handshake(
        issuer=issuer,
        purpose=purpose,
        since=int(now.timestamp()),
        nonce=secrets.token_urlsafe(24),
        verifier=secrets.token_urlsafe(48),
        then=then,
        account=visit.account_id if purpose is Purpose.TIE else None,
    )
    waiting = [pair for pair in visit.data.get(_PLACE, {}).items() if not _is_over(pair[1], now)]
    newest = sorted(waiting, key=lambda pair: pair[1]["since"])[1 - MOST :]
    state = secrets.token_urlsafe(24)
    visit.data[_PLACE] = {**dict(newest), state: asdict(handshake)}
    return state, handshake


async def take(request: Request, issuer: str, state: str) -> Handshake | None:
    """The handshake that was begun with this issuer under this state: to one request only, and not when it is old."""
    visit = visit_of(request)
    found = await take_out(visit, _PLACE, state) if state in visit.data.get(_PLACE, {}) else None
    if found is None or found["issuer"] != issuer or _is_over(found, now_of(request)):
        return None
    return Handshake(**found | {"purpose": Purpose(found["purpose"])})


def _is_over(waiting: Mapping[str, Any], now: datetime) -> bool:
    return now.timestamp() - int(waiting["since"]) > LIFE.total_seconds()
