"""How long a process has worked, however many others want the processor: what a busy machine leaves unchanged."""

from pathlib import Path
from time import perf_counter

from providers.database import fetch_value


class Meter:
    """Milliseconds that PostgreSQL's process behind the one open connection has spent on a processor.

    Linux counts them for every process (`/proc/PID/schedstat`). Where it cannot be asked, or the server is on another
    machine, the clock on the wall has to do.
    """

    def __init__(self, account: Path | None) -> None:
        self._account = account

    @classmethod
    async def of_the_connection(cls) -> "Meter":
        """Only with a single connection."""
        account = Path(f"/proc/{await fetch_value('SELECT pg_backend_pid()')}/schedstat")
        beside = await fetch_value("SELECT inet_server_addr() IS NULL") and _is_there(account)
        return cls(account if beside else None)

    def read(self) -> float:
        """What it stands at; two readings have a difference."""
        if self._account is None:
            return perf_counter() * 1000
        return int(self._account.read_text().split()[0]) / 1_000_000


def _is_there(account: Path) -> bool:
    return account.exists()
