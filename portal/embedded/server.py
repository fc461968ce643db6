"""Start and stop: several commands may use one data folder, and the last one to leave ends the server."""

import atexit
import os
import shutil
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from portal.embedded import cluster as clusters
from portal.embedded import endpoint, locks, postmaster
from portal.embedded.errors import EmbeddedError

# In the clone, beside the code.
DEFAULT_DATA = Path(__file__).resolve().parents[2] / ".data"


class Server:
    """A running server, in use by this command until `stop`, at the latest until the command ends."""

    def __init__(self, data: Path, folder: Path, users: int, *, durable: bool, temporary: bool) -> None:
        """`folder` is where a client finds the socket, `users` the handle of the lock that says "in use"."""
        self.data = data
        self._durable = durable
        self._folder = folder
        self._users: int | None = users
        self._temporary = temporary
        atexit.register(self.stop)

    @property
    def url(self) -> str:
        """The address of Genvej's database for the server's superuser."""
        return self.address(clusters.DATABASE)

    def address(self, database: str) -> str:
        """The address of any database, such as `postgresql://postgres@/genvej?host=/a/b`."""
        return f"postgresql://{clusters.SUPERUSER}@/{database}?host={self._folder}"

    def restart(self) -> None:
        """End the server, whoever uses it, and start it again; whoever is connected loses the connection.

        As it was started, with or without durability.
        """
        with locks.exclusive(_starting(self.data)):
            postmaster.end(_cluster(self.data))
            programs = clusters.ensure(_cluster(self.data), durable=self._durable)
            postmaster.ensure(_cluster(self.data), self._folder, programs, durable=self._durable)

    def stop(self) -> None:
        """Leave the server, and end it when no other command uses it. A second call does nothing."""
        if self._users is None:
            return
        atexit.unregister(self.stop)
        os.close(self._users)
        self._users = None
        # When the data folder was removed under the server, it notices within a minute and ends by itself.
        with suppress(FileNotFoundError), locks.exclusive(_starting(self.data)):
            if not locks.taken(_users(self.data)):
                postmaster.end(_cluster(self.data))
        endpoint.forget(self._folder)
        if self._temporary:
            shutil.rmtree(self.data, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def start(data: Path, *, durable: bool = True, temporary: bool = False) -> Server:
    """Start the server of this data folder, or adopt the one that runs; make the cluster if there is none.

    Returns when the server answers. Without `durable` a crash of the machine may lose everything; a `temporary`
    data folder is removed at the end: both are for tests. Raises EmbeddedError.
    """
    data = _made(data.resolve())
    with locks.exclusive(_starting(data)):
        programs = clusters.ensure(_cluster(data), durable=durable)
        folder = endpoint.reachable(_cluster(data))
        try:
            postmaster.ensure(_cluster(data), folder, programs, durable=durable)
        except BaseException:
            endpoint.forget(folder)
            raise
        return Server(data, folder, locks.shared(_users(data)), durable=durable, temporary=temporary)


def erase(data: Path) -> None:
    """Remove the cluster of a data folder for good. Raises EmbeddedError when a command uses it."""
    data = data.resolve()
    if not data.exists():
        return
    with locks.exclusive(_starting(data)):
        if locks.taken(_users(data)):
            raise EmbeddedError(f"Another Genvej command uses {data}; end it first.")
        postmaster.end(_cluster(data))
        shutil.rmtree(_cluster(data), ignore_errors=True)


def abandoned(data: Path) -> bool:
    """Whether a server was started here and every command that used it has ended."""
    return _users(data).exists() and not locks.taken(_users(data))


def _made(data: Path) -> Path:
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        _starting(data).touch(mode=0o600)
    except OSError as error:
        raise EmbeddedError(f"{data} cannot be used as the data folder: {error.strerror}.") from error
    return data


def _cluster(data: Path) -> Path:
    return data / "postgres"


def _starting(data: Path) -> Path:
    return data / "starting.lock"


def _users(data: Path) -> Path:
    return data / "users.lock"
