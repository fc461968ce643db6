"""The virtual environment in the clone, with the Python packages of the lock files."""

import os
import shutil
import sys
from pathlib import Path

from portal.setup import stamp
from portal.setup.steps import run, step

RUNTIME = "requirements.lock"
# Holds all of the runtime's lock as well.
TEST = "requirements-test.lock"


def ensure(root: Path, *, testing: bool) -> Path:
    """Make the environment unless it is there, and return its Python."""
    folder = root / ".venv"
    python = folder / "bin/python"
    runtime, test = (stamp.digest(folder, root / lock) for lock in (RUNTIME, TEST))
    has_runtime = python.exists() and stamp.has(folder, runtime)
    if has_runtime and (not testing or stamp.has(folder, test)):
        return python
    stamp.remove(folder)
    if not has_runtime:
        _make(folder)
    _install(root, python, TEST if testing else RUNTIME)
    stamp.write(folder, [runtime, test] if testing else [runtime])
    return python


def _make(folder: Path) -> None:
    with step("Virtual environment in .venv"):
        shutil.rmtree(folder, ignore_errors=True)
        # The interpreter itself: this may run inside the very environment that is being replaced.
        run([os.path.realpath(sys.executable), "-m", "venv", folder])


def _install(root: Path, python: Path, lock: str) -> None:
    install = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--quiet"]
    with step(f"Python packages of {lock}"):
        run([*install, "--require-hashes", "--only-binary=:all:", "-r", root / lock])
    with step("Genvej itself"):
        run([*install, "--no-build-isolation", "--no-deps", "--editable", root])
