"""Where a client finds the server's socket. The server always puts it into the cluster's own folder."""

import os
import re
import socket
import tempfile
from pathlib import Path

from portal.embedded.errors import EmbeddedError

PORT = 5432
NAME = f".s.PGSQL.{PORT}"

# The kernel's limit for the path of a socket is 107 bytes on Linux and 103 on macOS.
LONGEST = 103


def reachable(cluster: Path) -> Path:
    """A folder under which a client can name the socket: the cluster, or a link to it when that is too long."""
    if fits(cluster):
        return cluster
    for parent in (tempfile.gettempdir(), "/tmp"):  # noqa: S108 # nosec B108
        link = Path(tempfile.mkdtemp(prefix="genvej-", dir=parent)) / "db"
        if fits(link):
            link.symlink_to(cluster)
            return link
        link.parent.rmdir()
    raise EmbeddedError("The path of the temporary directory is too long for a socket; set TMPDIR to a shorter one.")


def forget(folder: Path) -> None:
    """Remove the link that `reachable` made, if it made one."""
    if folder.is_symlink():
        folder.unlink()
        folder.parent.rmdir()


def fits(folder: Path) -> bool:
    """Whether the socket's path is short enough, and plain enough to stand in a database address."""
    path = str(folder / NAME)
    return len(os.fsencode(path)) <= LONGEST and re.fullmatch(r"[\w./+-]+", path, re.ASCII) is not None


def answers(folder: Path) -> bool:
    """Whether a server listens on the socket in this folder."""
    with socket.socket(socket.AF_UNIX) as client:
        try:
            client.connect(str(folder / NAME))
        except OSError:
            return False
    return True
