"""Acting on what municipalities sent: acknowledgements, replies and plans, each once.

Whoever acts claims the message first, and nothing is locked meanwhile but what is changed. A process that dies leaves
its claim, which lapses; then the message is acted on again. That does no harm: an acknowledgement that was believed
stands, a reply is filed in one transaction, and a plan is taken in once.
"""

from collections import Counter
from datetime import datetime, timedelta

import structlog

from matching.audit import audit
from matching.intake.directory import load_directory
from matching.intake.storing import File
from matching.intake.taking import take_in
from matching.models import InboundKind, MessageSource, Report, ReportState
from matching.reports.answers import VERDICTS, Verdict
from matching.reports.formats.acknowledgement import Acknowledgement, read_acknowledgement
from matching.reports.formats.facts import NOBODY
from matching.reports.formats.incoming import incoming
from matching.reports.formats.thread import answered_message
from matching.reports.inbound import NOT_OURS, report_of
from matching.reports.outbox import wake_worker
from matching.reports.retry import next_attempt
from providers.actors import Actor
from providers.database import execute, fetch, fetch_value, transaction
from providers.scope import Scope
from providers.vault import Vault

log = structlog.get_logger(__name__)

LEASE = timedelta(minutes=1)
_AFTER_A_FAULT = timedelta(minutes=10)
"""What we cannot act on is ours to repair; it is not tried again each minute until then."""

_STATES = {
    Verdict.ACCEPTED: ReportState.DELIVERED,
    Verdict.LATER: ReportState.QUEUED,
    Verdict.REFUSED: ReportState.REFUSED,
}

_CLAIM = """
UPDATE inbound_message SET claimed_until = $3
WHERE id = $1 AND kind IS NULL AND (claimed_until IS NULL OR claimed_until <= $2) RETURNING body
"""
_LATER = "UPDATE inbound_message SET claimed_until = $2 WHERE id = $1 AND kind IS NULL"
_DONE = """
UPDATE inbound_message SET kind = $2, note = $3, report_id = $4, plan_id = $5, claimed_until = NULL
WHERE id = $1 AND kind IS NULL
"""


async def interpret_waiting(*, now: datetime, vault: Vault, most: int = 200) -> int:
    """Act on what nobody has acted on, whoever may have died over it; the answer counts what was done."""
    waiting = await fetch("SELECT * FROM genvej_unread_inbound($1, $2)", now, most)
    done = 0
    for record in waiting:
        try:
            done += await interpret(record["id"], record["municipality_id"], now=now, vault=vault)
        except Exception as error:
            # The kind of the error only: what was on its way is about a person.
            log.error("inbound_not_interpreted", message=record["id"], error=type(error).__name__)
    return done


async def interpret(message_id: int, municipality: str, *, now: datetime, vault: Vault) -> bool:
    """Act on one message; False when somebody else has, or is at it."""
    scope = Scope(municipality=municipality)
    async with transaction(scope):
        sealed = await fetch_value(_CLAIM, message_id, now, now + LEASE)
    if sealed is None:
        return False
    program = Actor(f"municipality:{municipality}", "program", f"municipality:{municipality}", scope)
    try:
        await _act(message_id, vault.open(sealed), actor=program, now=now, vault=vault)
    except Exception:
        async with transaction(scope):
            await execute(_LATER, message_id, now + _AFTER_A_FAULT)
        raise
    return True


async def _act(message_id: int, body: bytes, *, actor: Actor, now: datetime, vault: Vault) -> None:
    kind = incoming(body, NOBODY).kind
    note: str | None
    if kind is InboundKind.PLANS:
        note, plan_id = await _take_plans(body, actor=actor, now=now, vault=vault)
        async with transaction(actor.scope):
            await execute(_DONE, message_id, kind.value, note, None, plan_id)
        return
    async with transaction(actor.scope):
        if kind is InboundKind.ACKNOWLEDGEMENT:
            report, note = await _acknowledge(read_acknowledgement(body), actor=actor, now=now)
        else:
            report, note = await _file(answered_message(body), actor=actor, now=now)
        about = (str(report.id), report.plan_id) if report else (None, None)
        await execute(_DONE, message_id, kind.value, note, *about)


async def _acknowledge(answer: Acknowledgement, *, actor: Actor, now: datetime) -> tuple[Report | None, str]:
    """Mark the report that is answered; the first final answer stands. The answer is what is noted."""
    report = await report_of(answer.answers)
    if report is None:
        return None, str(NOT_OURS.text)
    if report.state not in {ReportState.QUEUED, ReportState.SENT}:
        return report, f"{answer.code.value}, after the report was {report.state.value}"
    report.state = _STATES[VERDICTS[answer.code]]
    report.answer = f"{answer.code.value}: {answer.said}"[:300].rstrip(": ")
    report.delivered_at = now if report.state is ReportState.DELIVERED else None
    report.next_at = next_attempt(max(report.attempts, 1), now=now, chance=0)
    await report.save(update_fields=["state", "answer", "delivered_at", "next_at"])
    await audit("report_acknowledged", actor=actor, now=now, purpose="reporting", plan_id=report.plan_id)
    await wake_worker(report.plan_id)
    return report, report.answer


async def _file(answered: str | None, *, actor: Actor, now: datetime) -> tuple[Report | None, str | None]:
    """File a reply with the case that it answers."""
    report = await report_of(answered) if answered else None
    if report is None:
        return None, str(NOT_OURS.text)
    await audit("reply_received", actor=actor, now=now, purpose="reporting", plan_id=report.plan_id)
    return report, None


async def _take_plans(body: bytes, *, actor: Actor, now: datetime, vault: Vault) -> tuple[str, int | None]:
    """Take the plans in, or bring those that are here in line; the answer is what became of them, and the only case.

    Brought by a file or by the API for plans, they would be treated just so.
    """
    (items,) = await take_in(
        [File("inbound", body)],
        municipality=actor.scope.municipality,
        source=MessageSource.API,
        directory=await load_directory(),
        actor=actor,
        now=now,
        vault=vault,
    )
    counted = Counter(item.state.value for item in items)
    plans = {item.plan_id for item in items}
    return ", ".join(f"{state} {number}" for state, number in counted.items()), plans.pop() if len(plans) == 1 else None
