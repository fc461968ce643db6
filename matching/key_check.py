"""Whether the keys at hand are those that sealed what is stored. Nobody is shown anything, so nothing is logged."""

from dataclasses import dataclass

from cryptography.fernet import InvalidToken

from matching.citizens import cpr_digests, open_citizen
from providers.database import fetch
from providers.vault import Vault

# The oldest and the newest: a key that was rotated away too early shows in the one, a wrong new one in the other.
_SAMPLE = """
(SELECT citizen, cpr_digest FROM plan ORDER BY id LIMIT $1)
UNION
(SELECT citizen, cpr_digest FROM plan ORDER BY id DESC LIMIT $1)
"""


@dataclass(frozen=True, slots=True)
class KeySample:
    """Of so many plans `looked_at`: `sealed` could not be opened, `unknown` have another key's digest."""

    looked_at: int
    sealed: int
    unknown: int


async def can_open(vault: Vault, *, each: int = 3) -> KeySample:
    """Try the keys on the `each` oldest and newest plans. Asked as the tables' owner, who sees all."""
    sealed, unknown = 0, 0
    records = await fetch(_SAMPLE, each)
    for record in records:
        try:
            citizen = open_citizen(record["citizen"], vault)
        except InvalidToken:
            sealed += 1
        else:
            unknown += record["cpr_digest"] not in cpr_digests(citizen.cpr, vault)
    return KeySample(len(records), sealed, unknown)
