"""The set-up: from a fresh clone to an environment in which the commands run. Standard library only.

System packages → `.venv` with the locked Python packages → the npm packages of `static/`, and for the tests those of
`tests/`. Every step says what it does and how long it took; what is in place already is left alone and says nothing.
"""

import os
from collections.abc import Sequence
from pathlib import Path

from portal.embedded import locks
from portal.setup import frontend, packages, venv
from portal.setup.steps import SetupError, step
from portal.setup.testing import ADDRESSES as TEST_ADDRESSES

__all__ = ["SetupError", "prepare"]

# Each names a server to use instead of one of our own.
ADDRESSES = ("DATABASE_URL", "GENVEJ_DATABASE_URL", "GENVEJ_DATABASE_URL_FILE")


def prepare(root: Path, arguments: Sequence[str]) -> Path:
    """Set up what this command needs in the clone at `root`; return the Python to run it with. Raises SetupError."""
    testing = arguments[:1] == ["test"]
    only_help = not testing and (not arguments or "--help" in arguments)
    server = not any(map(os.environ.get, TEST_ADDRESSES if testing else ADDRESSES))
    # One at a time: two commands started at once must not build the same folders.
    if locks.taken(root):
        with step("Waiting for another command that is setting up"), locks.exclusive(root):
            pass
    with locks.exclusive(root):
        packages.ensure(packages.needed(server=server and not only_help, browser=testing, rest=not only_help))
        python = venv.ensure(root, testing=testing)
        if not only_help:
            frontend.ensure(root / "static", python)
        if testing:
            frontend.ensure(root / "tests", python)
    return python
