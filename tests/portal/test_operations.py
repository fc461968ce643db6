"""/healthz and /readyz: what the machines that watch over this one are told."""

from datetime import timedelta
from urllib.parse import urlsplit

import httpx

from portal.operations import WORKER_SILENT
from providers.database import connect
from providers.heartbeats import beat
from tests.support.apps import Clock
from tests.support.counting import statements
from tests.support.worlds import NOW

READY = {"database": True, "migrations": True, "worker": True}


async def ready(api: httpx.AsyncClient) -> tuple[int, object]:
    response = await api.get("/readyz")
    body = response.json()
    assert body["status"] == ("ready" if response.status_code == 200 else "not ready")
    return response.status_code, body["checks"]


async def test_the_process_answers_without_asking_the_database(api: httpx.AsyncClient) -> None:
    async with statements() as sent:
        response = await api.get("/healthz")
    assert (response.status_code, response.json(), sent) == (200, {"status": "ok"}, [])
    assert response.headers["Cache-Control"] == "no-store"


async def test_ready_with_database_migrations_and_a_worker_seen_lately(api: httpx.AsyncClient) -> None:
    await beat("worker", NOW)
    assert await ready(api) == (200, READY)


async def test_not_ready_before_a_worker_was_seen(api: httpx.AsyncClient) -> None:
    await beat("receiver", NOW)
    assert await ready(api) == (503, READY | {"worker": False})


async def test_not_ready_when_the_worker_has_gone_silent(api: httpx.AsyncClient, clock: Clock) -> None:
    await beat("worker", NOW)
    clock.now += WORKER_SILENT - timedelta(seconds=1)
    assert await ready(api) == (200, READY)
    clock.now += timedelta(seconds=1)
    assert await ready(api) == (503, READY | {"worker": False})


async def test_not_ready_while_a_migration_is_missing(api: httpx.AsyncClient, database_url: str) -> None:
    await beat("worker", NOW)
    await _as_owner(
        database_url, "DELETE FROM tortoise_migrations WHERE id = (SELECT max(id) FROM tortoise_migrations)"
    )
    assert await ready(api) == (503, READY | {"migrations": False})


async def test_alive_but_not_ready_without_a_database(api: httpx.AsyncClient, database_url: str) -> None:
    name, server = urlsplit(database_url).path[1:], urlsplit(database_url)._replace(path="/postgres").geturl()
    await _as_owner(
        server,
        f"ALTER DATABASE {name} ALLOW_CONNECTIONS false",
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",
    )
    assert await ready(api) == (503, {"database": False, "migrations": False, "worker": False})
    assert (await api.get("/healthz")).status_code == 200


async def _as_owner(url: str, *commands: str) -> None:
    connection = await connect(url)
    try:
        for command in commands:
            await connection.execute(command)
    finally:
        await connection.close()
