"""Staff known by an OpenID Connect issuer's word: this person, working for this business.

The issuer says no more than that. Posts stay ours: an account is tied to the person when they take an invitation or,
signed in, say so; and a visit that the issuer opened is good for posts at that business only. Posts outside the
organisations are those of the portal's own people, who keep their password for the day when the issuer is down.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from providers.accounts.errors import (
    IdentityElsewhere,
    IdentityNotTied,
    InvitationElsewhere,
    NameInvalid,
)
from providers.accounts.invitations import open_invitation, post_of, take_invitation
from providers.accounts.members import memberships_of
from providers.accounts.people import clean_name
from providers.database import fetch, transaction
from providers.models import Account
from providers.roles import ROLES
from providers.vault import Vault

_PLACES = """
SELECT 'municipality:' || code AS place, official_name AS name FROM municipality WHERE cvr = $1
UNION ALL
SELECT 'provider:' || p.id, p.name FROM provider p LEFT JOIN municipality m ON m.code = p.municipality_id
WHERE (p.cvr = $1 OR m.cvr = $1) AND (p.p_number IS NULL OR p.p_number = $2)
ORDER BY 1
"""

_INVITERS = """
SELECT DISTINCT a.name, coalesce(t.official_name, p.name) AS organisation
FROM membership m JOIN account a ON a.id = m.account_id
LEFT JOIN municipality t ON t.code = m.municipality_id LEFT JOIN provider p ON p.id = m.provider_id
WHERE m.role = ANY ($1) AND (m.ended_at IS NULL OR m.ended_at > $3) AND a.disabled_at IS NULL
  AND ('municipality:' || m.municipality_id = ANY ($2) OR 'provider:' || m.provider_id = ANY ($2))
ORDER BY organisation, a.name
"""


@dataclass(frozen=True, slots=True)
class StaffIdentity:
    """`subject` is how `issuer` knows the person in this job; `cvr` and `p_number` are where they work."""

    issuer: str
    subject: str
    name: str
    cvr: str
    p_number: str | None = None


async def places_of(cvr: str, p_number: str | None) -> dict[str, str]:
    """The organisations of a business, as actors name them (`municipality:0101`), with their names; {} if unknown.

    A municipality's own providers are among its organisations.
    """
    return {row["place"]: row["name"] for row in await fetch(_PLACES, cvr, p_number)}


async def account_known_as(identity: StaffIdentity) -> int | None:
    """The open account that is tied to the person."""
    found = await Account.get_or_none(oidc_issuer=identity.issuer, oidc_subject=identity.subject, disabled_at=None)
    return found.id if found else None


async def inviters_at(places: list[str], now: datetime) -> list[tuple[str, str]]:
    """Who can offer posts there: name and organisation."""
    roles = [str(role) for role, terms in ROLES.items() if terms.appoints]
    return [(row["name"], row["organisation"]) for row in await fetch(_INVITERS, roles, places, now)]


async def accept_as(token: str, identity: StaffIdentity, *, now: datetime, vault: Vault) -> int:
    """Take an invitation's post with the account that is tied to the person, or with a new one that is.

    The answer is the account. Raises InvitationInvalid, InvitationElsewhere, IdentityNotTied when the invitation's
    address has an account that is not theirs by the issuer's word, IdentityTaken for a closed one, MembershipExists.
    """
    invitation = await open_invitation(token, now, vault)
    if post_of(invitation).organisation not in await places_of(identity.cvr, identity.p_number):
        raise InvitationElsewhere
    known = await account_known_as(identity)
    if known is not None:
        return await take_invitation(invitation, await Account.get(id=known), now)
    if await Account.exists(email=invitation.email):
        raise IdentityNotTied
    newcomer = Account(email=invitation.email, name=_name(identity, invitation.email), created_at=now)
    newcomer.oidc_issuer, newcomer.oidc_subject = identity.issuer, identity.subject
    return await take_invitation(invitation, newcomer, now)


async def tie_identity(account_id: int, identity: StaffIdentity, *, now: datetime) -> None:
    """From now on the person gets in by the issuer's word, too; raises IdentityElsewhere or IdentityTaken."""
    places = await places_of(identity.cvr, identity.p_number)
    if not any(member.post.organisation in places for member in await memberships_of(account_id, now)):
        raise IdentityElsewhere
    async with transaction():
        account = Account.filter(id=account_id, disabled_at=None)
        await account.update(oidc_issuer=identity.issuer, oidc_subject=identity.subject)


def _name(identity: StaffIdentity, email: str) -> str:
    """The issuer's name for the person; their address if that cannot stand as a name."""
    with suppress(NameInvalid):
        return clean_name(identity.name)
    return email
