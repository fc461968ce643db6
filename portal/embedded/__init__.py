"""The private PostgreSQL: a server of our own in a data folder, reached over a unix socket only.

    with start(Path(".data")) as server:
        ...                                  # server.url is the address of the database "genvej"

A data folder holds `postgres/` (the cluster), `postgres.log` and two lock files. Everything here uses only the
standard library, since the tests' server is started before anything else is certain to be installed.

Who may connect: the socket lies in the cluster's own folder, which only the server's user (and root) can enter, and
is itself closed to all others. Whoever reaches it could read the data files as well, so no password is asked.
"""

from portal.embedded.errors import EmbeddedError
from portal.embedded.scratch import scratch
from portal.embedded.server import DEFAULT_DATA, Server, erase, start

__all__ = ["DEFAULT_DATA", "EmbeddedError", "Server", "erase", "scratch", "start"]
