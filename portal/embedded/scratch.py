"""A server for one run of the tests: fast, forgetful and in a folder of its own."""

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from portal.embedded.errors import EmbeddedError
from portal.embedded.server import Server, abandoned, erase, start

_PREFIX = "genvej-test-"


def scratch() -> Server:
    """Start a server without durability in a new temporary folder, which `stop` removes. Raises EmbeddedError."""
    _sweep(Path(tempfile.gettempdir()))
    return start(Path(tempfile.mkdtemp(prefix=_PREFIX)), durable=False, temporary=True)


def _sweep(parent: Path) -> None:
    """Clear away what earlier runs left behind that were killed before they could."""
    for folder in parent.glob(f"{_PREFIX}*"):
        with suppress(OSError, EmbeddedError):
            if folder.lstat().st_uid == os.geteuid() and abandoned(folder):
                erase(folder)
                shutil.rmtree(folder, ignore_errors=True)
