"""Keys of organisations' programs: shown once, known by their hash, good for their scopes until they end."""

from datetime import timedelta

import asyncpg
import pytest

from providers.accounts.errors import OrganisationUnknown
from providers.actors import SYSTEM
from providers.api_keys import KeyRefused, KeyScopesUnfit, KeyUnknown, holder_of, make_key, revoke_key
from providers.database import execute
from providers.models import ApiKey, ApiScope
from providers.vault import Vault
from tests.support.refusals import refused
from tests.support.worlds import FIELD_KEY, HOME, LOOKUP_KEY, NOW, VAULT, a_provider

pytestmark = pytest.mark.usefixtures("clean_world")

REPORTS, PLANS, SLOTS = ApiScope
DAY = timedelta(days=1)

BAD_ROWS = {
    "api_key_digest_once": "INSERT INTO api_key (name, digest, municipality_id, scopes, created_at, created_by,"
    " expires_at) SELECT name, digest, municipality_id, scopes, created_at, created_by, expires_at FROM api_key",
    "api_key_has_one_organisation": "UPDATE api_key SET municipality_id = NULL",
    "api_key_scopes_fit_organisation": "UPDATE api_key SET scopes = '{plans,slots}'",
    "api_key_expires": "UPDATE api_key SET expires_at = created_at",
    "api_key_revoked_by_somebody": "UPDATE api_key SET revoked_at = created_at",
}


async def a_key(*scopes: ApiScope, vault: Vault = VAULT, life: timedelta = DAY) -> tuple[ApiKey, str]:
    opened = set(scopes or (REPORTS,))
    return await make_key("Prøve", opened, municipality=HOME, life=life, actor=SYSTEM, now=NOW, vault=vault)


@pytest.mark.parametrize("constraint", BAD_ROWS)
async def test_the_bad_row_meets_its_constraint(constraint: str) -> None:
    await a_key()
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as broken:
        await execute(BAD_ROWS[constraint])
    assert broken.value.constraint_name == constraint


async def test_a_key_is_good_until_it_expires_or_is_revoked_and_never_readable() -> None:
    key, text = await a_key(REPORTS, PLANS)
    assert text not in str(dict(await ApiKey.get(id=key.id)))
    holder = await holder_of(text, now=NOW, vault=VAULT)
    assert (holder.municipality, holder.scopes, holder.actor.scope.municipality) == (HOME, {REPORTS, PLANS}, HOME)
    assert str(holder.actor) == f"program:key:{key.id}"
    last = NOW + DAY - timedelta(seconds=1)
    await holder_of(text, now=last, vault=VAULT)
    assert (await ApiKey.get(id=key.id)).last_used_at == last
    for wrong in (text[:-1], text.upper(), "", "genvej_", "\x00", "💥"):
        async with refused(KeyRefused):
            await holder_of(wrong, now=NOW, vault=VAULT)
    async with refused(KeyRefused):
        await holder_of(text, now=NOW + DAY, vault=VAULT)
    await revoke_key(key.id, actor=SYSTEM, now=NOW)
    await revoke_key(key.id, actor=SYSTEM, now=last)
    assert (await ApiKey.get(id=key.id)).revoked_at == NOW, "what has ended stays as it was"
    async with refused(KeyRefused):
        await holder_of(text, now=NOW, vault=VAULT)


async def test_a_key_outlives_the_key_that_hashed_it() -> None:
    _, text = await a_key()
    newer = Vault([FIELD_KEY], "n" * 40, [LOOKUP_KEY])
    await holder_of(text, now=NOW, vault=newer)
    assert await holder_of(text, now=NOW, vault=Vault([FIELD_KEY], "n" * 40))


async def test_what_no_such_organisation_has_business_with_is_refused() -> None:
    provider = await a_provider()
    common = {"actor": SYSTEM, "now": NOW, "vault": VAULT}
    async with refused(KeyUnknown):
        await revoke_key(1, actor=SYSTEM, now=NOW)
    async with refused(OrganisationUnknown):
        await make_key("x", {REPORTS}, municipality="9999", **common)
    async with refused(OrganisationUnknown):
        await make_key("x", {SLOTS}, provider=provider.pk + 1, **common)
    await make_key("x", {SLOTS}, provider=provider.pk, **common)


@pytest.mark.parametrize("scopes", [set(), {SLOTS}, {REPORTS, SLOTS}])
async def test_scopes_fit_their_organisation(scopes: set[ApiScope]) -> None:
    with pytest.raises(KeyScopesUnfit):
        await make_key("x", scopes, municipality=HOME, actor=SYSTEM, now=NOW, vault=VAULT)
