"""The server's process: starting it, seeing whether it lives, ending it.

A living server is known by a lock on the cluster's folder: the handle that holds it is inherited by the server and
all its processes, so the kernel lets go of it when the last one has ended. A process number in a file would not do:
after `kill -9`, or in a new container, the same number may belong to somebody else.
"""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from portal.embedded import account, endpoint, locks
from portal.embedded.errors import EmbeddedError
from portal.embedded.tuning import server_settings

PATIENCE = 60.0
_PAUSE = 0.01

# A child is kept until it has been waited for, even when another command is the one that ends it.
_children: list[subprocess.Popen[bytes]] = []


def ensure(cluster: Path, folder: Path, programs: Path, *, durable: bool) -> None:
    """Adopt the server that lives in this cluster, or start one; return when it answers in `folder`."""
    started = False

    def ready() -> bool:
        nonlocal started
        if not locks.taken(cluster):
            if started:
                raise EmbeddedError(f"PostgreSQL ended at once: {_last_words(cluster)}")
            started = True
            _launch(cluster, programs, durable=durable)
        return _status(cluster).startswith("ready") and endpoint.answers(folder)

    if not _wait_for(ready):
        raise EmbeddedError(f"PostgreSQL did not become ready in {PATIENCE:.0f} seconds: {_last_words(cluster)}")


def end(cluster: Path) -> None:
    """End the server, if one lives: at the next statement's end, and if that takes too long, at once."""
    for how in (signal.SIGINT, signal.SIGQUIT):
        if locks.taken(cluster) and (lines := _lock_file(cluster)):
            os.kill(int(lines[0]), how)
        if _wait_for(lambda: not locks.taken(cluster)):
            break
    for child in _children.copy():
        if child.poll() is not None:
            _children.remove(child)


def _launch(cluster: Path, programs: Path, *, durable: bool) -> None:
    handle = locks.open_for_lock(cluster)
    locks.try_exclusive(handle)
    # The lock is ours, so these are left over from a server that was killed.
    for name in ("postmaster.pid", endpoint.NAME, f"{endpoint.NAME}.lock"):
        (cluster / name).unlink(missing_ok=True)
    command = [str(programs / "postgres"), "-D", account.path_for_server(cluster, handle)]
    command += [f"--{name}={value}" for name, value in server_settings(durable=durable).items()]
    _log(cluster).touch(mode=0o600)
    try:
        with _log(cluster).open("wb") as log:
            # A session of its own: Ctrl-C in the terminal is for us, and we end the server when we are done with it.
            options = account.process_options(handle) | {"start_new_session": True}
            _children.append(
                subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **options)  # noqa: S603 # nosec B603
            )
    finally:
        os.close(handle)


def _status(cluster: Path) -> str:
    """The eighth line of the server's lock file is its state: starting, ready, stopping."""
    lines = _lock_file(cluster)
    return lines[7] if len(lines) > 7 else ""


def _lock_file(cluster: Path) -> list[str]:
    try:
        return (cluster / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return []


def _log(cluster: Path) -> Path:
    return cluster.with_name("postgres.log")


def _last_words(cluster: Path) -> str:
    lines = _log(cluster).read_text(errors="replace").splitlines()
    return f"{lines[-1] if lines else 'it said nothing'} (more in {_log(cluster)})"


def _wait_for(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(_PAUSE)
    return True
