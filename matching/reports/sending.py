"""One claimed report: sent outside any transaction, and then marked with what the answer means."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import SystemRandom
from uuid import UUID

import httpx
import structlog
from cryptography.fernet import InvalidToken
from standardwebhooks.webhooks import EmptyWebhookSecretError

from matching.models import ChannelKind, ReportState
from matching.policy import Policy
from matching.reports.answers import Answer, Verdict, not_sent
from matching.reports.claims import Parcel, hurry, mark
from matching.reports.credentials import Credentials, open_credentials
from matching.reports.formats.carecommunication import Author
from matching.reports.formats.carecommunication import Sender as MedComSender
from matching.reports.formats.facts import NotReportable, Organisation
from matching.reports.lanes import Lanes
from matching.reports.pace import PACE, Pace
from matching.reports.rendering import render
from matching.reports.retry import is_hopeless, next_attempt
from matching.reports.tokens import NoToken, Tokens
from matching.reports.webhook import post_report
from providers.vault import Vault

log = structlog.get_logger(__name__)

# A message that nobody acknowledges is sent again, three times at most (MedCom's rules for acknowledgement).
_MOST_RESENT = 3

_chance = SystemRandom().random

Notify = Callable[[str, UUID, datetime], Awaitable[Answer]]
"""From an address and the report's id to what the mail server said."""

NOBODY_YET = MedComSender(Organisation("Genvej"), Author("Genvej", "Portalen", "Automatisk besked", ""))
"""Until the operator has entered its SOR and GLN numbers, no message of MedCom's can be written."""


async def no_mail(address: str, report: UUID, now: datetime) -> Answer:
    """Where no mail server is set up."""
    return not_sent("No mail server is set up")


@dataclass(frozen=True, slots=True)
class Sender:
    """What a process needs to send: `seconds` is the time limit of an attempt; no new one begins once `stop` is set.

    `medcom` is who we are in MedCom's messages; `notify` sends an e-mail that says only that there is something new.
    """

    client: httpx.AsyncClient
    vault: Vault
    policy: Policy
    medcom: MedComSender = NOBODY_YET
    notify: Notify = no_mail
    tokens: Tokens = field(default_factory=Tokens)
    lanes: Lanes = field(default_factory=Lanes)
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    seconds: float = PACE.attempt
    pace: Pace = PACE


async def send(parcel: Parcel, sender: Sender, clock: Callable[[], datetime]) -> None:
    """Make one attempt. The signature's time is that of the attempt, the marks' time that of the answer."""
    answer, sent = await _attempt(parcel, sender, clock())
    now = clock()
    state, next_at = _outcome(parcel, answer, sender, now)
    if answer.away:
        # The recipient is tried again soon, even when the report that found out waits much longer.
        asked = answer.asked is not None
        sender.lanes.rest(parcel.channel_id, next_at if asked else min(next_at, now + sender.pace.longest_rest))
    if answer.verdict is not Verdict.ACCEPTED:
        sender.tokens.forget(parcel.channel_id)
    counted = await mark(parcel, state, answer=answer.text, next_at=next_at, now=now, sent=sent)
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


async def _attempt(parcel: Parcel, sender: Sender, now: datetime) -> tuple[Answer, bytes | None]:
    """The answer, and the sealed bytes of what was sent when the report's own row does not hold them."""
    if parcel.kind is ChannelKind.NOTICE:
        return await sender.notify(parcel.url.removeprefix("mailto:"), parcel.id, now), None
    try:
        credentials = open_credentials(parcel.secret, sender.vault)
        rendered = await render(parcel, credentials, sender.vault, sender.medcom, now=now)
        headers = {**rendered.headers, **await _authorised(parcel, credentials, sender, now)}
    except NotReportable as error:
        return Answer(Verdict.LATER, f"Not written yet: {error.details['what']}"[:300]), None
    except NoToken as error:
        return not_sent(f"No token: {error}"), None
    except (InvalidToken, EmptyWebhookSecretError, ValueError):
        return not_sent("The channel's secret cannot be used"), None
    answer = await post_report(
        sender.client,
        parcel.url,
        rendered.body,
        headers,
        now=now,
        content_type=rendered.content_type,
        message=parcel.id if parcel.kind is ChannelKind.MEDCOM else None,
        seconds=sender.seconds,
    )
    return answer, sender.vault.seal(rendered.body) if rendered.own_bytes else None


async def _authorised(parcel: Parcel, credentials: Credentials, sender: Sender, now: datetime) -> dict[str, str]:
    token = credentials.token
    if credentials.oauth is not None:
        token = await sender.tokens.token(parcel.channel_id, credentials.oauth, sender.client, now)
    return {"Authorization": f"Bearer {token}"} if token else {}


def _outcome(parcel: Parcel, answer: Answer, sender: Sender, now: datetime) -> tuple[ReportState, datetime]:
    """The report's state after an attempt, and when its next one would be."""
    if answer.verdict is Verdict.ACCEPTED:
        return ReportState.DELIVERED, now
    if answer.verdict is Verdict.REFUSED:
        return ReportState.REFUSED, now
    attempts = parcel.attempts + 1
    if answer.verdict is Verdict.TAKEN:
        unanswered = attempts > _MOST_RESENT and parcel.state is ReportState.SENT
        return (ReportState.GIVEN_UP if unanswered else ReportState.SENT), now + sender.pace.acknowledged_within
    next_at = next_attempt(attempts, now=now, chance=_chance(), asked=answer.asked, pace=sender.pace)
    hopeless = is_hopeless(attempts, created_at=parcel.created_at, now=now, patience=sender.policy.report_patience)
    return (ReportState.GIVEN_UP if hopeless else ReportState.QUEUED), next_at
