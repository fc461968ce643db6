"""The keys of organisations' own programs: made, shown once, recognised, and ended."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from providers.accounts.errors import OrganisationUnknown
from providers.actors import Actor
from providers.database import execute, fetch_one, transaction
from providers.errors import GenvejError
from providers.models import ApiKey, ApiScope, Municipality, Provider
from providers.scope import Scope
from providers.vault import Vault
from providers.words import N_

LIFE = timedelta(days=365)
_PREFIX = "genvej_"
"""So that whoever finds a key in a file, or a machine that looks for such, knows what it is."""

# Noting each use would make every request a change.
_NOTED_AGAIN = timedelta(minutes=5)
_FIND = """
SELECT id, digest, municipality_id, provider_id, scopes, last_used_at FROM api_key
WHERE digest = ANY ($1) AND revoked_at IS NULL AND expires_at > $2
"""
_NOTE = "UPDATE api_key SET last_used_at = $2, digest = $3 WHERE id = $1"


class KeyRefused(GenvejError):
    code: ClassVar[str] = "key_refused"
    message: ClassVar[str] = N_("Nøglen gælder ikke. Den er ukendt, udløbet eller spærret.")


class KeyScopeMissing(GenvejError):
    code: ClassVar[str] = "key_scope_missing"
    message: ClassVar[str] = N_("Nøglen giver ikke adgang til det her.")


class KeyScopesUnfit(GenvejError):
    code: ClassVar[str] = "key_scopes_unfit"
    message: ClassVar[str] = N_("En kommunes nøgle kan give adgang til reports og plans, en leverandørs til slots.")
    constraint: ClassVar[str] = "api_key_scopes_fit_organisation"


class KeyUnknown(GenvejError):
    code: ClassVar[str] = "key_unknown"
    message: ClassVar[str] = N_("Nøglen findes ikke.")


@dataclass(frozen=True, slots=True)
class Holder:
    """A program that has shown a living key: of one municipality, or of one provider."""

    key: int
    municipality: str | None
    provider: int | None
    scopes: frozenset[str]

    @property
    def actor(self) -> Actor:
        """As the look-up log knows it, seeing its organisation's citizens."""
        place = f"municipality:{self.municipality}" if self.municipality else f"provider:{self.provider}"
        return Actor(f"key:{self.key}", "program", place, Scope(municipality=self.municipality, provider=self.provider))


async def make_key(
    name: str,
    scopes: set[ApiScope],
    *,
    municipality: str | None = None,
    provider: int | None = None,
    life: timedelta = LIFE,
    actor: Actor,
    now: datetime,
    vault: Vault,
) -> tuple[ApiKey, str]:
    """A new key with its text, which nobody can be shown again.

    Raises OrganisationUnknown, and KeyScopesUnfit for what such an organisation's program has no business with.
    """
    if municipality is not None and not await Municipality.exists(code=municipality):
        raise OrganisationUnknown
    if provider is not None and not await Provider.exists(id=provider):
        raise OrganisationUnknown
    text = _PREFIX + secrets.token_urlsafe(32)
    async with transaction():
        key = await ApiKey.create(
            name=name,
            digest=vault.digest("api_key", text),
            municipality_id=municipality,
            provider_id=provider,
            scopes=sorted(scopes),
            created_at=now,
            created_by=str(actor),
            expires_at=now + life,
        )
    return key, text


async def revoke_key(key_id: int, *, actor: Actor, now: datetime) -> ApiKey:
    """End a key at once; one that has ended stays as it was. Raises KeyUnknown."""
    async with transaction():
        key = await ApiKey.select_for_update().get_or_none(id=key_id)
        if key is None:
            raise KeyUnknown
        if key.revoked_at is None:
            key.revoked_at, key.revoked_by = now, str(actor)
            await key.save(update_fields=["revoked_at", "revoked_by"])
    return key


async def holder_of(text: str, *, now: datetime, vault: Vault) -> Holder:
    """Who shows this key; raises KeyRefused.

    A key whose hash was made with an earlier lookup key is as good, and gets a hash of the newest one.
    """
    digests = vault.digests("api_key", text)
    found = await fetch_one(_FIND, digests, now)
    if found is None:
        raise KeyRefused
    used = found["last_used_at"]
    if used is None or now - used > _NOTED_AGAIN or found["digest"] != digests[0]:
        await execute(_NOTE, found["id"], now, digests[0])
    return Holder(found["id"], found["municipality_id"], found["provider_id"], frozenset(found["scopes"]))
