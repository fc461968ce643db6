"""Trying a channel: does anybody answer, and take our proof? The worker asks, and the page shows what it heard."""

from datetime import datetime
from uuid import UUID

import orjson
from cryptography.fernet import InvalidToken

from matching.audit import audit
from matching.models import ChannelKind, ReportChannel
from matching.reports.answers import Answer, Verdict, accepted, not_sent
from matching.reports.channels import ChannelUnknown
from matching.reports.credentials import open_credentials
from matching.reports.sending import Sender
from matching.reports.signing import signed_headers
from matching.reports.tokens import NoToken, Tokens
from matching.reports.webhook import post_report
from providers.actors import Actor
from providers.database import transaction
from providers.jobs import enqueue

TRY = "try_channel"
"""The name of the job; its payload is the channel's number."""

# It is about nobody: an empty collection, or a JSON object that says that it is a test.
_EMPTY = orjson.dumps({"resourceType": "Bundle", "type": "collection"})
_TEST = orjson.dumps({"event": "test"})


async def ask_for_test(kind: ChannelKind, *, actor: Actor, now: datetime) -> None:
    """Have the worker try the channel of the actor's municipality. Raises ChannelUnknown."""
    async with transaction(actor.scope):
        channel = await ReportChannel.get_or_none(municipality_id=actor.scope.municipality, kind=kind)
        if channel is None or kind is ChannelKind.FEED:
            raise ChannelUnknown
        channel.tested_at, channel.test_answer = None, None
        await channel.save(update_fields=["tested_at", "test_answer"])
        await audit("channel_tested", actor=actor, now=now, purpose="reporting", criterion=kind.value)
        await enqueue(TRY, str(channel.id).encode())


async def try_channel(channel_id: int, *, sender: Sender, now: datetime) -> Answer:
    """Send something that is about nobody, and keep what was answered with the channel."""
    channel = await ReportChannel.get(id=channel_id)
    answer = await _ask(channel, sender, now)
    works = answer.verdict in {Verdict.ACCEPTED, Verdict.TAKEN}
    channel.tested_at, channel.test_answer = now, f"{'ok' if works else 'no'}: {answer.text}"[:300]
    await channel.save(update_fields=["tested_at", "test_answer"])
    return answer


async def _ask(channel: ReportChannel, sender: Sender, now: datetime) -> Answer:
    number = UUID(int=channel.id, version=4)
    if channel.kind is ChannelKind.NOTICE:
        return await sender.notify(channel.url.removeprefix("mailto:"), number, now)
    try:
        credentials = open_credentials(channel.secret, sender.vault)
        token = credentials.token
        if credentials.oauth is not None:
            token = await Tokens().token(channel.id, credentials.oauth, sender.client, now)
        signed = channel.kind is ChannelKind.WEBHOOK
        headers = signed_headers(number, _TEST, credentials.secrets(now), now) if signed else {}
    except NoToken as error:
        return not_sent(f"No token: {error}")
    except (InvalidToken, ValueError) as error:
        return not_sent(f"Not sent: {type(error).__name__}")
    proof = {"Authorization": f"Bearer {token}"} if token else {}
    answer = await post_report(
        sender.client, channel.url, _TEST if signed else _EMPTY, headers | proof, now=now, seconds=sender.seconds
    )
    # Whoever finds fault with an empty message has read it, which is all that was asked.
    return accepted(answer.text) if not signed and answer.text[:3] in {"400", "422"} else answer
