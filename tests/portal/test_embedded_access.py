"""Who reaches the private PostgreSQL: its own user and root, whatever the folder looks like, and nobody else."""

import os
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from portal import embedded
from portal.embedded import account, endpoint, programs

pytestmark = pytest.mark.skipif(not programs.installed(), reason="no PostgreSQL with PostGIS is installed here")

NOBODY = 65534

only_as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root to become other users")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may enter, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def as_nobody(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the system's Python as another user."""
    return subprocess.run(
        ["/usr/bin/python3", *arguments],
        user=NOBODY,
        group=NOBODY,
        extra_groups=[],
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )


def same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()


async def connects(url: str) -> bool:
    connection = await asyncpg.connect(url)
    await connection.close()
    return True


async def test_the_socket_and_its_folder_are_closed_and_no_port_is_open(tmp_path: Path) -> None:
    with embedded.start(tmp_path, durable=False) as server:
        folder = tmp_path / "postgres"
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE((folder / endpoint.NAME).stat().st_mode) == 0o700
        assert folder.stat().st_uid == (folder / endpoint.NAME).stat().st_uid == account.owner()[0]
        connection = await asyncpg.connect(server.url)
        assert await connection.fetchval("SHOW listen_addresses") == ""
        await connection.close()


@pytest.mark.long
@only_as_root
def test_another_user_cannot_connect(open_folder: Path) -> None:
    program = (
        "import os, socket, sys\n"
        "print(os.listdir(sys.argv[1]))\n"
        "socket.socket(socket.AF_UNIX).connect(sys.argv[1] + '/postgres/' + sys.argv[2])"
    )
    with embedded.start(open_folder, durable=False):
        refused = as_nobody("-c", program, str(open_folder), endpoint.NAME)
    assert "postgres" in refused.stdout
    assert "PermissionError" in refused.stderr


@only_as_root
@pytest.mark.parametrize("mode", [0o700, 0o777])
@pytest.mark.long
async def test_root_may_keep_the_data_under_a_folder_of_any_mode(open_folder: Path, mode: int) -> None:
    home = open_folder / "home"
    home.mkdir()
    home.chmod(mode)
    with embedded.start(home / "data", durable=False) as server:
        assert await connects(server.url)
    assert stat.S_IMODE(home.stat().st_mode) == mode


@only_as_root
def test_an_ordinary_user_has_a_server_of_its_own_with_nothing_installed_but_python(open_folder: Path) -> None:
    code = Path(embedded.__file__).parents[1]
    shutil.copytree(code / "embedded", open_folder / "portal/embedded")
    os.chown(open_folder, NOBODY, NOBODY)
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from pathlib import Path; from portal import embedded\n"
        "with embedded.start(Path(sys.argv[1]) / 'data', durable=False) as server: print(server.url)"
    )
    done = as_nobody("-c", program, str(open_folder))
    assert done.stdout == f"postgresql://postgres@/genvej?host={open_folder}/data/postgres\n", done.stderr
    assert (open_folder / "data/postgres").stat().st_uid == NOBODY


@only_as_root
def test_a_cluster_of_another_user_is_refused_in_one_sentence(tmp_path: Path) -> None:
    embedded.start(tmp_path, durable=False).stop()
    os.chown(tmp_path / "postgres", NOBODY, NOBODY)
    with pytest.raises(embedded.EmbeddedError, match="belongs to another user"):
        embedded.start(tmp_path, durable=False)


@pytest.mark.long
async def test_a_path_too_long_for_a_socket_is_reached_by_a_short_link(tmp_path: Path) -> None:
    data = tmp_path / ("a long name, with a comma " * 5)
    with embedded.start(data, durable=False) as server:
        folder = Path(server.url.partition("host=")[2])
        assert endpoint.fits(folder)
        assert same(folder, data / "postgres")
        assert await connects(server.url)
    assert not folder.parent.exists()


@pytest.mark.long
async def test_the_environment_of_the_caller_does_not_reach_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGOPTIONS", "-c nonsense=1")
    monkeypatch.setenv("PGDATA", "/nowhere")
    with embedded.start(tmp_path, durable=False) as server:
        assert await connects(server.url)


def test_a_data_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(embedded.EmbeddedError, match="cannot be used as the data folder"):
        embedded.start(tmp_path / "file")


@pytest.mark.parametrize(
    ("folder", "fits"),
    [
        (Path("/" + "a" * 88), True),
        (Path("/" + "a" * 89), False),
        (Path("/" + "å" * 45), False),
        (Path("/with a space"), False),
        (Path("/with,comma"), False),
        (Path("/run/genvej-x_1/db"), True),
    ],
)
def test_a_socket_fits_when_its_path_has_at_most_103_plain_bytes(folder: Path, fits: bool) -> None:
    assert endpoint.fits(folder) is fits
