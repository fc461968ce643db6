"""Where this machine keeps a PostgreSQL server that has PostGIS."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

from portal.embedded.errors import EmbeddedError

OLDEST = 15

# Debian and Ubuntu, Fedora, and Homebrew on both kinds of Mac.
_PLACES = (
    "usr/lib/postgresql/*/bin/postgres",
    "usr/bin/postgres",
    "opt/homebrew/opt/postgresql@*/bin/postgres",
    "usr/local/opt/postgresql@*/bin/postgres",
)


def folder_for(version: int | None) -> Path:
    """The folder of the server's programs: of this major version, or of the newest when there is no cluster yet."""
    found = installed()
    if not found:
        raise EmbeddedError(f"No PostgreSQL {OLDEST} or newer with PostGIS is installed.")
    if version is not None and version not in found:
        raise EmbeddedError(f"The data folder was made by PostgreSQL {version}, which is not installed with PostGIS.")
    return found[version or max(found)]


def installed() -> dict[int, Path]:
    """Major version → folder of programs, for each server that is new enough and has PostGIS."""
    servers = [server for place in _PLACES for server in Path("/").glob(place) if _has_postgis(server.parent)]
    versions = {_major(server): server.parent for server in servers}
    return {version: folder for version, folder in versions.items() if version >= OLDEST}


def _has_postgis(folder: Path) -> bool:
    return any((share / "extension/postgis.control").exists() for share in _shares(folder))


def _shares(folder: Path) -> Iterator[Path]:
    yield Path("/usr/share/postgresql") / folder.parent.name
    yield folder.parent / "share/pgsql"
    yield folder.parent / "share" / folder.parent.name


def _major(server: Path) -> int:
    """15 for a server that says `postgres (PostgreSQL) 15.18 (Debian 15.18-0)`."""
    said = subprocess.run([server, "--version"], capture_output=True, text=True, check=True).stdout  # noqa: S603 # nosec B603
    return int(said.split()[2].split(".")[0])
