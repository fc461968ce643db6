"""The user that the server runs as. PostgreSQL refuses to run as root, so root gives its rights away."""

import os
import pwd
from contextlib import suppress
from pathlib import Path
from typing import Any

from portal.embedded.errors import EmbeddedError

# The packages of Debian and Fedora make "postgres", macOS has "_postgres"; "nobody" is there everywhere.
_CANDIDATES = ("postgres", "_postgres", "nobody")

# Nothing of the caller's environment reaches the server: PGPORT or PGOPTIONS would change how it starts.
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}


def owner() -> tuple[int, int]:
    """User and group that own the cluster and run the server."""
    if os.geteuid() != 0:
        return os.geteuid(), os.getegid()
    for name in _CANDIDATES:
        with suppress(KeyError):
            entry = pwd.getpwnam(name)
            return entry.pw_uid, entry.pw_gid
    raise EmbeddedError("PostgreSQL does not run as root, and there is no user postgres or nobody to run it as.")


def process_options(handle: int) -> dict[str, Any]:
    """Arguments of `subprocess` for a program of the server that works in the folder opened as `handle`."""
    options: dict[str, Any] = {"pass_fds": [handle], "cwd": "/", "env": ENVIRONMENT}
    if os.geteuid() == 0:
        user, group = owner()
        options |= {"user": user, "group": group, "extra_groups": []}
    return options


def path_for_server(folder: Path, handle: int) -> str:
    """A path that leads the server to the folder opened as `handle`.

    A parent of the folder may be closed to the user that root drops to. The kernel's name of the open handle leads
    there all the same, and the server and all its processes inherit the handle.
    """
    by_handle = f"/proc/self/fd/{handle}"
    return by_handle if os.geteuid() == 0 and Path(by_handle).exists() else str(folder)
