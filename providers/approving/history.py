"""The history of a site: one row for everything that was applied for, decided or seen. Nobody changes it."""

from datetime import date, datetime

from providers.actors import Actor
from providers.approving.errors import ReasonMissing
from providers.models import Approval, SiteEvent, SiteEventKind

LONGEST_REASON = 2000

NEEDS_REASON = frozenset(
    {
        SiteEventKind.RETURNED,
        SiteEventKind.REJECTED,
        SiteEventKind.SUSPENDED,
        SiteEventKind.WITHDRAWN,
        SiteEventKind.REMARK,
    }
)


async def record(
    kind: SiteEventKind,
    *,
    site_id: int,
    actor: Actor,
    now: datetime,
    approval: Approval | None = None,
    reason: str = "",
) -> None:
    """Write one row in the caller's transaction, with the days of the approval as they now are.

    Raises ReasonMissing for a kind that cannot go without.
    """
    said = reason.strip()[:LONGEST_REASON]
    if kind in NEEDS_REASON and not said:
        raise ReasonMissing
    first, last = _days(approval)
    await SiteEvent.create(
        site_id=site_id,
        approval_id=approval.pk if approval else None,
        kind=kind,
        at=now,
        actor=str(actor),
        reason=said,
        valid_from=first,
        valid_to=last,
    )


def _days(approval: Approval | None) -> tuple[date | None, date | None]:
    return (approval.valid_from, approval.valid_to) if approval else (None, None)
