"""All checks, one after the other. One that cannot be made says why; the others go on."""

import os
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime
from pathlib import Path

import asyncpg

from portal.doctor import issuers, machine, roles, server, work
from portal.doctor.findings import Finding
from portal.settings import Settings
from providers.database import connect, connected

Check = Callable[[], Awaitable[Finding]]


async def examine(database_url: str | None, data: Path, clock: Callable[[], datetime]) -> list[Finding]:
    """Everything that can be looked at; without an address, everything but the database."""
    settings, findings = machine.check_settings(database_url or "postgresql://", os.environ)
    findings += [machine.check_files(data), machine.check_time_zones(), machine.check_front_end()]
    if settings is not None and settings.issuers:
        findings.append(await issuers.check_issuers(settings, clock()))
    if database_url is not None:
        findings += await _of_database(database_url, settings, clock)
    return findings


async def _of_database(url: str, settings: Settings | None, clock: Callable[[], datetime]) -> list[Finding]:
    if unreachable := await _unreachable(url):
        return [unreachable]
    async with connected(url, pool_size=1):
        return [await _made(name, check) for name, check in _checks(settings, clock)]


def _checks(settings: Settings | None, clock: Callable[[], datetime]) -> Iterator[tuple[str, Check]]:
    yield "database", server.check_version
    yield "extensions", server.check_extensions
    yield "projection", server.check_projection
    yield "server time", server.check_time_zones
    yield "migrations", server.check_migrations
    yield "roles", lambda: roles.check_roles(production=settings is not None and settings.production)
    yield "grants", roles.check_grants
    yield "rows", roles.check_rows
    yield "clock", lambda: work.check_clock(clock)
    yield "worker", lambda: work.check_worker(clock())
    yield "queue", lambda: work.check_queue(clock())
    if settings is not None:
        yield "messages", lambda: work.check_messages(settings, clock())
        yield "keys", lambda: work.check_keys(settings)
        if settings.issuers:
            yield "businesses", lambda: issuers.check_businesses(settings)


async def _made(name: str, check: Check) -> Finding:
    try:
        return await check()
    except Exception as error:
        # The ORM wraps the database's own error; what it says of a table that is missing is what a person needs.
        cause = error.args[0] if error.args and isinstance(error.args[0], Exception) else error
        return Finding(name, False, f"Cannot be looked at: {_first_line(cause)}. Run: genvej migrate")


async def _unreachable(url: str) -> Finding | None:
    try:
        connection = await connect(url)
    except (OSError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        return Finding("database", False, f"Cannot be reached: {_first_line(error)}. See to GENVEJ_DATABASE_URL.")
    await connection.close()
    return None


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
