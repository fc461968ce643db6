"""Sending what is due: each message is claimed, worded and sent outside any transaction, and then marked.

A server that takes a mail and dies before it says so gets it again, under the same id: at least once is what can be
had. What is queued is queued once, and what is not true any more is not sent.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from random import SystemRandom

import structlog
from cryptography.fernet import InvalidToken

from matching.messages.claims import Due, Parcel, claim, due_messages, mark, to_print
from matching.messages.times import is_night
from matching.models import Channel, MessageState
from matching.policy import Policy
from matching.reports.answers import Answer, Verdict, not_sent
from matching.reports.retry import is_hopeless, next_attempt
from portal.messages.office import Office
from portal.messages.opening import fate, open_parcel
from providers.database import in_a_transaction

log = structlog.get_logger(__name__)

_AT_ONCE = 5
_ROUND = 500

_chance = SystemRandom().random

Clock = Callable[[], datetime]


async def send_due(office: Office, clock: Clock) -> int:
    """Send what is due by the ways that there are, a few at a time; the answer counts the messages looked at."""
    if in_a_transaction():
        raise RuntimeError("nothing is sent inside a transaction")
    now, policy = clock(), office.policy
    night = is_night(now, policy.quiet_from, policy.quiet_to)
    due = await due_messages(now, list(office.ways), night=night, limit=_ROUND)
    places = asyncio.Semaphore(_AT_ONCE)

    async def one(message: Due) -> None:
        async with places:
            if not office.stop.is_set():
                await _send(message, office, clock)

    results = await asyncio.gather(*map(one, due), return_exceptions=True)
    if failures := [result for result in results if isinstance(result, Exception)]:
        raise ExceptionGroup("messages could not be sent", failures)
    return len(due)


async def _send(message: Due, office: Office, clock: Clock) -> None:
    parcel = await claim(message, clock())
    if parcel is None:
        return
    if over := fate(parcel, clock()):
        (state, text), next_at = over, clock()
    else:
        answer = await _attempt(parcel, office, clock)
        (state, next_at), text = _outcome(parcel, answer, office.policy, clock()), answer.text
    if state is MessageState.REFUSED and parcel.channel is Channel.DIGITAL_POST:
        await to_print(parcel, answer=text)
    else:
        await mark(parcel, state, answer=text, next_at=next_at, now=clock())
    log.info("message_attempted", message=str(parcel.id), plan=parcel.plan_id, state=state.value, answer=text)


async def _attempt(parcel: Parcel, office: Office, clock: Clock) -> Answer:
    try:
        item = await open_parcel(parcel, office, clock())
    except InvalidToken:
        return not_sent("No key opens it")
    return await office.ways[parcel.channel].send(item, clock())


def _outcome(parcel: Parcel, answer: Answer, policy: Policy, now: datetime) -> tuple[MessageState, datetime]:
    """The message's state after an attempt, and when its next one would be."""
    if answer.verdict is not Verdict.LATER:
        return (MessageState.SENT if answer.verdict is Verdict.ACCEPTED else MessageState.REFUSED), now
    attempts = parcel.attempts + 1
    next_at = next_attempt(attempts, now=now, chance=_chance(), asked=answer.asked)
    hopeless = is_hopeless(attempts, created_at=parcel.due_at, now=now, patience=policy.message_patience)
    return (MessageState.GIVEN_UP if hopeless else MessageState.QUEUED), next_at
