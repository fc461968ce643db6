"""The worker at the queue: it listens, does what it is woken for, catches up, and ends in order."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path

import asyncpg
import structlog
from pgqueuer import PgQueuer
from pgqueuer.domain.errors import FailingListenerError

from matching.auditing import seal_entries
from matching.reports.delivery import deliver_due
from matching.reports.interpreting import interpret_waiting
from matching.reports.sending import Sender
from portal.messages.office import Office
from portal.messages.sending import send_due
from portal.worker.jobs import register, utc_now
from providers.database import WORKER_ROLE, connect

log = structlog.get_logger(__name__)

DATABASE_LOST = (
    OSError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.PostgresConnectionError,
    asyncpg.exceptions.InsufficientResourcesError,
    asyncpg.exceptions.OperatorInterventionError,
    FailingListenerError,
)
"""How a database that is gone, starting, full or cut off shows itself; anything else is an error of ours."""

_CLOSE_SECONDS = 2.0


async def run_queue(database_url: str, sender: Sender, office: Office, plan_folder: Path | None = None) -> None:
    """Send what is due, and listen for jobs until `sender.stop` is set; jobs under way are then finished.

    Raises one of `DATABASE_LOST` when the connection that listens breaks.
    """
    async with _listening(database_url) as connection:
        queue = PgQueuer.from_asyncpg_connection(connection)
        register(queue, sender, office, plan_folder)
        # Left to itself the queue would notice a cut connection only when it next has something to ask.
        connection.add_termination_listener(lambda _: queue.shutdown.set())
        catching_up = asyncio.create_task(_catch_up(sender, office))
        rounds = asyncio.create_task(_rounds(sender, queue.shutdown))
        stopping = asyncio.create_task(_pass_on(sender.stop, queue.shutdown))
        try:
            await queue.run(shutdown_on_listener_failure=True)
        finally:
            stopping.cancel()
            queue.shutdown.set()
            await asyncio.gather(catching_up, rounds)
        if not sender.stop.is_set():
            raise ConnectionResetError("the connection that listens was cut")


async def _catch_up(sender: Sender, office: Office) -> None:
    """What fell due while nobody listened does not wait for the next minute."""
    try:
        await seal_entries(sender.vault, utc_now())
        await interpret_waiting(now=utc_now(), vault=sender.vault)
        await send_due(office, utc_now)
    except Exception:
        log.exception("worker_could_not_catch_up")


async def _rounds(sender: Sender, over: asyncio.Event) -> None:
    """Look again and again for reports that are due: failed ones, and those that nobody was woken for.

    Every worker does, by itself: the queue gives the turn of a worker that was killed to another one only after a
    while, and reports are claimed one by one anyway.
    """
    while not over.is_set():
        try:
            await deliver_due(sender=sender, now=utc_now())
        except Exception:
            log.exception("reports_not_delivered")
        await pause(over, sender.pace.rounds)


async def pause(stop: asyncio.Event, length: timedelta) -> None:
    """Wait, but not once told to stop."""
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), length.total_seconds())


@asynccontextmanager
async def _listening(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection of the queue's own: LISTEN needs one that is never handed back to a pool."""
    connection = await connect(database_url, role=WORKER_ROLE)
    try:
        yield connection
    finally:
        with suppress(*DATABASE_LOST):
            await connection.close(timeout=_CLOSE_SECONDS)


async def _pass_on(stop: asyncio.Event, shutdown: asyncio.Event) -> None:
    await stop.wait()
    shutdown.set()
