"""The tests' own ground: databases of their own, and no way off this machine."""

import socket
from urllib.parse import urlsplit

import pytest

from providers.database import connected, execute, fetch_value
from tests.support.databases import Databases
from tests.support.network import ForeignConnection
from tests.support.reuse import Reused
from tests.support.worlds import a_plan


async def test_the_database_is_migrated_filled_and_used_as_its_owner(database: str) -> None:
    assert await fetch_value("SELECT count(*) FROM municipality WHERE code = '0101'") == 1
    assert await fetch_value("SELECT pg_get_userbyid(relowner) = current_user FROM pg_class WHERE relname = 'plan'")


async def test_the_apps_database_is_used_as_the_app(app_database: str) -> None:
    assert await fetch_value("SELECT current_user") == "genvej_app"


@pytest.mark.parametrize("attempt", [1, 2])
async def test_what_one_test_writes_no_other_sees(database: str, attempt: int) -> None:
    assert await fetch_value("SELECT count(*) FROM heartbeat") == 0
    await execute("INSERT INTO heartbeat VALUES ('worker', now())")


async def test_a_database_is_gone_afterwards(databases: Databases) -> None:
    async with databases.fresh() as url:
        name = urlsplit(url).path.lstrip("/")
        assert name in await databases.names()
    assert name not in await databases.names()


async def test_a_database_is_swept_for_the_next_test(databases: Databases) -> None:
    async with Reused.on(databases) as reused:
        for _ in range(2):
            async with reused.clean() as url, connected(url):
                assert (await a_plan()).id == 1
                used = url
        async with reused.clean() as url:
            assert url == used


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM postal_code WHERE code = '9990'",
        "UPDATE municipality SET name = 'X'",
        "DROP TRIGGER audit_entry_append_only ON audit_entry",
    ],
)
async def test_what_cannot_be_swept_is_not_used_again(databases: Databases, change: str) -> None:
    async with Reused.on(databases) as reused:
        async with reused.clean() as changed, connected(changed):
            await execute(change)
        async with reused.clean() as url:
            assert url != changed
        assert urlsplit(changed).path.lstrip("/") not in await databases.names()


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1"])
def test_an_address_elsewhere_is_refused(host: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as client, pytest.raises(ForeignConnection):
        client.connect((host, 80))


def test_a_name_elsewhere_is_not_even_looked_up() -> None:
    with pytest.raises(ForeignConnection):
        socket.getaddrinfo("portal.example", 80)


def test_this_machine_is_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()
