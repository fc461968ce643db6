"""The approver's side: one table of decisions, each written down with who and why, and obeyed at the commit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from providers.actors import Actor
from providers.approving.errors import (
    ApprovalUnknown,
    DecisionNotPossible,
    PeriodBackwards,
    PractitionerUnknown,
    ReasonMissing,
    StartMissing,
)
from providers.approving.history import NEEDS_REASON, record
from providers.database import execute, transaction
from providers.models import Approval, ApprovalState, Practitioner, SiteEventKind
from providers.offers import lock_offers, rebuild_offers
from providers.sites.reading import any_site


class Decision(StrEnum):
    """As they stand in an address. APPROVE also gives an approval other days."""

    APPROVE = "godkend"
    RETURN = "tilbage"
    REJECT = "afvis"
    SUSPEND = "bero"
    RESUME = "genoptag"
    WITHDRAW = "ophoer"


class Step(NamedTuple):
    """From which states a decision leads to which, and what the history calls it."""

    before: frozenset[ApprovalState]
    after: ApprovalState
    kind: SiteEventKind


_S = ApprovalState
STEPS: Mapping[Decision, Step] = {
    Decision.APPROVE: Step(frozenset({_S.APPLIED, _S.RETURNED, _S.APPROVED}), _S.APPROVED, SiteEventKind.APPROVED),
    Decision.RETURN: Step(frozenset({_S.APPLIED}), _S.RETURNED, SiteEventKind.RETURNED),
    Decision.REJECT: Step(frozenset({_S.APPLIED, _S.RETURNED}), _S.REJECTED, SiteEventKind.REJECTED),
    Decision.SUSPEND: Step(frozenset({_S.APPROVED}), _S.SUSPENDED, SiteEventKind.SUSPENDED),
    Decision.RESUME: Step(frozenset({_S.SUSPENDED}), _S.APPROVED, SiteEventKind.RESUMED),
    Decision.WITHDRAW: Step(frozenset({_S.APPROVED, _S.SUSPENDED}), _S.WITHDRAWN, SiteEventKind.WITHDRAWN),
}

# A private provider's first approval is what brings it into the agreement (§ 140 stk. 5).
_AGREE = """
INSERT INTO agreement (provider_id, basis, valid_from)
SELECT p.id, 'extended', $2 FROM provider p JOIN site s ON s.provider_id = p.id
WHERE s.id = $1 AND p.kind = 'private' AND NOT EXISTS (SELECT FROM agreement g WHERE g.provider_id = p.id)
"""


@dataclass(frozen=True, slots=True)
class Period:
    """Local days, both included; without a last one until further notice."""

    first: date | None
    last: date | None = None


async def decide(
    approval_id: int,
    decision: Decision,
    *,
    reason: str,
    actor: Actor,
    now: datetime,
    period: Period | None = None,
) -> None:
    """Take a decision. `period` is for APPROVE.

    Raises ApprovalUnknown, DecisionNotPossible, ReasonMissing, StartMissing, PeriodBackwards or ApprovalsOverlap.
    """
    step = STEPS[decision]
    if step.kind in NEEDS_REASON and not reason.strip():
        raise ReasonMissing
    async with transaction(actor.scope):
        approval = await Approval.select_for_update().get_or_none(id=approval_id)
        if approval is None:
            raise ApprovalUnknown
        if approval.state not in step.before:
            raise DecisionNotPossible
        # Whoever books holds the offers' locks first, so nobody books what is being suspended.
        await lock_offers([approval.site_id])
        await _write(approval, step, period if decision is Decision.APPROVE else None, actor, now)
        await record(step.kind, site_id=approval.site_id, approval=approval, actor=actor, now=now, reason=reason)
        await rebuild_offers(now, [approval.site_id])


async def remark(site_id: int, text: str, *, actor: Actor, now: datetime) -> None:
    """Write down what supervision has seen; raises SiteUnknown or ReasonMissing."""
    site = await any_site(site_id)
    async with transaction(actor.scope):
        await record(SiteEventKind.REMARK, site_id=site.pk, actor=actor, now=now, reason=text)


async def check_authorisation(practitioner_id: int, *, actor: Actor, now: datetime) -> int:
    """Say that the register has the authorisation; from now on the therapist counts. The answer is the site.

    Raises PractitionerUnknown for somebody who is not there, or has no number to look up.
    """
    async with transaction(actor.scope):
        person = await Practitioner.get_or_none(id=practitioner_id, withdrawn_at=None, authorisation_id__isnull=False)
        if person is None:
            raise PractitionerUnknown
        await lock_offers([person.site_id])
        await Practitioner.filter(id=person.pk).update(checked_at=now)
        reason = f"{person.name}, {person.authorisation_id}"
        await record(SiteEventKind.CHECKED, site_id=person.site_id, actor=actor, now=now, reason=reason)
        await rebuild_offers(now, [person.site_id])
    return person.site_id


async def agree(site_id: int, first: date) -> None:
    """Bring a private provider without an agreement into the national one, from the first day of an approval."""
    await execute(_AGREE, site_id, first)


async def _write(approval: Approval, step: Step, period: Period | None, actor: Actor, now: datetime) -> None:
    approval.state, approval.decided_by, approval.decided_at = step.after, str(actor)[:80], now
    if period is not None:
        approval.valid_from, approval.valid_to = _checked(period)
        await agree(approval.site_id, approval.valid_from)
    await approval.save(update_fields=["state", "decided_by", "decided_at", "valid_from", "valid_to"])


def _checked(period: Period) -> tuple[date, date | None]:
    if period.first is None:
        raise StartMissing
    if period.last is not None and period.last < period.first:
        raise PeriodBackwards
    return period.first, period.last
