"""One claimed report: sent outside any transaction, and then marked with what the answer means."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import SystemRandom

import httpx
import structlog
from cryptography.fernet import InvalidToken
from standardwebhooks.webhooks import EmptyWebhookSecretError

from matching.models import ReportState
from matching.policy import Policy
from matching.reports.answers import Answer, Verdict, not_sent
from matching.reports.claims import Parcel, hurry, mark
from matching.reports.lanes import Lanes
from matching.reports.retry import is_hopeless, next_attempt
from matching.reports.signing import signed_headers
from matching.reports.webhook import post_report
from providers.vault import Vault

log = structlog.get_logger(__name__)

# A recipient that is away is tried again this soon, even when the report that found out waits much longer.
_LONGEST_REST = timedelta(minutes=5)

_chance = SystemRandom().random


@dataclass(frozen=True, slots=True)
class Sender:
    """What a process needs to send: `seconds` is the time limit of an attempt; no new one begins once `stop` is set."""

    client: httpx.AsyncClient
    vault: Vault
    policy: Policy
    lanes: Lanes = field(default_factory=Lanes)
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    seconds: float = 15.0


async def send(parcel: Parcel, sender: Sender, clock: Callable[[], datetime]) -> None:
    """Make one attempt. The signature's time is that of the attempt, the marks' time that of the answer."""
    answer = await _attempt(parcel, sender, clock())
    now = clock()
    state, next_at = _outcome(parcel, answer, sender.policy, now)
    if answer.away:
        asked = answer.asked is not None
        sender.lanes.rest(parcel.channel_id, next_at if asked else min(next_at, now + _LONGEST_REST))
    counted = await mark(parcel, state, answer=answer.text, next_at=next_at, now=now)
    if not answer.away and sender.lanes.answered(parcel.channel_id, now):
        await hurry(parcel.channel_id, now)
    log.info(
        "report_attempted",
        report=str(parcel.id),
        plan=parcel.plan_id,
        sequence=parcel.sequence,
        channel=parcel.channel_id,
        attempt=parcel.attempts + 1,
        state=state.value,
        answer=answer.text,
        counted=counted,
    )


async def _attempt(parcel: Parcel, sender: Sender, now: datetime) -> Answer:
    try:
        secret = sender.vault.open(parcel.secret).decode()
        headers = signed_headers(parcel.id, parcel.body, secret, now)
    except (InvalidToken, EmptyWebhookSecretError, ValueError):
        return not_sent("The channel's secret cannot be used")
    return await post_report(sender.client, parcel.url, parcel.body, headers, now=now, seconds=sender.seconds)


def _outcome(parcel: Parcel, answer: Answer, policy: Policy, now: datetime) -> tuple[ReportState, datetime]:
    """The report's state after an attempt, and when its next one would be."""
    if answer.verdict is Verdict.ACCEPTED:
        return ReportState.DELIVERED, now
    if answer.verdict is Verdict.REFUSED:
        return ReportState.REFUSED, now
    attempts = parcel.attempts + 1
    next_at = next_attempt(attempts, now=now, chance=_chance(), asked=answer.asked)
    hopeless = is_hopeless(attempts, created_at=parcel.created_at, now=now, patience=policy.report_patience)
    return (ReportState.GIVEN_UP if hopeless else ReportState.QUEUED), next_at
