"""The demo's staff: one of each role, who can be nobody else and have no password to guess."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from providers.accounts import Post, StaffMember, add_membership, memberships_of
from providers.accounts.errors import MembershipExists
from providers.actors import SYSTEM
from providers.database import fetch_value
from providers.models import Account
from providers.roles import ROLES, OrganisationKind, Role

MUNICIPALITY = "0101"


@dataclass(frozen=True, slots=True)
class _Person:
    name: str
    email: str
    roles: tuple[Role, ...]


_PEOPLE = (
    _Person("Vita Visitator (demo)", "visitator@kommune.example", (Role.VISITATOR,)),
    _Person("Lea Leder (demo)", "leder@kommune.example", (Role.MANAGER, Role.VISITATOR)),
    _Person("Klara Klinikejer (demo)", "ejer@klinik.example", (Role.CLINIC_OWNER,)),
    _Person("Palle Planlægger (demo)", "planlaegger@klinik.example", (Role.PLANNER,)),
    _Person("Tea Terapeut (demo)", "terapeut@klinik.example", (Role.THERAPIST,)),
    _Person("Gunnar Godkender (demo)", "godkender@genvej.example", (Role.APPROVER,)),
    _Person("Dina Drift (demo)", "drift@genvej.example", (Role.OPERATOR,)),
)


# Where they are already, or else where most citizens come, so that there is something to see.
_CLINIC = """
SELECT p.id FROM provider p
LEFT JOIN site s ON s.provider_id = p.id LEFT JOIN slot t ON t.site_id = s.id AND t.taken > 0
WHERE p.kind = 'private' GROUP BY p.id
ORDER BY EXISTS (
    SELECT FROM membership m JOIN account a ON a.id = m.account_id
    WHERE m.provider_id = p.id AND a.email = 'ejer@klinik.example'
) DESC, coalesce(sum(t.taken), 0) DESC, p.id LIMIT 1
"""


async def add_logins(now: datetime) -> None:
    """Make those of the demo's people, and of their posts, that are missing."""
    clinic = await fetch_value(_CLINIC)
    for person in _PEOPLE:
        values = {"name": person.name, "created_at": now}
        account, _ = await Account.get_or_create(values, email=person.email)
        for role in person.roles:
            if (post := _post(role, clinic)) is not None:
                with suppress(MembershipExists):
                    await add_membership(account.id, post, actor=SYSTEM, now=now)


async def demo_logins(now: datetime) -> list[StaffMember]:
    """The demo's people in the posts that they hold now: those for whom one press is enough."""
    accounts = await Account.filter(
        email__in=[person.email for person in _PEOPLE], name__endswith=" (demo)", disabled_at=None
    ).order_by("id")
    return [member for account in accounts for member in await memberships_of(account.id, now)]


def _post(role: Role, clinic: int | None) -> Post | None:
    """None in a country without any clinic."""
    match ROLES[role].organisation:
        case OrganisationKind.MUNICIPALITY:
            return Post(role, municipality=MUNICIPALITY)
        case OrganisationKind.PROVIDER:
            return Post(role, provider=clinic) if clinic else None
    return Post(role)
