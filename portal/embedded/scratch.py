"""A server for one run of the tests: fast, forgetful and in a folder of its own."""

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from portal.embedded.errors import EmbeddedError
from portal.embedded.server import Server, abandoned, erase, start

_PREFIX = "genvej-test-"
# Linux keeps this folder's files in memory. Making and dropping databases a thousand times is mostly the work of a
# file system, and of the disk under it.
_MEMORY = Path("/dev/shm")  # noqa: S108 # nosec B108
_PLENTY = 4 * 2**30


def scratch() -> Server:
    """Start a server without durability in a new temporary folder, which `stop` removes. Raises EmbeddedError."""
    for parent in (_MEMORY, Path(tempfile.gettempdir())):
        _sweep(parent)
    folder = tempfile.mkdtemp(prefix=_PREFIX, dir=_MEMORY if _has_room(_MEMORY) else None)
    return start(Path(folder), durable=False, temporary=True)


def _has_room(folder: Path) -> bool:
    """Whether bytes to spare are there; a container's share is often too small for a database."""
    return os.access(folder, os.W_OK) and shutil.disk_usage(folder).free > _PLENTY


def _sweep(parent: Path) -> None:
    """Clear away what earlier runs left behind that were killed before they could."""
    for folder in parent.glob(f"{_PREFIX}*"):
        with suppress(OSError, EmbeddedError):
            if folder.lstat().st_uid == os.geteuid() and abandoned(folder):
                erase(folder)
                shutil.rmtree(folder, ignore_errors=True)
