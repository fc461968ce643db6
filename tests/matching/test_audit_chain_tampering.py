"""An owner of the database who tampers with the look-up log, with every trigger off, is found out."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from matching.auditing import verify
from matching.auditing.hashing import root_of, seal_hash, sign
from providers.database import connected, execute, fetch
from providers.vault import Vault
from tests.support.databases import Databases
from tests.support.tampering import a_sealed_log, as_owner, faults, looks, sealed, verdict
from tests.support.worlds import FIELD_KEY, VAULT

FORGED = "INSERT INTO audit_entry (id, at, person, role, action, purpose, result, salt, personal_hash)"

SWAPPED = """
CREATE TEMP TABLE swapped AS SELECT * FROM audit_entry WHERE id IN (4, 5);
DELETE FROM audit_entry WHERE id IN (4, 5);
UPDATE swapped SET id = 9 - id;
INSERT INTO audit_entry SELECT * FROM swapped
"""

# What is done: what is found.
TAMPERED = {
    "UPDATE audit_entry SET result = 'refused' WHERE id = 5": [("entry_changed", 5)],
    "UPDATE audit_entry SET person = '4712' WHERE id = 5": [("entry_changed", 5)],
    "UPDATE audit_entry SET at = at - interval '1 microsecond' WHERE id = 5": [("entry_changed", 5)],
    "UPDATE audit_entry SET organisation = NULL WHERE id = 5": [("entry_changed", 5)],
    "UPDATE audit_entry SET plan_id = NULL WHERE id = 5": [("entry_changed", 5)],
    "UPDATE audit_entry SET salt = gen_random_uuid() WHERE id = 5": [("entry_changed", 5)],
    "UPDATE audit_entry SET salt = NULL WHERE id = 5": [("entry_changed", 5), ("blanked_unrecorded", 1)],
    "UPDATE audit_entry SET personal_hash = sha256('x') WHERE id = 5": [("entry_changed", 5)],
    "UPDATE audit_entry SET person = 'x' WHERE id = 5;"
    " UPDATE audit_entry e SET personal_hash = audit_personal_hash(e) WHERE id = 5": [("entry_changed", 5)],
    "DELETE FROM audit_entry WHERE id = 5": [("entry_missing", 5)],
    "DELETE FROM audit_entry WHERE id >= 8": [("entry_missing", 8), ("entry_missing", 9)],
    "UPDATE audit_entry SET id = 50 WHERE id = 5": [("entry_missing", 5), ("entry_added", 50)],
    SWAPPED: [("entry_changed", 4), ("entry_changed", 5)],
    f"{FORGED} VALUES (50, now(), 'x', 'x', 'x', 'x', 'x', gen_random_uuid(), 'x')": [("entry_added", 50)],
    f"{FORGED} VALUES (0, now(), 'x', 'x', 'x', 'x', 'x', gen_random_uuid(), 'x')": [("entry_added", 0)],
    "DELETE FROM audit_seal WHERE id = 1": [("seal_missing", 1), *(("entry_added", n) for n in (1, 2, 3))],
    "DELETE FROM audit_seal WHERE id = 2": [("seal_missing", 2), *(("entry_added", n) for n in (4, 5, 6))],
    "DELETE FROM audit_seal WHERE id = 3": [("entry_added", n) for n in (7, 8, 9)],
    "DELETE FROM audit_seal WHERE id = 2; DELETE FROM audit_entry WHERE id IN (4, 5, 6)": [("seal_missing", 2)],
    "DELETE FROM audit_seal WHERE id = 2; UPDATE audit_seal SET id = 2 WHERE id = 3": [
        ("seal_misplaced", 2),
        ("seal_changed", 2),
        *(("entry_added", n) for n in (4, 5, 6)),
    ],
    "UPDATE audit_seal SET id = 4 WHERE id = 2; UPDATE audit_seal SET id = 2 WHERE id = 3;"
    " UPDATE audit_seal SET id = 3 WHERE id = 4": [
        ("seal_misplaced", 2),
        ("seal_changed", 2),
        ("seal_misplaced", 3),
        ("seal_changed", 3),
    ],
    "UPDATE audit_seal SET sealed_at = sealed_at - interval '1 day' WHERE id = 2": [("seal_changed", 2)],
    "UPDATE audit_seal SET root = sha256('x') WHERE id = 2": [("seal_changed", 2)],
    "UPDATE audit_seal SET leaves[1] = sha256('x') WHERE id = 2": [("seal_changed", 2), ("entry_changed", 4)],
    "UPDATE audit_seal SET entry_ids = '{4,6,5}', last_entry = 5 WHERE id = 2": [
        ("seal_changed", 2),
        ("entry_changed", 6),
        ("entry_changed", 5),
    ],
    "UPDATE audit_seal SET entry_ids = '{4,5}', entries = 2, last_entry = 5 WHERE id = 2": [
        ("seal_changed", 2),
        ("entry_added", 6),
    ],
    "UPDATE audit_seal SET entry_ids = '{}', leaves = '{}', entries = 0 WHERE id = 2": [
        ("seal_changed", 2),
        *(("entry_added", n) for n in (4, 5, 6)),
    ],
    "UPDATE audit_seal SET first_entry = 1 WHERE id = 2": [("seal_changed", 2)],
    "UPDATE audit_seal SET mac = hash WHERE id = 2": [("seal_unsigned", 2)],
    "UPDATE audit_seal SET mac = 'x' WHERE id = 2": [("seal_unsigned", 2)],
    "UPDATE audit_seal SET previous = sha256('x') WHERE id = 2": [("seal_misplaced", 2), ("seal_changed", 2)],
    "UPDATE audit_seal SET hash = sha256('x') WHERE id = 2": [
        ("seal_changed", 2),
        ("seal_unsigned", 2),
        ("seal_misplaced", 3),
    ],
    "INSERT INTO audit_seal SELECT 0, first_entry, last_entry, entries, entry_ids, leaves, root, sha256('x'),"
    " sealed_at, hash, mac FROM audit_seal WHERE id = 1": [
        ("seal_misplaced", 0),
        ("seal_changed", 0),
        ("seal_misplaced", 1),
    ],
}


KEEP = """
CREATE TABLE kept_entry AS SELECT * FROM audit_entry;
CREATE TABLE kept_seal AS SELECT * FROM audit_seal;
ALTER TABLE audit_seal DROP CONSTRAINT audit_seal_signed
"""

RESTORE = """
TRUNCATE audit_entry, audit_seal;
INSERT INTO audit_entry SELECT * FROM kept_entry;
INSERT INTO audit_seal SELECT * FROM kept_seal
"""


@pytest_asyncio.fixture(scope="module")
async def kept_log(databases: Databases) -> AsyncIterator[str]:
    """One sealed log for the whole table of tamperings. A check constraint stops nobody who owns the table."""
    async with databases.fresh() as url, connected(url):
        await a_sealed_log(url)
        await as_owner(url, KEEP)
        yield url


@pytest.mark.parametrize("statements", TAMPERED)
async def test_what_is_done_is_found(kept_log: str, statements: str) -> None:
    await as_owner(kept_log, RESTORE)
    assert await faults(kept_log) == []
    await as_owner(kept_log, statements)
    assert await faults(kept_log) == TAMPERED[statements]


async def test_an_entry_removed_before_it_was_sealed_is_missed(database: str) -> None:
    await looks(3)
    await as_owner(database, "DELETE FROM audit_entry WHERE id = 2")
    assert await sealed(database) == 2
    assert await faults(database) == [("entry_missing", 2)]


async def test_the_database_s_own_functions_are_not_asked(database: str) -> None:
    """Else its owner could make them say what suits."""
    await a_sealed_log(database)
    lie = "CREATE OR REPLACE FUNCTION {}(entry audit_entry) RETURNS bytea LANGUAGE sql AS 'SELECT sha256(''x'')'"
    await as_owner(database, ";".join(lie.format(name) for name in ("audit_personal_hash", "audit_entry_hash")))
    assert await faults(database) == []
    await as_owner(database, "UPDATE audit_entry SET person = '4712', personal_hash = sha256('x') WHERE id = 5")
    assert await faults(database) == [("entry_changed", 5)]


async def test_a_chain_built_anew_without_the_key_is_found(database: str) -> None:
    """All hashes are right again after the fifth entry was taken out; only the signatures cannot be."""
    await a_sealed_log(database)
    await as_owner(database, "DELETE FROM audit_entry WHERE id = 5")
    await _build_anew(database, without=5, vault=Vault([FIELD_KEY], "a key that somebody else made up"))
    assert await faults(database) == [("seal_unsigned", 1), ("seal_unsigned", 2), ("seal_unsigned", 3)]


async def test_a_chain_built_anew_with_the_key_is_found_by_a_head_kept_elsewhere(database: str) -> None:
    await a_sealed_log(database)
    kept = (await verdict(database)).head
    await as_owner(database, "DELETE FROM audit_entry WHERE id = 5")
    await _build_anew(database, without=5, vault=VAULT)
    assert await faults(database) == [], "whoever has the database and the key can do this"
    assert [fault.kind for fault in (await verdict(database, kept)).faults] == ["head_missing"]


async def test_an_end_that_was_cut_off_is_found_by_a_head_kept_elsewhere(database: str) -> None:
    await a_sealed_log(database)
    kept = (await verdict(database)).head
    assert (await verdict(database, kept)).faults == []
    await looks(1)
    await sealed(database)
    assert (await verdict(database, kept)).faults == [], "the chain has only grown"
    await as_owner(database, "DELETE FROM audit_seal WHERE id >= 3; DELETE FROM audit_entry WHERE id >= 7")
    assert [fault.kind for fault in (await verdict(database, kept)).faults] == ["head_missing"]


async def test_another_key_s_chain_is_not_ours(database: str) -> None:
    await a_sealed_log(database)
    checked = await verify(Vault([FIELD_KEY], "a key that somebody else made up"))
    assert [fault.kind for fault in checked.faults] == ["seal_unsigned"] * 3


async def _build_anew(url: str, *, without: int, vault: Vault) -> None:
    async with connected(url, pool_size=1):
        seals, previous = [dict(seal) for seal in await fetch("SELECT * FROM audit_seal ORDER BY id")], bytes(32)
        await execute("SET session_replication_role = replica")
        await execute("DELETE FROM audit_seal")
        for seal in seals:
            kept = [pair for pair in zip(seal["entry_ids"], seal["leaves"], strict=True) if pair[0] != without]
            seal["entry_ids"], seal["leaves"] = [number for number, _ in kept], [leaf for _, leaf in kept]
            seal |= {"entries": len(kept), "root": root_of(seal["entry_ids"], seal["leaves"]), "previous": previous}
            previous = seal["hash"] = seal_hash(seal)
            seal["mac"] = sign(vault, previous)
            places = ", ".join(f"${place}" for place in range(1, len(seal) + 1))
            await execute(f"INSERT INTO audit_seal ({', '.join(seal)}) VALUES ({places})", *seal.values())
