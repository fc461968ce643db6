"""Beginning anew after a password or an app was lost: somebody who may appoint the owner opens the door, the owner
goes through it.

Nobody opens both doors of one account: whoever handed out the link for a new password cannot take the app away as
well before the owner has signed in, nor the other way round. For that, another person is asked.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from providers.accounts.errors import AccountUnknown, ResetInvalid
from providers.accounts.members import known_of, memberships_of
from providers.accounts.passwords import check_password, hash_password
from providers.accounts.policy import AccountPolicy
from providers.accounts.posts import may_appoint
from providers.accounts.visits import end_all_sessions
from providers.actors import SYSTEM, Actor
from providers.database import transaction
from providers.models import Account, AccountReset, RecoveryCode, ResetKind
from providers.roles import Role
from providers.vault import Vault


@dataclass(frozen=True, slots=True)
class IssuedReset:
    """`token` stands in the link and nowhere else."""

    token: str
    expires_at: datetime


async def may_reset(account_id: int, *, actor: Actor, now: datetime) -> bool:
    """Whether the actor may: not for themselves, and for others if all their posts are the actor's to give. Somebody
    with posts in two organisations can be helped by an operator only.
    """
    if actor == SYSTEM:
        return True
    posts = await memberships_of(account_id, now)
    mine = actor.person == f"account:{account_id}"
    fitting = actor.role == Role.OPERATOR or all(may_appoint(actor, member.post) for member in posts)
    return bool(posts) and fitting and not mine


async def begin_password_reset(
    account_id: int, *, actor: Actor, now: datetime, vault: Vault, policy: AccountPolicy
) -> IssuedReset:
    """A link with which the owner chooses a new password, once; an earlier one is dead. The old password goes on
    until then, so that nobody is locked out by it. Raises AccountUnknown or ResetByAnother.
    """
    await _check(account_id, actor, now)
    token = secrets.token_urlsafe(32)
    expires_at = now + policy.reset_life
    async with transaction():
        await _begin(account_id, ResetKind.PASSWORD, actor, now, expires_at, vault.digest("account_reset", token))
    return IssuedReset(token, expires_at)


async def reset_app(account_id: int, *, actor: Actor, now: datetime) -> None:
    """The account has no app and no recovery codes any more, and its visits are over; whoever shows the password next
    ties a new app to it. Raises AccountUnknown or ResetByAnother.
    """
    await _check(account_id, actor, now)
    async with transaction():
        await _begin(account_id, ResetKind.APP, actor, now, now, None)
        await Account.filter(id=account_id).update(totp_secret=None, totp_pending=None, totp_last_step=None)
        await RecoveryCode.filter(account_id=account_id).delete()
        await end_all_sessions(account_id)


async def end_visits_of(account_id: int, *, actor: Actor, now: datetime) -> None:
    """Sign somebody out everywhere; raises AccountUnknown."""
    await _check(account_id, actor, now)
    await end_all_sessions(account_id)


async def read_reset(token: str, *, now: datetime, vault: Vault) -> str:
    """The e-mail address whose password the link renews; raises ResetInvalid."""
    reset = await _open(token, now, vault)
    return (await Account.get(id=reset.account_id)).email or ""


async def use_password_reset(token: str, password: str, *, now: datetime, vault: Vault, policy: AccountPolicy) -> int:
    """Set the new password and end every visit of the account, which is the answer; the second factor is as it was.

    Raises ResetInvalid or a PasswordUnfit.
    """
    reset = await _open(token, now, vault)
    account = await Account.get(id=reset.account_id)
    await check_password(password, known=await known_of(account, now), leaked=policy.leaked_passwords)
    hashed = await hash_password(password)
    async with transaction():
        if not await AccountReset.filter(id=reset.id, used_at=None, done_at=None).update(used_at=now):
            raise ResetInvalid
        if not await Account.filter(id=account.id, disabled_at=None).update(password_hash=hashed):
            raise ResetInvalid
        await end_all_sessions(account.id)
    return account.id


async def finish_resets(account_id: int, now: datetime) -> None:
    """The owner has signed in with both factors: what was used is done with."""
    await AccountReset.filter(account_id=account_id, used_at__isnull=False, done_at=None).update(done_at=now)


async def resets_of(account_id: int, since: datetime) -> list[AccountReset]:
    """What was reset, newest first, for the owner's eyes."""
    return await AccountReset.filter(account_id=account_id, begun_at__gte=since).order_by("-id")


async def _check(account_id: int, actor: Actor, now: datetime) -> None:
    if not await may_reset(account_id, actor=actor, now=now):
        raise AccountUnknown


async def _begin(
    account_id: int, kind: ResetKind, actor: Actor, now: datetime, expires_at: datetime, digest: str | None
) -> None:
    """An earlier one of the same kind by the same person, or one that ended unused, gives way; one of the other kind
    stands, and then the constraint refuses the new row.
    """
    mine = AccountReset.filter(account_id=account_id, begun_by=actor.person, done_at=None)
    await mine.filter(kind=kind).update(done_at=now)
    await mine.filter(used_at=None, expires_at__lte=now).update(done_at=now)
    await AccountReset.create(
        account_id=account_id,
        kind=kind,
        digest=digest,
        begun_by=actor.person,
        begun_at=now,
        expires_at=expires_at,
        used_at=None if digest else now,
    )


async def _open(token: str, now: datetime, vault: Vault) -> AccountReset:
    reset = await AccountReset.get_or_none(
        digest__in=vault.digests("account_reset", token), used_at=None, done_at=None, expires_at__gt=now
    )
    if reset is None or not await Account.exists(id=reset.account_id, disabled_at=None):
        raise ResetInvalid
    return reset
