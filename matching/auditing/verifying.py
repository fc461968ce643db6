"""The check of the look-up log: has anything been changed, removed, added or moved since it was sealed?"""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field

import asyncpg
from tortoise.transactions import in_transaction

from matching.auditing.faults import Fault, entry_faults, seal_faults
from matching.auditing.hashing import NO_SEAL
from providers.database import execute, fetch, fetch_value
from providers.vault import Vault

Progress = Callable[[str, int, int], None]
"""Called with the step's name, how many entries have been compared, and how many there are."""

# So many seals are read at a time, with all their entries.
_AT_ONCE = 50
_LOWEST = -(2**63)

_SEALS = "SELECT * FROM audit_seal WHERE id > $1 ORDER BY id LIMIT $2"
_ENTRIES = "SELECT * FROM audit_entry WHERE id = ANY ($1::bigint[])"

# Written with EXCEPT, which is never worse than a sort, whatever the planner believes about arrays.
_LOOSE = """
SELECT id FROM audit_entry EXCEPT SELECT entry_id FROM audit_unsealed EXCEPT SELECT unnest(entry_ids) FROM audit_seal
ORDER BY 1
"""
_LOST = "SELECT entry_id FROM audit_unsealed EXCEPT SELECT id FROM audit_entry ORDER BY 1"

_COUNTS = """
SELECT count(*) FILTER (WHERE salt IS NULL) AS blanked,
       coalesce(sum(result::numeric) FILTER (WHERE action = 'audit_blanked' AND result ~ '^[0-9]+$'), 0) AS recorded
FROM audit_entry
"""


@dataclass(slots=True)
class Verdict:
    """How much was compared, the hash of the newest seal, and what is wrong; nothing is when `faults` is empty."""

    seals: int = 0
    entries: int = 0
    blanked: int = 0
    waiting: int = 0
    head: bytes = NO_SEAL
    faults: list[Fault] = field(default_factory=list)


def unseen(step: str, done: int, total: int) -> None:
    """For those who do not watch."""


async def verify(vault: Vault, *, expected_head: bytes | None = None, progress: Progress = unseen) -> Verdict:
    """Compare every seal and every entry, as they are at one moment, with what was written; needs the owner's role.

    `expected_head` is a seal's hash that was kept elsewhere: it must still be in the chain, at whatever place.
    """
    verdict, last, met = Verdict(), 0, expected_head is None
    async with in_transaction("default"):
        await execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        total = int(await fetch_value("SELECT coalesce(sum(entries), 0) FROM audit_seal"))
        async for seals, entries in _batches():
            for seal in seals:
                verdict.faults += seal_faults(seal, last=last, head=verdict.head, vault=vault)
                verdict.faults += entry_faults(seal, entries)
                verdict.seals += 1
                verdict.entries += len(seal["entry_ids"])
                last, verdict.head = seal["id"], seal["hash"]
                met = met or verdict.head == expected_head
            progress("Sealed entries", verdict.entries, total)
        await _look_outside_the_seals(verdict)
    if not met:
        verdict.faults.append(Fault("head_missing"))
    return verdict


async def _batches() -> AsyncIterator[tuple[Sequence[asyncpg.Record], dict[int, asyncpg.Record]]]:
    """Seals in the order of their numbers, with the entries that they cover by number, as far as these are there."""
    after = _LOWEST
    while seals := await fetch(_SEALS, after, _AT_ONCE):
        numbers = [number for seal in seals for number in seal["entry_ids"]]
        yield seals, {entry["id"]: entry for entry in await fetch(_ENTRIES, numbers)}
        after = seals[-1]["id"]


async def _look_outside_the_seals(verdict: Verdict) -> None:
    """What no seal covers must wait for one, and what lost its personal part must be said to have lost it."""
    verdict.faults += [Fault("entry_added", number) for (number,) in await fetch(_LOOSE)]
    verdict.faults += [Fault("entry_missing", number) for (number,) in await fetch(_LOST)]
    verdict.waiting = await fetch_value("SELECT count(*) FROM audit_unsealed JOIN audit_entry ON id = entry_id")
    ((verdict.blanked, recorded),) = await fetch(_COUNTS)
    if verdict.blanked > recorded:
        verdict.faults.append(Fault("blanked_unrecorded", int(verdict.blanked - recorded)))
