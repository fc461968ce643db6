"""How staff come in: a post is offered by mail, and whoever holds the random token of the mail takes it, once."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from providers.accounts.errors import InvitationInvalid, NotPermitted
from providers.accounts.members import hold_post
from providers.accounts.passwords import check_password, hash_password
from providers.accounts.people import clean_email, clean_name
from providers.accounts.policy import AccountPolicy
from providers.accounts.posts import Post, check_appointment, may_appoint, organisation_name
from providers.accounts.signing_in import prove_password
from providers.actors import Actor
from providers.database import transaction
from providers.models import Account, Invitation
from providers.vault import Vault


@dataclass(frozen=True, slots=True)
class IssuedInvitation:
    """`token` stands in the mail's link and nowhere else."""

    invitation_id: int
    token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """What the holder of a token is asked: to choose a password, or to give the one of an account they have.

    An account may have none: its owner comes by an issuer.
    """

    email: str
    post: Post
    has_account: bool
    has_password: bool


async def invite(
    email: str, post: Post, *, actor: Actor, now: datetime, vault: Vault, policy: AccountPolicy
) -> IssuedInvitation:
    """Offer a post. Raises NotPermitted, OrganisationUnknown or EmailInvalid."""
    address = clean_email(email)
    await check_appointment(actor, post)
    token = secrets.token_urlsafe(32)
    invitation = await Invitation.create(
        digest=_digests(token, vault)[0],
        email=address,
        role=post.role,
        municipality_id=post.municipality,
        provider_id=post.provider,
        invited_by=str(actor),
        created_at=now,
        expires_at=now + policy.invitation_life,
    )
    return IssuedInvitation(invitation.id, token, invitation.expires_at)


async def withdraw_invitation(invitation_id: int, *, actor: Actor, now: datetime) -> None:
    """Nobody can take the post any more; raises InvitationInvalid, for a stranger's invitation too."""
    invitation = await Invitation.get_or_none(id=invitation_id, used_at=None, expires_at__gt=now)
    if invitation is None or not may_appoint(actor, post_of(invitation)):
        raise InvitationInvalid
    await Invitation.filter(id=invitation_id, used_at=None).update(expires_at=now)


async def read_invitation(token: str, *, now: datetime, vault: Vault) -> OpenInvitation:
    """What the token offers; raises InvitationInvalid."""
    invitation = await open_invitation(token, now, vault)
    account = await Account.get_or_none(email=invitation.email)
    has_password = account is not None and account.password_hash is not None
    return OpenInvitation(invitation.email, post_of(invitation), account is not None, has_password)


async def accept_invitation(
    token: str, *, name: str, password: str, address: str, now: datetime, vault: Vault, policy: AccountPolicy
) -> int:
    """Take the post, with a new account or, by its own password, with the one that the mail address has.

    The answer is the account. Raises InvitationInvalid; NameInvalid or a PasswordUnfit for a new account; what
    `sign_in` raises for an existing one; EmailTaken or MembershipExists.
    """
    invitation = await open_invitation(token, now, vault)
    if await Account.exists(email=invitation.email):
        owner = await prove_password(invitation.email, password, address=address, now=now, vault=vault, policy=policy)
        return await take_invitation(invitation, owner, now)
    newcomer = Account(email=invitation.email, name=clean_name(name), created_at=now)
    place = await organisation_name(post_of(invitation)) or ""
    known = [invitation.email, newcomer.name, place]
    await check_password(password, known=known, leaked=policy.leaked_passwords)
    newcomer.password_hash = await hash_password(password)
    return await take_invitation(invitation, newcomer, now)


async def join(token: str, account_id: int, *, now: datetime, vault: Vault) -> None:
    """Take the post with the account that is signed in; raises InvitationInvalid, NotPermitted or MembershipExists."""
    invitation = await open_invitation(token, now, vault)
    account = await Account.get_or_none(id=account_id, disabled_at=None)
    if account is None:
        raise NotPermitted
    await take_invitation(invitation, account, now)


async def open_invitation(token: str, now: datetime, vault: Vault) -> Invitation:
    """The invitation itself; raises InvitationInvalid."""
    invitation = await Invitation.get_or_none(digest__in=_digests(token, vault), used_at=None, expires_at__gt=now)
    if invitation is None:
        raise InvitationInvalid
    return invitation


async def take_invitation(invitation: Invitation, account: Account, now: datetime) -> int:
    """Use the invitation first: of two who take it at once, the second waits here and finds it gone."""
    async with transaction():
        unused = Invitation.filter(id=invitation.id, used_at=None, expires_at__gt=now)
        if not await unused.update(used_at=now):
            raise InvitationInvalid
        if account.pk is None:
            await account.save()
        await hold_post(account.id, post_of(invitation), by=invitation.invited_by, now=now)
    return account.id


def post_of(invitation: Invitation) -> Post:
    """What is offered."""
    return Post(invitation.role, invitation.municipality_id, invitation.provider_id)


def _digests(token: str, vault: Vault) -> list[str]:
    return vault.digests("invitation", token)
