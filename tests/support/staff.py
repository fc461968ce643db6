"""Staff accounts for tests, made by the verbs that make real ones.

manager = await a_colleague(Post(Role.MANAGER, municipality=HOME))
await check_totp(manager.account_id, manager.code(NOW), now=NOW, vault=VAULT, policy=ACCOUNT_POLICY)
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from unittest.mock import patch

from pyotp import TOTP

from providers.accounts import (
    AccountPolicy,
    Post,
    StaffMember,
    accept_invitation,
    begin_totp,
    confirm_totp,
    invitations,
    invite,
    memberships_of,
)
from providers.accounts.passwords import hash_password
from providers.actors import SYSTEM
from providers.roles import Role
from tests.support.worlds import HOME, NOW, VAULT

ACCOUNT_POLICY = AccountPolicy()
PASSWORD = "fire ord uden forbindelse"
ADDRESS = "192.0.2.7"
VISITATOR_AT_HOME = Post(Role.VISITATOR, municipality=HOME)
OPERATOR = Post(Role.OPERATOR)
STEP = timedelta(seconds=30)

_serial = count(1)
_HASHES: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Colleague:
    """An account with all that its owner knows; `secret` and `recovery_codes` are empty without an app."""

    account_id: int
    email: str
    secret: str = ""
    recovery_codes: list[str] = field(default_factory=list)

    def code(self, now: datetime) -> str:
        """What the app shows."""
        return TOTP(self.secret).at(now)


async def an_invitation(post: Post = VISITATOR_AT_HOME, *, email: str | None = None, now: datetime = NOW) -> str:
    """The token of an invitation, to an address of its own unless told otherwise."""
    to = f"kollega-{next(_serial)}@kommune.example" if email is None else email
    return (await invite(to, post, actor=SYSTEM, now=now, vault=VAULT, policy=ACCOUNT_POLICY)).token


async def _hashed_once(password: str) -> str:
    """Hundreds of colleagues have the same password, and argon2 takes its time by design: one hash is enough."""
    if password not in _HASHES:
        _HASHES[password] = await hash_password(password)
    return _HASHES[password]


async def accept(token: str, *, name: str = "Karla Kollega", password: str = PASSWORD, now: datetime = NOW) -> int:
    """The account of somebody who has taken the post."""
    with patch.object(invitations, "hash_password", _hashed_once):
        return await accept_invitation(
            token, name=name, password=password, address=ADDRESS, now=now, vault=VAULT, policy=ACCOUNT_POLICY
        )


async def a_colleague(post: Post = VISITATOR_AT_HOME, *, with_app: bool = True, now: datetime = NOW) -> Colleague:
    """Somebody with a post, whose app was tied to the account an hour ago."""
    email = f"kollega-{next(_serial)}@kommune.example"
    account_id = await accept(await an_invitation(post, email=email, now=now), now=now)
    if not with_app:
        return Colleague(account_id, email)
    enrolment = await begin_totp(account_id, vault=VAULT)
    earlier = now - timedelta(hours=1)
    codes = await confirm_totp(account_id, TOTP(enrolment.secret).at(earlier), now=earlier, vault=VAULT)
    return Colleague(account_id, email, enrolment.secret, codes)


async def the_post(colleague: Colleague, now: datetime = NOW) -> StaffMember:
    """The colleague in the one post they hold."""
    (member,) = await memberships_of(colleague.account_id, now)
    return member
