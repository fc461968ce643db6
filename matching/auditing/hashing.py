"""What the database computes for the look-up log's chain, computed a second time.

Whoever owns the database could replace its functions, so the check of the chain does not ask them. Both sides encode
the same JSON array; a test compares them on any text.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from providers.vault import Vault

NO_SEAL = bytes(32)
"""What stands for the hash of the seal before the first one."""

BLANKED = "(blanked)"
"""The person of an entry whose personal part retention has removed."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PURPOSE = "audit_seal"

Row = Mapping[str, Any]


def personal_hash(entry: Row) -> bytes:
    """Of the part that retention removes: who, which case, searched by what, and the salt."""
    salt = entry["salt"]
    return _hash([str(salt) if salt else None, entry["person"], entry["plan_id"], entry["criterion"]])


def entry_hash(entry: Row) -> bytes:
    """Of the whole entry: its public part, and the hash of the personal one."""
    return _hash(
        [
            entry["id"],
            _microseconds(entry["at"]),
            *(entry[name] for name in ("organisation", "role", "action", "purpose", "result")),
            entry["personal_hash"].hex(),
        ]
    )


def root_of(ids: Sequence[int], leaves: Sequence[bytes]) -> bytes:
    """Of a batch: each entry's number, followed by its hash."""
    pairs = zip(ids, leaves, strict=True)
    return hashlib.sha256(b"".join(number.to_bytes(8, "big", signed=True) + leaf for number, leaf in pairs)).digest()


def seal_hash(seal: Row) -> bytes:
    """Of a seal: its place in the chain, its batch, its time and the seal before it."""
    return _hash(
        [
            *(seal[name] for name in ("id", "first_entry", "last_entry", "entries")),
            seal["root"].hex(),
            seal["previous"].hex(),
            _microseconds(seal["sealed_at"]),
        ]
    )


def sign(vault: Vault, seal: bytes) -> bytes:
    """The signature under a seal's hash, which nobody can make who holds the database alone."""
    return vault.sign(_PURPOSE, seal.hex())


def signed_by(vault: Vault, seal: Row) -> str | None:
    """The name of the key that signed a seal, which may be an earlier one; None when it is none of ours."""
    return vault.signed_by(_PURPOSE, seal["hash"].hex(), seal["mac"])


def _hash(values: Sequence[object]) -> bytes:
    return hashlib.sha256(json.dumps(values, ensure_ascii=False).encode()).digest()


def _microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)
