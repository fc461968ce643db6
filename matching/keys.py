"""What the keys are used for: how much is under which, and all that can be brought under the newest.

Sealed values are sealed anew. The hash of a CPR number is made anew from the sealed number. The two codes of a letter,
invitations and recovery codes are nowhere in clear: their hashes keep their key until they are used or have expired.
Seals of the look-up log are never made anew, so the keys that signed them are needed for as long as it is checked.
Everything here is asked as the tables' owner.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

import asyncpg
from cryptography.fernet import InvalidToken

from matching.audit import audit
from matching.auditing.hashing import signed_by
from matching.citizens import cpr_digest, open_citizen
from providers.actors import Actor
from providers.approving.sealing import PAPERS, seal_papers
from providers.database import execute, fetch, fetch_value
from providers.hashed_columns import STAFF_HASHED, HashedColumn, keys_of_hashes
from providers.sealed_columns import BATCH, STAFF_SEALED, Progress, SealedColumn, keys_of_sealed, reseal
from providers.vault import Vault

SEALED = (
    SealedColumn("plan", "citizen"),
    SealedColumn("plan", "contents"),
    SealedColumn("course_note", "text"),
    SealedColumn("contact", "email"),
    SealedColumn("contact", "mobile"),
    SealedColumn("message", "content", "uuid"),
    SealedColumn("call_back", "person"),
    SealedColumn("raw_message", "name"),
    SealedColumn("raw_message", "body"),
    SealedColumn("report_channel", "secret"),
    SealedColumn("report_attempt", "body"),
    SealedColumn("inbound_message", "body"),
    PAPERS,
    *STAFF_SEALED,
)
"""Every column of sealed values; a test finds those that are missing here."""

_ALIVE = "revoked_at IS NULL AND expires_at > $1"
CPR = HashedColumn("plan", "cpr_digest", "cpr_digest <> '' AND $1::timestamptz IS NOT NULL")
HASHED = (
    CPR,
    HashedColumn("course_code", "digest", _ALIVE),
    HashedColumn("course_code", "access_digest", _ALIVE),
    *STAFF_HASHED,
)
SEALS = "audit_seal.mac"

_OTHERS = """
SELECT id, citizen, cpr_digest FROM plan WHERE NOT starts_with(cpr_digest, $1) AND id > $2 ORDER BY id LIMIT $3
"""
_REHASH = """
UPDATE plan p SET cpr_digest = v.fresh FROM unnest($1::bigint[], $2::text[], $3::text[]) AS v(id, was, fresh)
WHERE p.id = v.id AND p.cpr_digest = v.was
"""


@dataclass(frozen=True, slots=True)
class KeyUse:
    """Of one kind of value: how many are under which key, by its name; None = under no key of ours."""

    what: str
    keys: Counter[str | None]


@dataclass(frozen=True, slots=True)
class KeyUses:
    """All that is sealed, all that is hashed and still means something, and the signatures under the log's seals."""

    sealed: list[KeyUse]
    hashed: list[KeyUse]
    seals: KeyUse

    def unused_field_keys(self, vault: Vault) -> list[str]:
        """Earlier keys that seal nothing any more."""
        return [key for key in vault.field_keys[1:] if not _total(self.sealed, key)]

    def unused_lookup_keys(self, vault: Vault) -> list[str]:
        """Earlier keys that no living hash was made with; seals may still need them for being checked."""
        return [key for key in vault.lookup_keys[1:] if not _total(self.hashed, key)]

    @property
    def lost(self) -> int:
        """How many values are under no key of ours."""
        return _total([*self.sealed, *self.hashed, self.seals], None)


async def key_uses(vault: Vault, now: datetime, progress: Progress) -> KeyUses:
    """Look at every value that a key has made."""
    hashed = []
    for column in HASHED:
        counts = await keys_of_hashes(column, now)
        known = Counter({key if key in vault.lookup_keys else None: 0 for key in counts})
        for key, count in counts.items():
            known[key if key in vault.lookup_keys else None] += count
        hashed.append(KeyUse(column.name, known))
    sealed = [KeyUse(column.name, await keys_of_sealed(column, vault, progress)) for column in SEALED]
    return KeyUses(sealed, hashed, KeyUse(SEALS, await _keys_of_seals(vault, progress)))


async def rotate(vault: Vault, *, actor: Actor, now: datetime, progress: Progress, batch: int = BATCH) -> int:
    """Bring all that can be under the newest keys, beside a running portal; the answer counts what was not.

    May be broken off and called again.
    """
    moved = await seal_papers(vault)
    for column in SEALED:
        moved += await reseal(column, vault, progress, batch=batch)
    moved += await _rehash_cpr(vault, progress, batch)
    await audit("keys_rotated", actor=actor, now=now, purpose="security", result=str(moved))
    return moved


async def _rehash_cpr(vault: Vault, progress: Progress, batch: int) -> int:
    newest = vault.lookup_keys[0]
    total = int(await fetch_value("SELECT count(*) FROM plan WHERE NOT starts_with(cpr_digest, $1)", newest))
    moved, done, after = 0, 0, 0
    while rows := await fetch(_OTHERS, newest, after, batch):
        fresh = {row["id"]: digest for row in rows if (digest := _digest_of(row, vault))}
        were = [row["cpr_digest"] for row in rows if row["id"] in fresh]
        moved += int((await execute(_REHASH, list(fresh), were, list(fresh.values()))).removeprefix("UPDATE "))
        done, after = done + len(rows), rows[-1]["id"]
        progress(CPR.name, done, max(total, done))
    return moved


def _digest_of(plan: asyncpg.Record, vault: Vault) -> str | None:
    """Under the newest key; None when no key of ours opens the citizen."""
    try:
        return cpr_digest(open_citizen(plan["citizen"], vault).cpr, vault)
    except InvalidToken:
        return None


async def _keys_of_seals(vault: Vault, progress: Progress) -> Counter[str | None]:
    found, after = Counter[str | None](), 0
    total = int(await fetch_value("SELECT count(*) FROM audit_seal"))
    while seals := await fetch("SELECT id, hash, mac FROM audit_seal WHERE id > $1 ORDER BY id LIMIT 1000", after):
        found.update(signed_by(vault, seal) for seal in seals)
        after = seals[-1]["id"]
        progress(SEALS, found.total(), max(total, found.total()))
    return found


def _total(uses: list[KeyUse], key: str | None) -> int:
    return sum(use.keys[key] for use in uses)
