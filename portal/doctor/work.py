"""Whether things move: the clock, the worker, the reports that wait, and keys that open what is stored."""

from collections.abc import Callable
from datetime import datetime, timedelta

from matching.key_check import can_open
from matching.messages.waiting import waiting_messages
from matching.models import Channel
from matching.reports.waiting import longest_overdue
from portal.doctor.findings import Finding, judged
from portal.operations import WORKER_SILENT
from portal.settings import Settings
from portal.settings_messages import channels_of
from providers.database import fetch_value
from providers.models import Heartbeat

LARGEST_SKEW = timedelta(seconds=2)
LONGEST_OVERDUE = timedelta(minutes=10)


async def check_clock(clock: Callable[[], datetime]) -> Finding:
    """The server's clock and ours: holds, codes and visits end by one and are judged by the other."""
    before = clock()
    theirs: datetime = await fetch_value("SELECT clock_timestamp()")
    skew = abs(theirs - (before + (clock() - before) / 2)).total_seconds()
    wrong = skew >= LARGEST_SKEW.total_seconds()
    faults = [f"The server's clock is {skew:.1f} s off ours. Set both by NTP."] if wrong else []
    return judged("clock", faults, f"{skew * 1000:.0f} ms between the server's and ours")


async def check_worker(now: datetime) -> Finding:
    seen = await Heartbeat.get_or_none(name="worker")
    if seen is None:
        return Finding("worker", False, "None has ever been seen. Run: genvej worker")
    silent = now - seen.seen_at
    faults = [] if silent < WORKER_SILENT else [f"Silent for {_length(silent)}. Run: genvej worker"]
    return judged("worker", faults, f"seen {_length(silent)} ago")


async def check_queue(now: datetime) -> Finding:
    """Nothing that is due waits for long: neither a worker that is too slow nor one that gave up."""
    overdue = await longest_overdue(now)
    late = overdue > LONGEST_OVERDUE
    faults = [f"A report has been due for {_length(overdue)}. See the worker's log."] if late else []
    return judged("queue", faults, f"the oldest report that is due has waited {_length(overdue)}")


async def check_messages(settings: Settings, now: datetime) -> Finding:
    """Every message has a way, and none that is due waits for long. Letters wait for people, and count for nothing."""
    sent = [way for way in await waiting_messages(now) if way.channel is not Channel.PRINT]
    open_ways, faults = channels_of(settings), []
    if closed := [way for way in sent if way.due and way.channel not in open_ways]:
        names = ", ".join(f"{way.due} by {way.channel.value}" for way in closed)
        faults.append(f"Messages wait for a way that is not set up: {names}. Set it up, or tell people yourself.")
    overdue = max((way.overdue for way in sent if way.channel in open_ways), default=timedelta(0))
    if overdue > LONGEST_OVERDUE:
        faults.append(f"A message has been due for {_length(overdue)}. See the worker's log.")
    failed = sum(way.failed for way in sent)
    return judged("messages", faults, f"{failed} refused or given up within a week")


async def check_keys(settings: Settings) -> Finding:
    """A sample of what is stored opens; keys that were lost or swapped show at once."""
    sample = await can_open(settings.vault())
    faults = []
    if sample.sealed:
        faults.append(f"GENVEJ_FIELD_KEYS does not open {sample.sealed} of {sample.looked_at}. Add the key that did.")
    if sample.unknown:
        faults.append(f"GENVEJ_LOOKUP_KEY does not fit {sample.unknown} of {sample.looked_at}. Set the one that did.")
    return judged("keys", faults, f"open what is stored ({sample.looked_at} looked at)")


def _length(time: timedelta) -> str:
    seconds = max(0, round(time.total_seconds()))
    return f"{seconds} s" if seconds < 120 else f"{seconds // 60} min" if seconds < 7200 else f"{seconds // 3600} h"
