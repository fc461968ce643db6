"""The look-up log's seals: what they cover, who makes them, and what is left to whom."""

import asyncio
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.audit import audit
from matching.auditing import blank_entries, seal_entries
from matching.auditing.hashing import NO_SEAL, entry_hash, personal_hash, seal_hash
from matching.auditing.verifying import Verdict
from matching.models import AuditEntry
from providers.actors import SYSTEM, Actor
from providers.database import APP_ROLE, WORKER_ROLE, connect, connected, execute, fetch, fetch_value, transaction
from tests.support.rows import undone
from tests.support.tampering import a_sealed_log, as_owner, faults, looks, sealed, verdict
from tests.support.worlds import NOW, VAULT, a_plan

TEXT = st.text(st.characters(exclude_characters="\0", codec="utf-8"), min_size=1, max_size=40)

CHANGES = [
    "UPDATE audit_entry SET result = 'ok'",
    "DELETE FROM audit_entry",
    "TRUNCATE audit_entry",
    "INSERT INTO audit_seal SELECT 9, 1, 1, 1, '{1}', '{1}', root, hash, sealed_at, root, mac FROM audit_seal",
    "UPDATE audit_seal SET hash = root",
    "DELETE FROM audit_seal",
    "TRUNCATE audit_seal",
    "INSERT INTO audit_unsealed VALUES (1)",
    "DELETE FROM audit_unsealed",
    "ALTER TABLE audit_entry DISABLE TRIGGER USER",
    "SET session_replication_role = replica",
    "CREATE OR REPLACE FUNCTION audit_personal_hash(audit_entry) RETURNS bytea LANGUAGE sql AS 'SELECT null::bytea'",
]


async def test_an_empty_log_is_whole(database: str) -> None:
    assert await sealed(database) == 0
    assert await verdict(database) == Verdict(head=NO_SEAL)


async def test_seals_cover_every_entry_in_batches(database: str) -> None:
    await looks(7)
    assert await sealed(database, most=3) == 7
    seals = await fetch("SELECT * FROM audit_seal ORDER BY id")
    assert [(seal["id"], seal["first_entry"], seal["last_entry"], seal["entries"]) for seal in seals] == [
        (1, 1, 3, 3),
        (2, 4, 6, 3),
        (3, 7, 7, 1),
    ]
    assert [seal["previous"] for seal in seals] == [NO_SEAL, seals[0]["hash"], seals[1]["hash"]]
    assert await verdict(database) == Verdict(seals=3, entries=7, head=seals[2]["hash"])


async def test_what_waits_for_its_seal_is_counted(database: str) -> None:
    await looks(2)
    assert await verdict(database) == Verdict(waiting=2)


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(TEXT, min_size=4, max_size=4), st.datetimes(timezones=st.just(UTC)))
async def test_the_database_and_the_check_compute_the_same_hashes(
    world: str, texts: list[str], moment: datetime
) -> None:
    person, organisation, criterion, purpose = texts
    async with undone():
        await audit(
            "looked",
            actor=Actor(person, "x", organisation),
            now=moment,
            purpose=purpose,
            criterion=criterion,
            result="Æ",
        )
        await execute("SET LOCAL ROLE NONE")
        (row,) = await fetch("SELECT e.*, audit_entry_hash(e) AS hash FROM audit_entry AS e ORDER BY id DESC LIMIT 1")
    assert (personal_hash(row), entry_hash(row)) == (row["personal_hash"], row["hash"])


async def test_a_seal_s_hash_is_computed_alike(database: str) -> None:
    await looks(2)
    await sealed(database)
    (seal,) = await fetch("SELECT * FROM audit_seal")
    assert seal_hash(seal) == seal["hash"]


async def test_equal_entries_have_unequal_hashes(database: str) -> None:
    """Who knows whom to look for cannot look for the hash."""
    await looks(1)
    await looks(1)
    hashes = await fetch("SELECT personal_hash FROM audit_entry")
    assert len({row["personal_hash"] for row in hashes}) == 2


async def test_an_entry_that_commits_late_is_sealed_later(database: str) -> None:
    slow = await connect(database, role=APP_ROLE)
    try:
        async with slow.transaction():
            await slow.execute(
                "INSERT INTO audit_entry (at, person, role, action, purpose, result)"
                " VALUES (now(), 'slow', 'caseworker', 'looked', 'guidance', 'ok')"
            )
            await looks(2)
            assert await sealed(database) == 2
            assert (await verdict(database)).faults == []
    finally:
        await slow.close()
    assert (await verdict(database)).waiting == 1
    assert await sealed(database) == 1
    assert await fetch("SELECT id, entry_ids FROM audit_seal ORDER BY id") == [(1, [2, 3]), (2, [1])]
    assert (await verdict(database)).faults == []


async def test_what_is_rolled_back_leaves_a_gap_and_no_fault(database: str) -> None:
    async with undone():
        await looks(1)
    await looks(1)
    assert await sealed(database) == 1
    assert await fetch_value("SELECT entry_ids FROM audit_seal") == [2]
    assert await faults(database) == []


async def test_whoever_writes_does_not_wait_for_the_sealer(database: str) -> None:
    await looks(1)
    sealer = await connect(database, role=WORKER_ROLE)
    try:
        async with sealer.transaction():
            ids, hashed = await sealer.fetchrow("SELECT * FROM draft_audit_seal($1, 10)", NOW)
            await sealer.execute("SELECT add_audit_seal($1, $2, $3, $4)", ids, NOW, hashed, bytes(32))
            async with transaction(lock_timeout_ms=1):
                await looks(1)
            assert await sealed(database) == 0, "a second sealer leaves it to the first"
    finally:
        await sealer.close()
    assert await sealed(database) == 1


async def test_many_sealers_and_writers_at_once_lose_nothing(database: str) -> None:
    async def seal() -> int:
        return await seal_entries(VAULT, NOW, most=2)

    async with connected(database, role=WORKER_ROLE):
        results = await asyncio.gather(*(looks(5) for _ in range(6)), *(seal() for _ in range(6)))
        assert sum(count or 0 for count in results) + await seal() == 30
    checked = await verdict(database)
    assert (checked.entries, checked.waiting, checked.faults) == (30, 0, [])


async def test_a_seal_other_than_the_signed_one_is_refused(database: str) -> None:
    await looks(2)
    async with connected(database, role=WORKER_ROLE):
        with pytest.raises(asyncpg.RestrictViolationError, match="not the one that was signed"):
            await execute("SELECT add_audit_seal('{1,2}', $1, $2, $2)", NOW, bytes(32))


@pytest.mark.parametrize("role", [APP_ROLE, WORKER_ROLE])
@pytest.mark.parametrize("change", CHANGES)
async def test_neither_the_app_nor_the_worker_can_change_anything(world: str, role: str, change: str) -> None:
    connection = await connect(world, role=role)
    try:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(change)
    finally:
        await connection.close()


@pytest.mark.parametrize("call", ["draft_audit_seal(now(), 9)", "blank_audit_entries(now(), NULL)"])
async def test_the_app_neither_seals_nor_blanks(clean_world: None, call: str) -> None:
    await execute("SET LOCAL ROLE genvej_app")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await execute(f"SELECT {call}")


async def test_the_owner_s_own_change_is_refused_while_the_triggers_stand(database: str) -> None:
    await a_sealed_log(database)
    for change in (
        "UPDATE audit_entry SET person = 'x'",
        "UPDATE audit_entry SET salt = NULL, person = '(blanked)', plan_id = NULL, criterion = NULL, result = 'x'",
        "UPDATE audit_entry SET salt = NULL",
        "UPDATE audit_seal SET sealed_at = now()",
        "DELETE FROM audit_seal",
    ):
        with pytest.raises(asyncpg.RestrictViolationError, match="is append-only"):
            await execute(change)


async def test_a_blanked_entry_still_proves_that_it_stood_there(database: str) -> None:
    plan_id = await a_sealed_log(database)
    await looks(1, plan_id=(await a_plan()).id)
    async with connected(database, role=WORKER_ROLE):
        later = NOW + timedelta(days=1)
        assert await blank_entries(before=NOW, plan_ids=[plan_id], actor=SYSTEM, now=later) == 0
        assert await blank_entries(before=later, plan_ids=[plan_id], actor=SYSTEM, now=later) == 9
        assert await blank_entries(before=later, plan_ids=[plan_id], actor=SYSTEM, now=later) == 0
    blanked = AuditEntry.filter(person="(blanked)")
    assert await blanked.values_list("plan_id", "criterion", "role") == [(None, None, "caseworker")] * 9
    assert await AuditEntry.filter(action="audit_blanked").values_list("result", flat=True) == ["9"]
    await execute("DELETE FROM plan WHERE id = $1", plan_id)
    await sealed(database)
    checked = await verdict(database)
    assert (checked.entries, checked.blanked, checked.faults) == (11, 9, [])


async def test_entries_without_a_plan_are_blanked_by_their_age(database: str) -> None:
    await looks(2)
    await looks(1, now=NOW + timedelta(days=2))
    async with connected(database, role=WORKER_ROLE):
        before = NOW + timedelta(days=1)
        assert await blank_entries(before=before, plan_ids=None, actor=SYSTEM, now=NOW + timedelta(days=3)) == 2
    assert await faults(database) == []


async def test_who_blanks_without_saying_so_is_found(database: str) -> None:
    await a_sealed_log(database)
    blank = (
        "UPDATE audit_entry SET salt = NULL, person = '(blanked)', plan_id = NULL, criterion = NULL WHERE id IN (2, 5)"
    )
    await as_owner(database, blank)
    assert await faults(database) == [("blanked_unrecorded", 2)]
