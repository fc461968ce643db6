"""The worker's jobs: woken by a number, or by the clock."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg
import structlog
from pgqueuer import Job, PgQueuer
from pgqueuer.domain.errors import FailingListenerError
from pgqueuer.models import Schedule

from matching.auditing import seal_entries
from matching.messages.queue import TELL
from matching.reports.delivery import deliver_due, deliver_plan
from matching.reports.inbound import INTERPRET
from matching.reports.interpreting import interpret, interpret_waiting
from matching.reports.outbox import DELIVER
from matching.reports.reconciling import reconcile
from matching.reports.sending import Sender
from matching.reports.trying import TRY, try_channel
from matching.watching import look_at_watches
from matching.worklists.digest import send_digests
from portal.messages.office import Office
from portal.messages.sending import send_due
from portal.worker.chores import count_in_time, forget_in_time, keep_sites_up, refresh_passed_offers, tidy_up
from portal.worker.plan_folder import take_in_folder
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

_EACH_MINUTE = "* * * * *"
_EACH_HOUR = "20 * * * *"
# By UTC, so that no hour of it is missing or there twice when clocks are set.
_EACH_NIGHT = "40 1 * * *"
# After the night's forgetting, so that the figures have been through it.
_LATER_EACH_NIGHT = "10 3 * * *"
_EACH_MORNING = "0 5 * * 1-5"
_CLOSE_SECONDS = 2.0


async def run_queue(database_url: str, sender: Sender, office: Office, plan_folder: Path | None = None) -> None:
    """Send what is due, and listen for jobs until `sender.stop` is set; jobs under way are then finished.

    Raises one of `DATABASE_LOST` when the connection that listens breaks.
    """
    async with _listening(database_url) as connection:
        queue = PgQueuer.from_asyncpg_connection(connection)
        _register(queue, sender, office)
        _register_slow(queue, sender)
        if plan_folder is not None:
            _watch(queue, sender, plan_folder)
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


def _register(queue: PgQueuer, sender: Sender, office: Office) -> None:
    @queue.entrypoint(DELIVER)
    async def deliver(job: Job) -> None:
        await deliver_plan(int(job.payload or b""), sender=sender, now=_now())

    @queue.entrypoint(TRY)
    async def try_one(job: Job) -> None:
        await try_channel(int(job.payload or b""), sender=sender, now=_now())

    @queue.entrypoint(INTERPRET)
    async def interpret_one(job: Job) -> None:
        municipality, _, number = (job.payload or b"").decode().partition(":")
        await interpret(int(number), municipality, now=_now(), vault=sender.vault)

    @queue.schedule("interpret_waiting", _EACH_MINUTE)
    async def interpret_rest(schedule: Schedule) -> None:
        await interpret_waiting(now=_now(), vault=sender.vault)

    @queue.entrypoint(TELL)
    async def tell(job: Job) -> None:
        await send_due(office, _now)

    @queue.schedule("tell_due", _EACH_MINUTE)
    async def remind(schedule: Schedule) -> None:
        await send_due(office, _now)

    @queue.schedule("look_at_watches", _EACH_MINUTE)
    async def look(schedule: Schedule) -> None:
        await look_at_watches(_now(), policy=sender.policy, vault=sender.vault)

    @queue.schedule("refresh_offers", _EACH_MINUTE)
    async def refresh(schedule: Schedule) -> None:
        # Nobody is given a time sooner than this, so the first free time is looked for from there.
        await refresh_passed_offers(_now() + sender.policy.notice)

    @queue.schedule("tidy_up", _EACH_MINUTE)
    async def tidy(schedule: Schedule) -> None:
        await tidy_up(_now())

    @queue.schedule("seal_audit", _EACH_MINUTE)
    async def seal(schedule: Schedule) -> None:
        await seal_entries(sender.vault, _now())


def _register_slow(queue: PgQueuer, sender: Sender) -> None:
    """What an hour or a day is soon enough for."""

    @queue.schedule("forget", _EACH_NIGHT)
    async def forget(schedule: Schedule) -> None:
        await forget_in_time(_now, sender.stop)

    @queue.schedule("figures", _LATER_EACH_NIGHT)
    async def count(schedule: Schedule) -> None:
        await count_in_time(_now, sender.stop)

    @queue.schedule("reconcile", _EACH_NIGHT)
    async def compare(schedule: Schedule) -> None:
        for open_ in await reconcile(_now()):
            log.warning("reports_differ", municipality=open_.municipality, untold=open_.untold, late=open_.unanswered)

    @queue.schedule("upkeep", _EACH_HOUR)
    async def keep_up(schedule: Schedule) -> None:
        await keep_sites_up(_now(), sender.policy)

    @queue.schedule("tell_caseworkers", _EACH_MORNING)
    async def tell_caseworkers(schedule: Schedule) -> None:
        await send_digests(_now(), sender.vault)


def _watch(queue: PgQueuer, sender: Sender, folder: Path) -> None:
    @queue.schedule("take_in_folder", _EACH_MINUTE)
    async def take_in(schedule: Schedule) -> None:
        await take_in_folder(folder, now=_now(), vault=sender.vault)


async def _catch_up(sender: Sender, office: Office) -> None:
    """What fell due while nobody listened does not wait for the next minute."""
    try:
        await seal_entries(sender.vault, _now())
        await interpret_waiting(now=_now(), vault=sender.vault)
        await send_due(office, _now)
    except Exception:
        log.exception("worker_could_not_catch_up")


async def _rounds(sender: Sender, over: asyncio.Event) -> None:
    """Look again and again for reports that are due: failed ones, and those that nobody was woken for.

    Every worker does, by itself: the queue gives the turn of a worker that was killed to another one only after a
    while, and reports are claimed one by one anyway.
    """
    while not over.is_set():
        try:
            await deliver_due(sender=sender, now=_now())
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


def _now() -> datetime:
    return datetime.now(UTC)
