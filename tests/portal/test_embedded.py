"""The private PostgreSQL, with real servers: it starts, is shared, ends, and comes back after every kind of end."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import asyncpg
import pytest

from portal import embedded
from portal.embedded import locks, programs

pytestmark = pytest.mark.skipif(not programs.installed(), reason="no PostgreSQL with PostGIS is installed here")

COMMAND = """
import sys
from pathlib import Path
from portal import embedded
with embedded.start(Path(sys.argv[1])) as server:
    print(server.url, flush=True)
    sys.stdin.read()
"""


@contextmanager
def command(data: Path) -> Iterator[subprocess.Popen[str]]:
    """Another command that uses the data folder until its input is closed."""
    with subprocess.Popen(
        [sys.executable, "-c", COMMAND, str(data)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process


def says(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def postmaster(data: Path) -> int:
    return int((data / "postgres/postmaster.pid").read_text().split()[0])


async def ask(url: str, question: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


async def test_a_new_folder_gets_a_database_that_knows_danish_letters_and_postgis(tmp_path: Path) -> None:
    with embedded.start(tmp_path / "new") as server:
        assert await ask(server.url, "SELECT current_database()") == "genvej"
        assert await ask(server.url, "SELECT lower('ÆØÅ')") == "æøå"
        assert await ask(server.url, "SELECT 1 FROM pg_available_extensions WHERE name = 'postgis'") == 1
        assert await ask(server.url, "SHOW fsync") == "on"


async def test_stop_ends_the_server_and_a_second_start_keeps_the_data(tmp_path: Path) -> None:
    with embedded.start(tmp_path, durable=False) as server:
        await ask(server.url, "CREATE TABLE kept AS SELECT 42 AS answer")
    assert not locks.taken(tmp_path / "postgres")
    assert not (tmp_path / "postgres/postmaster.pid").exists()
    server.stop()
    with embedded.start(tmp_path, durable=False) as server:
        assert await ask(server.url, "SELECT answer FROM kept") == 42


@pytest.mark.long
async def test_the_last_command_to_leave_ends_the_server(tmp_path: Path) -> None:
    first = embedded.start(tmp_path, durable=False)
    with command(tmp_path) as other:
        assert says(other)
        number = postmaster(tmp_path)
        first.stop()
        assert postmaster(tmp_path) == number
        assert await ask(first.url, "SELECT 1") == 1
        other.communicate()
    assert not locks.taken(tmp_path / "postgres")


def test_two_commands_started_at_once_on_an_empty_folder_share_one_server(tmp_path: Path) -> None:
    with command(tmp_path) as one, command(tmp_path) as other:
        assert says(one)
        assert says(other)
        one.communicate()
        assert locks.taken(tmp_path / "postgres")
        other.communicate()
    assert not locks.taken(tmp_path / "postgres")


@pytest.mark.long
async def test_the_server_of_a_killed_command_is_adopted(tmp_path: Path) -> None:
    with command(tmp_path) as killed:
        says(killed)
        killed.kill()
    number = postmaster(tmp_path)
    with embedded.start(tmp_path, durable=False) as server:
        assert postmaster(tmp_path) == number
        assert await ask(server.url, "SELECT 1") == 1
    assert not locks.taken(tmp_path / "postgres")


async def test_a_killed_server_starts_again_even_when_its_number_belongs_to_somebody_else(tmp_path: Path) -> None:
    with command(tmp_path) as killed:
        await ask(says(killed), "CREATE TABLE kept AS SELECT 42 AS answer")
        killed.kill()
        os.kill(postmaster(tmp_path), signal.SIGKILL)
    lock_file = tmp_path / "postgres/postmaster.pid"
    lock_file.write_text(lock_file.read_text().replace(str(postmaster(tmp_path)), str(os.getpid()), 1))
    with embedded.start(tmp_path, durable=False) as server:
        assert await ask(server.url, "SELECT answer FROM kept") == 42


@pytest.mark.long
async def test_a_cluster_that_was_never_finished_is_built_again(tmp_path: Path) -> None:
    unfinished = tmp_path / "postgres.new"
    unfinished.mkdir()
    (unfinished / "PG_VERSION").write_text("15")
    with embedded.start(tmp_path, durable=False) as server:
        assert await ask(server.url, "SELECT 1") == 1
    assert not unfinished.exists()


@pytest.mark.long
async def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    embedded.start(tmp_path, durable=False).stop()
    (tmp_path / "postgres/global/pg_control").unlink()
    with pytest.raises(embedded.EmbeddedError, match=r"PostgreSQL ended at once: .*postgres.log"):
        embedded.start(tmp_path, durable=False)


@pytest.mark.long
def test_erase_leaves_a_server_in_use_alone(tmp_path: Path) -> None:
    server = embedded.start(tmp_path, durable=False)
    with pytest.raises(embedded.EmbeddedError, match="uses"):
        embedded.erase(tmp_path)
    server.stop()
    embedded.erase(tmp_path)
    assert not (tmp_path / "postgres").exists()


async def test_a_scratch_server_is_fast_and_leaves_nothing_behind() -> None:
    with embedded.scratch() as server:
        assert await ask(server.address("postgres"), "SHOW fsync") == "off"
    assert not server.data.exists()


@pytest.mark.long
def test_a_scratch_server_clears_away_what_a_killed_run_left(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    left = tmp_path / "genvej-test-left"
    with command(left) as killed:
        says(killed)
        killed.kill()
    with embedded.scratch():
        assert not left.exists()


@pytest.mark.long
def test_where_memory_is_scarce_a_scratch_server_keeps_to_the_disk(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=64 * 2**20))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with embedded.scratch() as server:
        assert server.data.parent == tmp_path
