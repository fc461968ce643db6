"""The keys of an organisation's programs, as its own people see, make and end them."""

from datetime import datetime
from typing import ClassVar

from providers.actors import Actor
from providers.api_keys import KeyUnknown, make_key, revoke_key
from providers.errors import GenvejError
from providers.models import ApiKey, ApiScope
from providers.vault import Vault
from providers.words import N_

LONGEST_NAME = 80
_MOST = 200


class KeyNameMissing(GenvejError):
    code: ClassVar[str] = "key_name_missing"
    message: ClassVar[str] = N_("Skriv, hvilket program nøglen er til.")


class KeyScopeNotChosen(GenvejError):
    code: ClassVar[str] = "key_scope_not_chosen"
    message: ClassVar[str] = N_("Vælg, hvad programmet må.")


def scopes_of(actor: Actor) -> tuple[ApiScope, ...]:
    """What a program of the actor's organisation can be let in to."""
    return (ApiScope.REPORTS, ApiScope.PLANS) if actor.scope.municipality else (ApiScope.SLOTS,)


async def keys_of(actor: Actor) -> list[ApiKey]:
    """Those of the actor's organisation, the newest first, with those that have ended; never what they are."""
    return await ApiKey.filter(**_whose(actor)).order_by("-id").limit(_MOST)


async def make_own_key(
    name: str, scopes: set[ApiScope], *, actor: Actor, now: datetime, vault: Vault
) -> tuple[ApiKey, str]:
    """A new key with its text, which nobody can be shown again. Raises KeyNameMissing and KeyScopeNotChosen."""
    if not name:
        raise KeyNameMissing
    wanted = scopes & set(scopes_of(actor))
    if not wanted:
        raise KeyScopeNotChosen
    whose = actor.scope
    return await make_key(
        name, wanted, municipality=whose.municipality, provider=whose.provider, actor=actor, now=now, vault=vault
    )


async def end_own_key(key_id: int, *, actor: Actor, now: datetime) -> ApiKey:
    """End a key at once. Raises KeyUnknown, for another organisation's as for none."""
    if not await ApiKey.filter(id=key_id, **_whose(actor)).exists():
        raise KeyUnknown
    return await revoke_key(key_id, actor=actor, now=now)


def _whose(actor: Actor) -> dict[str, object]:
    """Raises KeyUnknown for somebody of no organisation."""
    if actor.scope.municipality is not None:
        return {"municipality_id": actor.scope.municipality}
    if actor.scope.provider is None:
        raise KeyUnknown
    return {"provider_id": actor.scope.provider}
