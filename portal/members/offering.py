"""Which post a form offers: at the asker's own organisation, or, by an operator, at any."""

from dataclasses import dataclass
from typing import ClassVar

from providers.accounts import Post
from providers.accounts.errors import OrganisationUnknown
from providers.actors import Actor
from providers.errors import GenvejError
from providers.models import Provider
from providers.roles import ROLES, OrganisationKind, Role
from providers.words import N_


class PostMissing(GenvejError):
    code: ClassVar[str] = "post_missing"
    message: ClassVar[str] = N_("Vælg, hvilken rolle personen skal have.")


@dataclass(frozen=True, slots=True)
class Offered:
    """As it was typed; `municipality` (a code) and `cvr` are asked of an operator only."""

    email: str = ""
    role: str = ""
    municipality: str = ""
    cvr: str = ""


async def post_offered(offered: Offered, actor: Actor) -> Post:
    """Raises PostMissing, or OrganisationUnknown. Whether the actor may give the post, `invite` says."""
    try:
        role = Role(offered.role)
    except ValueError as error:
        raise PostMissing from error
    match ROLES[role].organisation:
        case OrganisationKind.MUNICIPALITY:
            return Post(role, municipality=actor.scope.municipality or _code(offered.municipality))
        case OrganisationKind.PROVIDER:
            return Post(role, provider=actor.scope.provider or await _provider(offered.cvr))
    return Post(role)


def _code(text: str) -> str:
    if not text:
        raise OrganisationUnknown
    return text[:4]


async def _provider(cvr: str) -> int:
    figures = "".join(letter for letter in cvr if letter.isascii() and letter.isdigit())
    provider = await Provider.get_or_none(cvr=figures)
    if provider is None:
        raise OrganisationUnknown
    return int(provider.pk)
