"""`python3 -m portal test`: the tests, with a server of their own."""

import os
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

from portal import embedded
from portal.setup.steps import step

ADDRESS = "GENVEJ_TEST_DATABASE_URL"
ADDRESSES = (ADDRESS, "DATABASE_URL")


def run_tests(root: Path, python: Path, arguments: Sequence[str]) -> int:
    """Run pytest with these arguments on the server the environment names, or on our own; return its exit code."""
    if given := next(filter(None, map(os.environ.get, ADDRESSES)), None):
        return _pytest(root, python, arguments, given)
    with step("PostgreSQL for the tests"):
        server = embedded.scratch()
    with server:
        return _pytest(root, python, arguments, server.address("postgres"))


def in_parallel(arguments: Sequence[str]) -> list[str]:
    """Three processes, unless the arguments say how many or ask for the debugger, which needs the terminal.

    One more than the cores of a small machine: now and then each waits for the database.
    """
    said = any(word.startswith(("-n", "--numprocesses", "--pdb", "--trace")) for word in arguments)
    return [*([] if said else ["-n", "3", "--dist", "worksteal"]), *arguments]


def _pytest(root: Path, python: Path, arguments: Sequence[str], address: str) -> int:
    command = [str(python), "-m", "pytest", *in_parallel(arguments)]
    with subprocess.Popen(command, cwd=root, env={**os.environ, ADDRESS: address}) as tests:  # noqa: S603 # nosec B603
        signal.signal(signal.SIGTERM, lambda *_: tests.terminate())
        while True:
            try:
                code = tests.wait()
            except KeyboardInterrupt:
                continue  # The terminal has told pytest as well, which ends in its own time and then has an exit code.
            return code if code >= 0 else 128 - code
