"""The connection to PostgreSQL: the ORM's configuration, plain SQL beside it, and migrations.

Three database roles: the owner runs migrations and owns the tables, `genvej_app` serves pages and the API,
`genvej_worker` runs the jobs. A connection logs in with the address it is given and takes its role at once.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from typing import Any, TypeVar, cast
from urllib.parse import parse_qs, unquote, urlsplit

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.connection import get_connection
from tortoise.context import TortoiseContext
from tortoise.exceptions import IntegrityError
from tortoise.migrations.api.migrate import migrate as run_migrations
from tortoise.migrations.executor import MigrationExecutor
from tortoise.models import Model

from providers.errors import Busy, GenvejError
from providers.scope import NOBODY, Scope
from providers.transacting import orm_transaction

M = TypeVar("M", bound=Model)

APP_ROLE = "genvej_app"
WORKER_ROLE = "genvej_worker"

LOCK_TIMEOUT_MS = 3000
"""How long a transaction waits for a lock, unless it says so itself."""

# Two migrations at once would collide; the number is arbitrary and only has to be ours.
_MIGRATION_LOCK = 727_140


def orm_config(url: str, *, role: str | None = None, pool_size: int = 10) -> dict[str, Any]:
    """The ORM's configuration for an address such as `postgresql://user@/genvej?host=/run/x`."""
    parts = urlsplit(url)
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    credentials: dict[str, Any] = {
        "user": unquote(parts.username) if parts.username else None,
        "password": unquote(parts.password) if parts.password else None,
        "host": parts.hostname or query.pop("host", None),
        "port": parts.port or int(query.pop("port", 5432)),
        "database": unquote(parts.path.lstrip("/")),
        "minsize": 1,
        "maxsize": pool_size,
        "server_settings": session_settings(role),
        "reset": _leave_as_it_is,
        # The finder's statements are longer than what is kept prepared by itself, and planning them takes longer than
        # running them.
        "max_cacheable_statement_size": 0,
        "statement_cache_size": 300,
    }
    if sslmode := query.pop("sslmode", None):
        credentials["ssl"] = sslmode
    return {
        "connections": {"default": {"engine": "tortoise.backends.asyncpg", "credentials": credentials}},
        "apps": {
            "genvej": {
                "models": ["providers.models", "matching.models"],
                "migrations": "migrations",
                "default_connection": "default",
            }
        },
    }


def session_settings(role: str | None) -> dict[str, str]:
    """PostgreSQL's settings for a role's connections.

    Compiling a plan, or handing it to helpers, takes seconds where the pages' statements take milliseconds; and the
    finder's are run in less time than they are planned, which PostgreSQL else does anew or not by its estimates.
    """
    settings = {"jit": "off", "max_parallel_workers_per_gather": "0", "plan_cache_mode": "force_generic_plan"}
    quick = settings if role == APP_ROLE else {}
    return quick | ({"role": role} if role else {})


async def _leave_as_it_is(connection: asyncpg.Connection) -> None:
    """Between two users of a pooled connection the pool rolls back what is open, and nothing else needs undoing.

    Its own reset is a statement after each of ours. Settings are therefore only ever set for a transaction, advisory
    locks taken for one, and whoever listens has a connection from `connect`.
    """


@asynccontextmanager
async def connected(
    url: str, *, role: str | None = None, pool_size: int = 10, shared: bool = False
) -> AsyncIterator[TortoiseContext]:
    """The database, open while the block runs; `shared` makes it the one that every task of the process finds."""
    async with TortoiseContext() as context:
        config = orm_config(url, role=role, pool_size=pool_size)
        await context.init(config=config, _enable_global_fallback=shared)
        yield context


def client() -> AsyncpgDBClient:
    """The ORM's connection: inside a transaction, that transaction's."""
    return cast(AsyncpgDBClient, get_connection("default"))


async def fetch(query: str, *values: object) -> list[asyncpg.Record]:
    """Rows of one SQL statement, on the connection that the ORM would use."""
    async with client().acquire_connection() as connection:
        return cast("list[asyncpg.Record]", await connection.fetch(query, *values))


async def fetch_one(query: str, *values: object) -> asyncpg.Record | None:
    """The first row of one SQL statement, or nothing."""
    async with client().acquire_connection() as connection:
        return await connection.fetchrow(query, *values)


async def fetch_value(query: str, *values: object) -> Any:
    """The first column of the first row of one SQL statement."""
    async with client().acquire_connection() as connection:
        return await connection.fetchval(query, *values)


async def fetch_models(model: type[M], query: str, *values: object) -> list[M]:
    """Rows of one SQL statement as the ORM's objects; it must give every column of the model.

    Where many people wait: having the ORM write the statement costs three times what sending it does.
    """
    return [model._init_from_db(**record) for record in await fetch(query, *values)]


async def execute(query: str, *values: object) -> str:
    """Run one SQL statement; the answer is PostgreSQL's own, for instance `UPDATE 3`."""
    async with client().acquire_connection() as connection:
        return cast(str, await connection.execute(query, *values))


_BEGIN = """
SELECT set_config('lock_timeout', $1, true), set_config('transaction_read_only', $2, true),
       set_config('genvej.plan', $3, true), set_config('genvej.citizen', $4, true),
       set_config('genvej.municipality', $5, true), set_config('genvej.provider', $6, true),
       set_config('plan_cache_mode', CASE WHEN $7 THEN 'auto' ELSE current_setting('plan_cache_mode') END, true)
"""


@asynccontextmanager
async def transaction(
    scope: Scope = NOBODY, *, read_only: bool = False, lock_timeout_ms: int | None = None
) -> AsyncIterator[None]:
    """One READ COMMITTED transaction that sees the citizens of `scope` and waits for no lock longer than the limit.

    A broken constraint comes out as the error that carries its name, a lock not granted in time as `Busy`.
    """
    try:
        async with orm_transaction():
            mode = "on" if read_only else "off"
            wait = f"{LOCK_TIMEOUT_MS if lock_timeout_ms is None else lock_timeout_ms}ms"
            await execute(_BEGIN, wait, mode, *scope.settings(), scope.has_many_cases)
            yield
    except (IntegrityError, asyncpg.IntegrityConstraintViolationError) as error:
        raise _readable(error) from error
    except (asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError) as error:
        raise Busy from error


@asynccontextmanager
async def looking(scope: Scope) -> AsyncIterator[None]:
    """See the citizens of `scope`: in the open transaction, as far as that one may, or else in one of its own."""
    if in_a_transaction():
        yield
    else:
        async with transaction(scope, read_only=True):
            yield


# The settings are made before anything of the query is read: each row of a lateral part waits for the row before it,
# and nothing of either part is moved out of it (OFFSET). They end with the statement, which is its own transaction.
_SEEING = """
SELECT seen.* FROM (
    SELECT set_config('genvej.plan', ${first}, true) || set_config('genvej.citizen', ${second}, true)
        || set_config('genvej.municipality', ${third}, true) || set_config('genvej.provider', ${fourth}, true) AS set
    OFFSET 0
) scope CROSS JOIN LATERAL (SELECT asked.* FROM ({query}) asked WHERE scope.set IS NOT NULL OFFSET 0) seen
"""


async def fetch_seeing(scope: Scope, query: str, *values: object) -> list[asyncpg.Record]:
    """Rows of one query that sees the citizens of `scope`: in the open transaction, as far as that one may, or else
    in one statement, where four would open and end a transaction.
    """
    if in_a_transaction():
        return await fetch(query, *values)
    return await fetch(_seeing(query, len(values)), *values, *scope.settings())


@cache
def _seeing(query: str, values: int) -> str:
    numbers = dict(zip(("first", "second", "third", "fourth"), range(values + 1, values + 5), strict=True))
    return _SEEING.format(query=query, **numbers)


def in_a_transaction() -> bool:
    """Whether the caller's statements are part of an open transaction."""
    return isinstance(client(), TransactionWrapper)


def _readable(error: Exception) -> Exception:
    cause = error.args[0] if isinstance(error, IntegrityError) else error
    known = GenvejError.by_constraint.get(getattr(cause, "constraint_name", None) or "")
    return known() if known else error


async def migrate(url: str) -> None:
    """Bring the database to the newest migration; a second caller waits for the first."""
    config = orm_config(url, pool_size=2)
    keeper = await asyncpg.connect(**_connect_arguments(config))
    try:
        await keeper.execute("SELECT pg_advisory_lock($1)", _MIGRATION_LOCK)
        async with TortoiseContext():
            await run_migrations(config=config)
            await client().close()
    finally:
        await keeper.close()


async def pending_migrations() -> list[str]:
    """Names of the migrations that the connected database still lacks; empty when it is up to date."""
    apps = orm_config("postgresql://")["apps"]
    plan = await MigrationExecutor(client(), apps).plan(None)
    return [str(step.migration.name) for step in plan]


async def connect(url: str, *, role: str | None = None) -> asyncpg.Connection:
    """One plain connection outside the pool, as the address's own user or in a role: for COPY, LISTEN, maintenance."""
    return await asyncpg.connect(**_connect_arguments(orm_config(url, role=role)))


def _connect_arguments(config: dict[str, Any]) -> dict[str, Any]:
    credentials: dict[str, Any] = config["connections"]["default"]["credentials"]
    return {key: value for key, value in credentials.items() if key not in {"minsize", "maxsize", "reset"}}
