"""Where keyed hashes lie, and which key made each: a hash begins with its key's name."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from providers.database import fetch
from providers.vault import NAME_LENGTH


@dataclass(frozen=True, slots=True)
class HashedColumn:
    """A column of hashes that `Vault.digest` has made; `alive` says which of them still mean something at $1."""

    table: str
    column: str
    alive: str

    @property
    def name(self) -> str:
        return f"{self.table}.{self.column}"


_LIVES = "revoked_at IS NULL AND expires_at > $1"
STAFF_HASHED = (
    HashedColumn("invitation", "digest", "used_at IS NULL AND expires_at > $1"),
    HashedColumn("account_reset", "digest", "digest IS NOT NULL AND used_at IS NULL AND expires_at > $1"),
    HashedColumn("recovery_code", "digest", "used_at IS NULL AND $1::timestamptz IS NOT NULL"),
    HashedColumn("api_key", "digest", _LIVES),
    HashedColumn("calendar_feed", "digest", "$1::timestamptz IS NOT NULL"),
)
"""Tokens and codes of the staff, and programs' keys, which are nowhere in clear."""


async def keys_of_hashes(column: HashedColumn, now: datetime) -> Counter[str]:
    """How many living hashes each key has made, by its name. Asked as the owner."""
    query = f"""
    SELECT left({column.column}, {NAME_LENGTH}) AS key, count(*) AS values FROM {column.table}
    WHERE {column.alive} GROUP BY 1
    """
    return Counter({record["key"]: record["values"] for record in await fetch(query, now)})
