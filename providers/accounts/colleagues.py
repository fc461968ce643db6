"""The people of one organisation, for whoever appoints them; for an operator, everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from asyncpg import Record

from providers.accounts.invitations import post_of
from providers.accounts.posts import Post, may_appoint
from providers.actors import Actor
from providers.database import fetch
from providers.models import Invitation
from providers.roles import Role

_PEOPLE = """
SELECT a.id AS account_id, a.name, a.email, a.password_hash IS NOT NULL AS has_password,
    a.totp_secret IS NOT NULL AS has_app, a.oidc_subject IS NOT NULL AS is_tied,
    m.id AS membership_id, m.role, m.municipality_id, m.provider_id,
    coalesce(t.official_name, p.name) AS organisation,
    (SELECT max(s.seen_at) FROM session s WHERE s.account_id = a.id AND s.expires_at > $1) AS seen_at
FROM account a
JOIN membership m ON m.account_id = a.id AND (m.ended_at IS NULL OR m.ended_at > $1)
LEFT JOIN municipality t ON t.code = m.municipality_id
LEFT JOIN provider p ON p.id = m.provider_id
WHERE a.disabled_at IS NULL AND a.id IN (
    SELECT b.id FROM account b JOIN membership n ON n.account_id = b.id AND (n.ended_at IS NULL OR n.ended_at > $1)
    WHERE b.disabled_at IS NULL
        AND ($2::text IS NULL OR n.municipality_id = $2) AND ($3::int IS NULL OR n.provider_id = $3)
        AND ($4::int IS NULL OR b.id = $4)
        AND ($5::text IS NULL OR strpos(lower(b.name || ' ' || coalesce(b.email, '')), lower($5)) > 0)
    GROUP BY b.id ORDER BY b.name COLLATE "da-x-icu", b.id LIMIT $6
)
ORDER BY a.name COLLATE "da-x-icu", a.id, m.id
"""


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post of a colleague; `mine` = the asker may take it away."""

    membership_id: int
    post: Post
    organisation: str | None
    mine: bool


@dataclass(frozen=True, slots=True)
class Colleague:
    """An open account with its live posts at the asker's organisation. `seen_at`: the last page of a living visit."""

    account_id: int
    name: str
    email: str | None
    has_password: bool
    has_app: bool
    is_tied: bool
    seen_at: datetime | None
    posts: tuple[HeldPost, ...]


@dataclass(frozen=True, slots=True)
class OpenPost:
    """A post that was offered and not taken yet."""

    invitation_id: int
    email: str
    post: Post
    expires_at: datetime


async def colleagues(actor: Actor, now: datetime, *, search: str | None = None, limit: int = 100) -> list[Colleague]:
    """The first `limit` by name, of those whose name or address holds `search`."""
    return await _read(actor, now, None, search, limit)


async def colleague_of(actor: Actor, account_id: int, now: datetime) -> Colleague | None:
    """One of them; None for a stranger and for nobody."""
    found = await _read(actor, now, account_id, None, 1)
    return found[0] if found else None


async def open_invitations(actor: Actor, now: datetime) -> list[OpenPost]:
    """The posts that the actor could withdraw, those that end first before the others."""
    waiting = await Invitation.filter(used_at=None, expires_at__gt=now).order_by("expires_at", "id")
    posts = [OpenPost(one.id, one.email, post_of(one), one.expires_at) for one in waiting]
    return [one for one in posts if may_appoint(actor, one.post)]


async def _read(actor: Actor, now: datetime, account_id: int | None, search: str | None, limit: int) -> list[Colleague]:
    municipality, provider = actor.scope.municipality, actor.scope.provider
    everywhere = actor.role == Role.OPERATOR
    if municipality is None and provider is None and not everywhere:
        return []
    rows = await fetch(_PEOPLE, now, municipality, provider, account_id, search, limit)
    place = (municipality, provider)
    here = [row for row in rows if everywhere or (row["municipality_id"], row["provider_id"]) == place]
    numbers = dict.fromkeys(row["account_id"] for row in here)
    return [_colleague(actor, [row for row in here if row["account_id"] == number]) for number in numbers]


def _colleague(actor: Actor, rows: Sequence[Record]) -> Colleague:
    first, posts = rows[0], []
    for row in rows:
        post = Post(Role(row["role"]), row["municipality_id"], row["provider_id"])
        posts.append(HeldPost(row["membership_id"], post, row["organisation"], may_appoint(actor, post)))
    known = ("account_id", "name", "email", "has_password", "has_app", "is_tied", "seen_at")
    return Colleague(**{name: first[name] for name in known}, posts=tuple(posts))
