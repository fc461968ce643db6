"""Advisory locks on files and folders. The kernel lets go of them when the last holder ends, however it ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold a lock alone while the block runs; wait for it."""
    handle = open_for_lock(path)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def shared(path: Path) -> int:
    """Hold a lock together with others until the returned handle is closed."""
    handle = open_for_lock(path)
    fcntl.flock(handle, fcntl.LOCK_SH)
    return handle


def taken(path: Path) -> bool:
    """Whether anybody holds a lock on this path."""
    if not path.exists():
        return False
    handle = open_for_lock(path)
    try:
        return not try_exclusive(handle)
    finally:
        os.close(handle)


def try_exclusive(handle: int) -> bool:
    """Take the lock on an open handle, or say no at once."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def open_for_lock(path: Path) -> int:
    """A handle on a folder, or on a file that is made when it is missing."""
    flags = os.O_RDONLY if path.is_dir() else os.O_RDWR | os.O_CREAT
    return os.open(path, flags, 0o600)
