"""What an account is, and where. Asked at each request, so that a post taken away is gone at the next one."""

from dataclasses import dataclass
from datetime import datetime

from asyncpg import Record

from providers.accounts.errors import AccountUnknown, MembershipUnknown, NotPermitted
from providers.accounts.posts import Post, check_appointment, may_appoint
from providers.accounts.visits import end_all_sessions
from providers.actors import SYSTEM, Actor
from providers.database import fetch, transaction
from providers.models import Account, Membership
from providers.roles import Permission, Role

_LIVE = """
SELECT a.id AS account_id, a.name, m.id AS membership_id, m.role, m.municipality_id, m.provider_id,
       coalesce(t.official_name, p.name) AS organisation
FROM membership m
JOIN account a ON a.id = m.account_id
LEFT JOIN municipality t ON t.code = m.municipality_id
LEFT JOIN provider p ON p.id = m.provider_id
WHERE a.id = $1 AND a.disabled_at IS NULL AND (m.ended_at IS NULL OR m.ended_at > $2)
  AND ($3::integer IS NULL OR m.id = $3)
ORDER BY m.id
"""


_POSTS = """
SELECT m.role, count(*) AS posts FROM membership m JOIN account a ON a.id = m.account_id
WHERE a.disabled_at IS NULL AND (m.ended_at IS NULL OR m.ended_at > $1) GROUP BY m.role
"""


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Somebody acting in one post. `organisation` is its name in words, empty for a post outside them all."""

    account_id: int
    name: str
    membership_id: int
    post: Post
    organisation: str | None

    @property
    def actor(self) -> Actor:
        """Who does it, for events and the look-up log, and whom the database shows them."""
        return Actor(f"account:{self.account_id}", self.post.role, self.post.organisation, self.post.scope)

    def may(self, permission: Permission) -> bool:
        """Whether the role has the permission, within its own organisation."""
        return permission in self.post.terms.permissions


async def memberships_of(account_id: int, now: datetime) -> list[StaffMember]:
    """The live posts of an account, oldest first; none when it is closed."""
    return [_member(row) for row in await fetch(_LIVE, account_id, now, None)]


async def known_of(account: Account, now: datetime) -> list[str]:
    """What a guesser finds out about the owner: the address, the name and the places of work."""
    posts = await memberships_of(account.id, now)
    return [account.email or "", account.name, *(member.organisation or "" for member in posts)]


async def posts_by_role(now: datetime) -> dict[Role, int]:
    """How many live posts there are of each role that anybody holds."""
    return {Role(row["role"]): row["posts"] for row in await fetch(_POSTS, now)}


async def staff_member(account_id: int, membership_id: int, now: datetime) -> StaffMember | None:
    """The account in one of its posts, if it still holds it."""
    rows = await fetch(_LIVE, account_id, now, membership_id)
    return _member(rows[0]) if rows else None


async def add_membership(account_id: int, post: Post, *, actor: Actor, now: datetime) -> int:
    """Give an open account a post; raises NotPermitted, OrganisationUnknown, AccountUnknown or MembershipExists."""
    await check_appointment(actor, post)
    if not await Account.exists(id=account_id, disabled_at=None):
        raise AccountUnknown
    async with transaction():
        return await hold_post(account_id, post, by=str(actor), now=now)


async def hold_post(account_id: int, post: Post, *, by: str, now: datetime) -> int:
    """Write the membership, in the caller's transaction."""
    membership = await Membership.create(
        account_id=account_id,
        role=post.role,
        municipality_id=post.municipality,
        provider_id=post.provider,
        created_at=now,
        created_by=by,
    )
    return membership.id


async def end_membership(membership_id: int, *, actor: Actor, now: datetime) -> None:
    """Take a post away; it counts for nothing from the next request on.

    Raises MembershipUnknown when it has ended, never was, or is not the actor's to take: strangers learn nothing.
    """
    membership = await Membership.get_or_none(id=membership_id)
    if membership is None or not may_appoint(actor, _post_of(membership)):
        raise MembershipUnknown
    if not await Membership.filter(id=membership_id, ended_at=None).update(ended_at=now, ended_by=str(actor)):
        raise MembershipUnknown


async def disable_account(account_id: int, *, actor: Actor, now: datetime) -> None:
    """Close an account for good and end its visits; raises NotPermitted or AccountUnknown. Twice is once."""
    if actor != SYSTEM and actor.role != Role.OPERATOR:
        raise NotPermitted
    async with transaction():
        await Account.filter(id=account_id, disabled_at=None).update(disabled_at=now, disabled_by=str(actor))
        await end_all_sessions(account_id)
    if not await Account.exists(id=account_id):
        raise AccountUnknown


def _post_of(membership: Membership) -> Post:
    return Post(membership.role, membership.municipality_id, membership.provider_id)


def _member(row: Record) -> StaffMember:
    post = Post(Role(row["role"]), row["municipality_id"], row["provider_id"])
    return StaffMember(row["account_id"], row["name"], row["membership_id"], post, row["organisation"])
