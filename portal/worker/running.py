"""The worker as a process: it says that it lives, outlasts a lost database, and stops when told to."""

import asyncio
import signal
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog

from matching.policy import Policy
from matching.reports.formats.carecommunication import Sender as MedComSender
from matching.reports.pace import PACE, Pace
from matching.reports.sending import NOBODY_YET, Sender
from matching.reports.webhook import report_client
from portal.messages.config import MessageConfig
from portal.messages.office import Office, open_office
from portal.settings import Settings
from portal.settings_messages import medcom_sender, messages_of
from portal.worker.notices import notices
from portal.worker.queue import DATABASE_LOST, pause, run_queue
from providers.database import WORKER_ROLE, connected
from providers.heartbeats import beat
from providers.targets import Targets
from providers.vault import Vault

log = structlog.get_logger(__name__)

WORKER = "worker"
"""The name of the worker's heartbeat."""

_BEAT_EVERY = timedelta(seconds=5)
_RECONNECT_AFTER = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class WorkerConfig:
    """Where the worker logs in, what it needs to sign reports and where these may go, and how people are told.

    `plan_folder`: where hospitals' plans are put for it; None = nowhere.
    """

    database_url: str
    vault: Vault
    policy: Policy
    targets: Targets
    messages: MessageConfig
    medcom: MedComSender = NOBODY_YET
    pool_size: int = 10
    plan_folder: Path | None = None
    pace: Pace = PACE


def worker_config(settings: Settings) -> WorkerConfig:
    """What the settings say of the worker."""
    return WorkerConfig(
        settings.database_url,
        settings.vault(),
        settings.policy,
        settings.targets,
        messages_of(settings),
        medcom_sender(settings),
        plan_folder=settings.plan_folder,
    )


def run_worker(config: WorkerConfig) -> None:
    """Work until SIGTERM or SIGINT; what is under way is finished first, which takes no longer than an attempt."""
    asyncio.run(_work_until_signalled(config))


async def work(config: WorkerConfig, stop: asyncio.Event) -> None:
    """Work until `stop` is set. A database that goes away is waited for."""
    async with (
        connected(config.database_url, role=WORKER_ROLE, pool_size=config.pool_size),
        report_client(config.targets, seconds=config.pace.attempt) as client,
        asyncio.TaskGroup() as tasks,
    ):
        office = open_office(config.messages, client, vault=config.vault, policy=config.policy, stop=stop)
        sender = Sender(
            client,
            config.vault,
            config.policy,
            medcom=config.medcom,
            notify=notices(office),
            stop=stop,
            seconds=config.pace.attempt,
            pace=config.pace,
        )
        tasks.create_task(_beat(stop))
        tasks.create_task(_run_queue_again_and_again(config, sender, office))


async def _work_until_signalled(config: WorkerConfig) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await work(config, stop)


async def _run_queue_again_and_again(config: WorkerConfig, sender: Sender, office: Office) -> None:
    while not sender.stop.is_set():
        try:
            await run_queue(config.database_url, sender, office, config.plan_folder)
        except DATABASE_LOST as error:
            log.warning("worker_lost_the_database", error=type(error).__name__)
            await pause(sender.stop, _RECONNECT_AFTER)


async def _beat(stop: asyncio.Event) -> None:
    while not stop.is_set():
        try:
            await beat(WORKER, datetime.now(UTC))
        except DATABASE_LOST as error:
            log.warning("worker_heartbeat_missed", error=type(error).__name__)
        await pause(stop, _BEAT_EVERY)
