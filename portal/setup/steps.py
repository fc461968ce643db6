"""How a step of the set-up runs, shows itself and fails."""

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_TAIL = 15


class SetupError(RuntimeError):
    """The set-up cannot go on; the message says why and what to do."""


@contextmanager
def step(what: str) -> Iterator[None]:
    """Say what is being done, and when it is done how long it took. On stderr: stdout belongs to the command."""
    started = time.monotonic()
    sys.stderr.write(f"{what} … ")
    sys.stderr.flush()
    try:
        yield
    except BaseException:
        sys.stderr.write("failed\n")
        raise
    sys.stderr.write(f"{time.monotonic() - started:.1f} s\n")


def run(command: Sequence[str | Path], *, cwd: Path | None = None) -> None:
    """Run a program without showing what it says, unless it fails. Raises SetupError with its last lines."""
    done = outcome(command, cwd=cwd)
    if done.returncode:
        words = " ".join(str(word) for word in command)
        last = "\n".join(f"  {line}" for line in done.stdout.strip().splitlines()[-_TAIL:])
        raise SetupError(f"This failed: {words}\n{last}")


def outcome(command: Sequence[str | Path], *, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a program and return how it ended and all that it said."""
    return subprocess.run(  # noqa: S603 # nosec B603
        command,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
