"""The numbered migrations and the models say the same, and the database guards what the code relies on."""

import asyncio
import sys
import sysconfig
from asyncio.subprocess import PIPE, STDOUT
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import asyncpg
import pytest
from tortoise.context import require_context
from tortoise.fields.relational import ForeignKeyFieldInstance
from tortoise.migrations.autodetector import MigrationAutodetector
from tortoise.migrations.executor import MigrationExecutor
from tortoise.migrations.graph import MigrationKey
from tortoise.migrations.operations import RunSQL
from tortoise.models import Model

import matching.models
import migrations
import providers.models
from providers.database import (
    APP_ROLE,
    WORKER_ROLE,
    client,
    connect,
    connected,
    execute,
    fetch,
    migrate,
    orm_config,
    pending_migrations,
)
from tests.support.worlds import a_plan

NAMES = sorted(module.name for module in iter_modules(migrations.__path__))
SQUAWK = Path(sysconfig.get_path("scripts")) / "squawk"
APPS = orm_config("postgresql://")["apps"]
MODELS = [
    model
    for package in (providers.models, matching.models)
    for name in package.__all__
    if isinstance(model := getattr(package, name), type) and issubclass(model, Model)
]

# These make the tables of an empty database, in which nobody waits for a lock.
FOUNDING = [name for name in NAMES if name < "0006"]
LATER = [name for name in NAMES if name not in FOUNDING]
# Matters of taste that the ORM or the queue decides, and limits that `migrate` sets for the whole connection.
TASTE = (
    "prefer-bigint-over-int",
    "prefer-bigint-over-smallint",
    "prefer-identity",
    "prefer-text-field",
    "require-lock-timeout",
    "require-statement-timeout",
)
LOCKS = (
    "adding-field-with-default",
    "adding-required-field",
    "constraint-missing-not-valid",
    "require-concurrent-index-creation",
)

CHANGES = ("CREATE TABLE mine (id int)", "DROP TABLE slot", "TRUNCATE case_event", "DELETE FROM tortoise_migrations")


@pytest.mark.usefixtures("database")
async def test_no_model_has_changed_without_a_migration() -> None:
    apps = require_context().apps
    assert apps is not None
    assert [writer.as_string() for writer in await MigrationAutodetector(apps, APPS).changes()] == []


@pytest.mark.usefixtures("database")
async def test_nothing_is_pending_after_migrating() -> None:
    assert await pending_migrations() == []


@pytest.mark.long
async def test_two_migrations_at_once_wait_for_each_other(empty_database_url: str) -> None:
    async def in_a_process_of_its_own() -> int:
        code = "import asyncio, sys; from providers.database import migrate; asyncio.run(migrate(sys.argv[1]))"
        process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, empty_database_url)
        return await process.wait()

    assert set(await asyncio.gather(in_a_process_of_its_own(), in_a_process_of_its_own())) == {0}
    async with connected(empty_database_url):
        assert await pending_migrations() == []
        assert await fetch("SELECT count(*) AS times FROM tortoise_migrations GROUP BY name HAVING count(*) > 1") == []


async def test_migrating_again_changes_nothing(database_url: str) -> None:
    await migrate(database_url)
    async with connected(database_url):
        assert await pending_migrations() == []


@pytest.mark.usefixtures("database")
async def test_every_named_constraint_of_a_model_is_in_the_database() -> None:
    named = {constraint.name for model in MODELS for constraint in model._meta.constraints}
    # A unique constraint with a condition can only be an index in PostgreSQL.
    query = """
    SELECT conname AS name FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION SELECT indexrelid::regclass::text FROM pg_index WHERE indisunique
    """
    assert named - {record["name"] for record in await fetch(query)} == set()
    assert len(named) > 20


@pytest.mark.usefixtures("database")
async def test_every_constraint_is_valid() -> None:
    assert await fetch("SELECT conname FROM pg_constraint WHERE NOT convalidated") == []


@pytest.mark.usefixtures("database")
async def test_every_foreign_key_of_a_model_is_in_the_database() -> None:
    query = """
    SELECT conrelid::regclass::text AS name, attname AS field, confrelid::regclass::text AS target
    FROM pg_constraint JOIN pg_attribute ON attrelid = conrelid AND attnum = ANY (conkey) WHERE contype = 'f'
    """
    assert {tuple(record) for record in await fetch(query)} == set(_foreign_keys())


@pytest.mark.parametrize("role", [APP_ROLE, WORKER_ROLE, None])
async def test_nobody_changes_what_was_written_down(database_url: str, role: str | None) -> None:
    async with connected(database_url):
        await _write_down()
    refused = asyncpg.InsufficientPrivilegeError if role else asyncpg.RestrictViolationError
    async with _session(database_url, role) as session:
        for table in ("case_event", "audit_entry"):
            for change in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
                with pytest.raises(refused):
                    await session.execute(change)
            assert role or await session.fetchval(f"SELECT count(*) FROM {table}") == 1


@pytest.mark.parametrize("role", [APP_ROLE, WORKER_ROLE])
async def test_nobody_but_the_owner_changes_the_tables(database_url: str, role: str) -> None:
    changes = (
        "CREATE TABLE mine (id int)",
        "DROP TABLE slot",
        "TRUNCATE case_event",
        "DELETE FROM tortoise_migrations",
    )
    async with _session(database_url, role) as session:
        for change in changes:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await session.execute(change)


@pytest.mark.parametrize("name", FOUNDING)
async def test_the_founding_sql_by_hand_is_sound(name: str) -> None:
    operations = import_module(f"migrations.{name}").Migration.operations
    by_hand = [operation.sql for operation in operations if isinstance(operation, RunSQL)]
    await _lint([part for sql in by_hand for part in ([sql] if isinstance(sql, str) else sql)], *TASTE, *LOCKS)


@pytest.mark.usefixtures("database")
async def test_later_migrations_lock_no_table_for_long() -> None:
    async for name, sql in _what_each_runs():
        if name in LATER:
            await _lint(sql, *TASTE)


async def _what_each_runs() -> AsyncIterator[tuple[str, list[str]]]:
    """Every migration's statements in their order, as the ORM and we wrote them; none of them is run."""
    executor = MigrationExecutor(client(), APPS)
    await executor.loader.build_graph()
    state = await executor._project_state(set())
    for name in NAMES:
        migration = executor.loader.graph.nodes[MigrationKey("genvej", name)]
        editor = executor._schema_editor(collect_sql=True)
        assert migration is not None
        await migration.apply(state, schema_editor=editor)
        yield name, editor.collected_sql


async def _lint(parts: Sequence[str], *excluded: str) -> None:
    sql = "".join(part + "\n" if part.startswith("--") else part.rstrip("; \n") + ";\n" for part in parts)
    options = (
        "--assume-in-transaction",
        "--pg-version=15",
        f"--exclude={','.join(excluded)}",
        "--stdin-filepath=x.sql",
    )
    linter = await asyncio.create_subprocess_exec(SQUAWK, *options, stdin=PIPE, stdout=PIPE, stderr=STDOUT)
    answer, _ = await linter.communicate(sql.encode())
    assert linter.returncode == 0, answer.decode()


def _foreign_keys() -> Iterator[tuple[str, str, str]]:
    for model in MODELS:
        for field in model._meta.fields_map.values():
            if isinstance(field, ForeignKeyFieldInstance):
                yield model._meta.db_table, str(field.source_field), field.related_model._meta.db_table


@asynccontextmanager
async def _session(url: str, role: str | None) -> AsyncIterator[asyncpg.Connection]:
    connection = await connect(url, role=role)
    try:
        yield connection
    finally:
        await connection.close()


async def _write_down() -> None:
    plan = await a_plan()
    await execute(
        "INSERT INTO case_event (plan_id, sequence, kind, at, actor) VALUES ($1, 1, 'booked', now(), 'citizen')",
        plan.id,
    )
    await execute(
        "INSERT INTO audit_entry (at, person, role, action, plan_id, purpose, result)"
        " VALUES (now(), 'citizen', 'citizen', 'looked', $1, 'choice', 'ok')",
        plan.id,
    )
