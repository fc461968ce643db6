"""What municipalities send back: kept word for word first, then read. Sending the same again changes nothing."""

import hashlib
from datetime import datetime
from uuid import UUID

import orjson

from matching.audit import audit
from matching.models import InboundKind, InboundMessage, Report, ReportState
from matching.reports.answers import VERDICTS, Verdict
from matching.reports.formats.acknowledgement import Acknowledgement, NotAnAcknowledgement, read_acknowledgement
from matching.reports.formats.thread import answered_message
from matching.reports.outbox import wake_worker
from matching.reports.retry import next_attempt
from providers.actors import Actor
from providers.database import fetch_one, transaction
from providers.scope import Scope
from providers.vault import Vault

_STATES = {
    Verdict.ACCEPTED: ReportState.DELIVERED,
    Verdict.LATER: ReportState.QUEUED,
    Verdict.REFUSED: ReportState.REFUSED,
}

_KEEP = """
INSERT INTO inbound_message (municipality_id, received_at, digest, body) VALUES ($1, $2, $3, $4)
ON CONFLICT ON CONSTRAINT inbound_message_once DO NOTHING RETURNING id
"""


async def receive(body: bytes, municipality: str, *, actor: Actor, now: datetime, vault: Vault) -> InboundMessage:
    """Keep a message of a municipality's system and act on it; one that was received before is returned as it was.

    What nobody can read, or what answers a report of somebody else's, is kept with a note and changes nothing.
    """
    digest = vault.digest("inbound", hashlib.sha256(body).hexdigest())
    async with transaction(Scope(municipality=municipality)):
        kept = await fetch_one(_KEEP, municipality, now, digest, vault.seal(body))
    async with transaction(Scope(municipality=municipality)):
        message = await InboundMessage.select_for_update().get(municipality_id=municipality, digest=digest)
        # Kept by an earlier request that died before it read: then this one reads.
        if kept is not None or message.kind is None:
            await _read(message, body, actor=actor, now=now)
    return message


async def _read(message: InboundMessage, body: bytes, *, actor: Actor, now: datetime) -> None:
    try:
        answer = read_acknowledgement(body)
    except NotAnAcknowledgement:
        await _file_reply(message, body, actor=actor, now=now)
        return
    message.kind = InboundKind.ACKNOWLEDGEMENT
    report = await _report(answer.answers)
    if report is None:
        message.note = "Answers no report of this municipality"
    else:
        message.report_id, message.plan_id = str(report.id), report.plan_id
        message.note = await _acknowledge(report, answer, actor=actor, now=now)
    await message.save()


async def _acknowledge(report: Report, answer: Acknowledgement, *, actor: Actor, now: datetime) -> str:
    """Mark the report; the first final answer stands. The answer is what is noted."""
    if report.state not in {ReportState.QUEUED, ReportState.SENT}:
        return f"{answer.code.value}, after the report was {report.state.value}"
    report.state = _STATES[VERDICTS[answer.code]]
    report.answer = f"{answer.code.value}: {answer.said}"[:300].rstrip(": ")
    report.delivered_at = now if report.state is ReportState.DELIVERED else None
    report.next_at = next_attempt(max(report.attempts, 1), now=now, chance=0)
    await report.save(update_fields=["state", "answer", "delivered_at", "next_at"])
    await audit("report_acknowledged", actor=actor, now=now, purpose="reporting", plan_id=report.plan_id)
    await wake_worker(report.plan_id)
    return report.answer


async def _file_reply(message: InboundMessage, body: bytes, *, actor: Actor, now: datetime) -> None:
    """A message that answers one of ours is filed with its case; anything else can only be kept."""
    answered = answered_message(body)
    report = await _report(answered) if answered else None
    message.kind = InboundKind.REPLY if answered else InboundKind.UNREADABLE
    message.note = _note(body, answered, report)
    if report is not None:
        message.report_id, message.plan_id = str(report.id), report.plan_id
        await audit("reply_received", actor=actor, now=now, purpose="reporting", plan_id=report.plan_id)
    await message.save()


def _note(body: bytes, answered: str | None, report: Report | None) -> str | None:
    if answered:
        return None if report else "Answers no report of this municipality"
    try:
        orjson.loads(body)
    except orjson.JSONDecodeError:
        return "Not JSON"
    return "Neither an acknowledgement nor a reply"


async def _report(message_id: str) -> Report | None:
    """The report with this id, locked; None outside the municipality's scope, or for text that is no id."""
    try:
        wanted = UUID(message_id)
    except ValueError:
        return None
    return await Report.select_for_update().get_or_none(id=wanted)
