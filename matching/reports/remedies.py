"""What a person may do about a report: send it again, or decide that it need not be sent."""

from datetime import datetime
from uuid import UUID

from matching.audit import audit, audit_many
from matching.models import Report, ReportState
from matching.reports.outbox import wake_worker
from providers.actors import Actor
from providers.database import execute, fetch, transaction
from providers.errors import Busy, GenvejError
from providers.words import N_

# The others are found by the round of the next minute.
_FEW = 10

# A report that is fetched gets a new place, and every later one of its case a place behind it.
_FETCH_ANEW = """
UPDATE report SET feed_position = NULL
WHERE plan_id = ANY ($1) AND waits_for_id IS NOT NULL AND state = 'queued' AND feed_position IS NOT NULL
"""

_RESEND_FAILED = """
UPDATE report r SET state = 'queued', attempts = 0, next_at = $2 FROM plan p
WHERE p.id = r.plan_id AND p.municipality_id = $1 AND r.state IN ('refused', 'given_up') AND octet_length(r.body) > 0
RETURNING r.plan_id
"""


class ReportUnknown(GenvejError):
    code = "report_unknown"
    message = N_("Rapporten findes ikke.")


class ReportDelivered(GenvejError):
    code = "report_delivered"
    message = N_("Rapporten er allerede afleveret.")


class ReportForgotten(GenvejError):
    code = "report_forgotten"
    constraint = "report_queued_has_body"
    message = N_("Rapportens indhold er slettet, fordi det ikke længere må gemmes. Den kan ikke sendes igen.")


async def resend(report_id: UUID, *, actor: Actor, now: datetime) -> Report:
    """Queue a report once more, whatever became of it, under its own message id; the recipient knows it by that.

    Raises ReportUnknown, also for a report outside the actor's scope, Busy while it is on its way, and ReportForgotten
    when retention has emptied it.
    """
    async with transaction(actor.scope):
        report = await _lock(report_id, now)
        if not report.body:
            raise ReportForgotten
        report.state, report.attempts, report.next_at, report.delivered_at = ReportState.QUEUED, 0, now, None
        await report.save(update_fields=["state", "attempts", "next_at", "delivered_at"])
        await execute(_FETCH_ANEW, [report.plan_id])
        await audit("report_resent", actor=actor, now=now, purpose="reporting", plan_id=report.plan_id)
        await wake_worker(report.plan_id)
    return report


async def resend_failed(*, actor: Actor, now: datetime) -> int:
    """After an outage: queue everything of the actor's municipality that was given up or refused; the answer counts.

    The worker sends it in order, as fast as the recipient takes it; the list shows how far it has come.
    """
    async with transaction(actor.scope):
        plans = [record["plan_id"] for record in await fetch(_RESEND_FAILED, actor.scope.municipality, now)]
        cases = sorted(set(plans))
        await execute(_FETCH_ANEW, cases)
        await audit_many("report_resent", cases, actor=actor, now=now, purpose="reporting")
        for plan_id in cases[:_FEW]:
            await wake_worker(plan_id)
    return len(plans)


async def drop(report_id: UUID, *, actor: Actor, now: datetime, reason: str) -> Report:
    """Give up sending a report, which stays to be seen with the reason; later ones of the case go on.

    Raises ReportUnknown, ReportDelivered, and Busy while it is on its way.
    """
    async with transaction(actor.scope):
        report = await _lock(report_id, now)
        if report.state is ReportState.DELIVERED:
            raise ReportDelivered
        report.state, report.answer = ReportState.DROPPED, reason[:300]
        await report.save(update_fields=["state", "answer"])
        await audit("report_dropped", actor=actor, now=now, purpose="reporting", plan_id=report.plan_id)
        await wake_worker(report.plan_id)
    return report


async def _lock(report_id: UUID, now: datetime) -> Report:
    report = await Report.select_for_update().get_or_none(id=report_id)
    if report is None:
        raise ReportUnknown
    if report.claimed_until is not None and report.claimed_until > now:
        raise Busy
    return report
