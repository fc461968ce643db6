"""A role where it is held, and who may give it to whom."""

from dataclasses import dataclass

from providers.accounts.errors import NotPermitted, OrganisationUnknown
from providers.actors import SYSTEM, Actor
from providers.errors import GenvejError
from providers.models import Municipality, Provider
from providers.roles import ROLES, OrganisationKind, Role, Terms
from providers.scope import Scope
from providers.words import N_


class RoleMisplaced(GenvejError):
    code = "role_misplaced"
    message = N_("Rollen passer ikke til organisationen.")
    constraint = "membership_role_fits_organisation"


@dataclass(frozen=True, slots=True)
class Post:
    """A role at a municipality (its code), at a provider (its number), or at neither. Raises RoleMisplaced."""

    role: Role
    municipality: str | None = None
    provider: int | None = None

    def __post_init__(self) -> None:
        if self.terms.organisation is not self._kind():
            raise RoleMisplaced

    @property
    def terms(self) -> Terms:
        """What the role means."""
        return ROLES[self.role]

    @property
    def organisation(self) -> str | None:
        """`municipality:0101` or `provider:12`, as actors and the look-up log name it."""
        kind = self.terms.organisation
        return None if kind is OrganisationKind.NONE else f"{kind}:{self.municipality or self.provider}"

    @property
    def scope(self) -> Scope:
        """Whose citizens the database shows to whoever holds it; nobody's to a post outside the organisations."""
        return Scope(municipality=self.municipality, provider=self.provider)

    def _kind(self) -> OrganisationKind | None:
        if self.municipality is not None:
            return OrganisationKind.MUNICIPALITY if self.provider is None else None
        return OrganisationKind.NONE if self.provider is None else OrganisationKind.PROVIDER


def may_appoint(actor: Actor, post: Post) -> bool:
    """Whether the actor may give and take a post: one of its own organisation, or any when it belongs to none."""
    if actor == SYSTEM:
        return True
    own = next((terms for role, terms in ROLES.items() if role == actor.role), None)
    if own is None or post.role not in own.appoints:
        return False
    return own.organisation is OrganisationKind.NONE or actor.organisation == post.organisation


async def check_appointment(actor: Actor, post: Post) -> None:
    """Raises NotPermitted, or OrganisationUnknown when there is no such place to hold a post at."""
    if not may_appoint(actor, post):
        raise NotPermitted
    if post.municipality is not None and not await Municipality.exists(code=post.municipality):
        raise OrganisationUnknown
    if post.provider is not None and not await Provider.exists(id=post.provider):
        raise OrganisationUnknown


async def organisation_name(post: Post) -> str | None:
    """The place of a post in words; None for a post outside the organisations."""
    if post.municipality is not None:
        return (await Municipality.get(code=post.municipality)).official_name
    return (await Provider.get(id=post.provider)).name if post.provider is not None else None
