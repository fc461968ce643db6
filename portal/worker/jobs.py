"""The worker's jobs: what each number that wakes it means, and what the clock brings."""

from datetime import UTC, datetime
from pathlib import Path

import structlog
from pgqueuer import Job, PgQueuer
from pgqueuer.models import Schedule

from matching.auditing import seal_entries
from matching.messages.queue import TELL
from matching.reports.delivery import deliver_plan
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

log = structlog.get_logger(__name__)

_EACH_MINUTE = "* * * * *"
_EACH_HOUR = "20 * * * *"
# By UTC, so that no hour of it is missing or there twice when clocks are set.
_EACH_NIGHT = "40 1 * * *"
# After the night's forgetting, so that the figures have been through it.
_LATER_EACH_NIGHT = "10 3 * * *"
_EACH_MORNING = "0 5 * * 1-5"


def register(queue: PgQueuer, sender: Sender, office: Office, plan_folder: Path | None) -> None:
    """Tell the queue what to do for each."""
    _exchange_reports(queue, sender)
    _tell_people(queue, sender, office)
    _keep_up_to_date(queue, sender)
    _each_day(queue, sender)
    if plan_folder is not None:
        _watch(queue, sender, plan_folder)


def _exchange_reports(queue: PgQueuer, sender: Sender) -> None:
    """With the home municipalities, and their answers."""

    @queue.entrypoint(DELIVER)
    async def deliver(job: Job) -> None:
        await deliver_plan(int(job.payload or b""), sender=sender, now=utc_now())

    @queue.entrypoint(TRY)
    async def try_one(job: Job) -> None:
        await try_channel(int(job.payload or b""), sender=sender, now=utc_now())

    @queue.entrypoint(INTERPRET)
    async def interpret_one(job: Job) -> None:
        municipality, _, number = (job.payload or b"").decode().partition(":")
        await interpret(int(number), municipality, now=utc_now(), vault=sender.vault)

    @queue.schedule("interpret_waiting", _EACH_MINUTE)
    async def interpret_rest(schedule: Schedule) -> None:
        await interpret_waiting(now=utc_now(), vault=sender.vault)


def _tell_people(queue: PgQueuer, sender: Sender, office: Office) -> None:
    """Citizens, doctors and sites; citizens of free times as well."""

    @queue.entrypoint(TELL)
    async def tell(job: Job) -> None:
        await send_due(office, utc_now)

    @queue.schedule("tell_due", _EACH_MINUTE)
    async def remind(schedule: Schedule) -> None:
        await send_due(office, utc_now)

    @queue.schedule("look_at_watches", _EACH_MINUTE)
    async def look(schedule: Schedule) -> None:
        await look_at_watches(utc_now(), policy=sender.policy, vault=sender.vault)


def _keep_up_to_date(queue: PgQueuer, sender: Sender) -> None:
    """What time passing changes without anybody's doing."""

    @queue.schedule("refresh_offers", _EACH_MINUTE)
    async def refresh(schedule: Schedule) -> None:
        # Nobody is given a time sooner than this, so the first free time is looked for from there.
        await refresh_passed_offers(utc_now() + sender.policy.notice)

    @queue.schedule("tidy_up", _EACH_MINUTE)
    async def tidy(schedule: Schedule) -> None:
        await tidy_up(utc_now())

    @queue.schedule("seal_audit", _EACH_MINUTE)
    async def seal(schedule: Schedule) -> None:
        await seal_entries(sender.vault, utc_now())


def _each_day(queue: PgQueuer, sender: Sender) -> None:
    """What an hour or a day is soon enough for."""

    @queue.schedule("forget", _EACH_NIGHT)
    async def forget(schedule: Schedule) -> None:
        await forget_in_time(utc_now, sender.stop)

    @queue.schedule("figures", _LATER_EACH_NIGHT)
    async def count(schedule: Schedule) -> None:
        await count_in_time(utc_now, sender.stop)

    @queue.schedule("reconcile", _EACH_NIGHT)
    async def compare(schedule: Schedule) -> None:
        for open_ in await reconcile(utc_now()):
            log.warning("reports_differ", municipality=open_.municipality, untold=open_.untold, late=open_.unanswered)

    @queue.schedule("upkeep", _EACH_HOUR)
    async def keep_up(schedule: Schedule) -> None:
        await keep_sites_up(utc_now(), sender.policy)

    @queue.schedule("tell_caseworkers", _EACH_MORNING)
    async def tell_caseworkers(schedule: Schedule) -> None:
        await send_digests(utc_now(), sender.vault)


def _watch(queue: PgQueuer, sender: Sender, folder: Path) -> None:
    @queue.schedule("take_in_folder", _EACH_MINUTE)
    async def take_in(schedule: Schedule) -> None:
        await take_in_folder(folder, now=utc_now(), vault=sender.vault)


def utc_now() -> datetime:
    """The one clock of the worker."""
    return datetime.now(UTC)
