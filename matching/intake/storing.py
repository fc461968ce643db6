"""Messages as they came, sealed and committed before anybody asks what they mean."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from matching.models import MessageSource
from providers.actors import Actor
from providers.database import execute, fetch, fetch_one, transaction
from providers.scope import Scope
from providers.vault import Vault

_ADD = """
INSERT INTO raw_message (municipality_id, source, name, body, digest, received_at, actor)
SELECT $1, $2, w.name, w.body, w.digest, $3, $4
FROM unnest($5::bytea[], $6::bytea[], $7::text[]) AS w(name, body, digest)
ORDER BY w.digest ON CONFLICT DO NOTHING
"""
_LIGHTLY = 1
"""The level of compression: XML and CSV shrink to a tenth, attachments cost little time."""


@dataclass(frozen=True, slots=True)
class File:
    """A message as somebody brought it; `name` is what they call it."""

    name: str
    body: bytes


async def store(
    files: Sequence[File], *, municipality: str | None, source: MessageSource, actor: Actor, now: datetime, vault: Vault
) -> list[int]:
    """The numbers under which the files are kept; a file that the municipality has brought before keeps its number."""
    digests = [_digest(file, municipality, vault) for file in files]
    async with transaction(Scope(municipality=municipality)):
        await execute(
            _ADD,
            municipality,
            source.value,
            now,
            str(actor),
            [vault.seal(file.name.encode("utf-8", "replace")[-200:]) for file in files],
            [vault.seal(zlib.compress(file.body, _LIGHTLY)) for file in files],
            digests,
        )
        kept = await fetch("SELECT id, digest FROM raw_message WHERE digest = ANY ($1)", digests)
    numbers = {record["digest"]: record["id"] for record in kept}
    return [numbers[digest] for digest in digests]


async def stored_file(raw_message_id: int, vault: Vault) -> File | None:
    """The message again, in the open transaction; None when it is not kept any more, or not for the caller to see."""
    kept = await fetch_one("SELECT name, body FROM raw_message WHERE id = $1", raw_message_id)
    if kept is None:
        return None
    return File(vault.open(kept["name"]).decode(), zlib.decompress(vault.open(kept["body"])))


def _digest(file: File, municipality: str | None, vault: Vault) -> str:
    """Two municipalities may bring the same file, and neither must learn of the other."""
    return vault.digest("raw_message", f"{municipality or ''}\x00{sha256(file.body).hexdigest()}")
