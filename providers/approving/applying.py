"""The clinic's side: apply for a package at a level, show what one can, answer what was returned."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from providers.actors import Actor
from providers.approving.errors import (
    ApprovalUnknown,
    DecisionNotPossible,
    PackageUnknown,
    ReasonMissing,
    TooMuchEvidence,
)
from providers.approving.history import record
from providers.database import transaction
from providers.models import Approval, ApprovalState, Evidence, PackageLevel, SiteEventKind
from providers.sites.reading import own_site
from providers.vault import Vault

MOST_FILES = 10
"""Of one application."""


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file whose content has been looked at: `kind` is pdf, png or jpeg, `name` without the ending."""

    name: str
    kind: str
    content: bytes = field(repr=False)


async def apply(
    site_id: int,
    package_level_id: int,
    *,
    wished_from: date,
    note: str,
    files: Sequence[EvidenceFile],
    actor: Actor,
    now: datetime,
    vault: Vault,
) -> int:
    """Ask for an approval; the answer is its number.

    Raises SiteUnknown for a site that is not the actor's, PackageUnknown or AlreadyApplied.
    """
    site = await own_site(site_id, actor)
    if not await PackageLevel.exists(id=package_level_id):
        raise PackageUnknown
    async with transaction(actor.scope):
        approval = await Approval.create(
            site_id=site.pk,
            package_level_id=package_level_id,
            state=ApprovalState.APPLIED,
            valid_from=wished_from,
            applied_at=now,
        )
        await _keep(approval, files, actor, now, vault)
        await record(SiteEventKind.APPLIED, site_id=site.pk, approval=approval, actor=actor, now=now, reason=note)
    return int(approval.pk)


async def answer(
    approval_id: int, *, note: str, files: Sequence[EvidenceFile], actor: Actor, now: datetime, vault: Vault
) -> None:
    """Send a returned application in again, with something to say or to show; its clock begins anew.

    Raises ApprovalUnknown, DecisionNotPossible, ReasonMissing or TooMuchEvidence.
    """
    if not note.strip() and not files:
        raise ReasonMissing
    async with transaction(actor.scope):
        approval = await _own(approval_id, actor)
        if approval.state is not ApprovalState.RETURNED:
            raise DecisionNotPossible
        await _keep(approval, files, actor, now, vault)
        approval.state, approval.applied_at = ApprovalState.APPLIED, now
        await approval.save(update_fields=["state", "applied_at"])
        await record(
            SiteEventKind.ANSWERED, site_id=approval.site_id, approval=approval, actor=actor, now=now, reason=note
        )


async def _own(approval_id: int, actor: Actor) -> Approval:
    """The approval of a site of the actor's, locked."""
    own = Approval.filter(id=approval_id, site__provider_id=actor.scope.provider or 0)
    # PostgreSQL locks no rows of a join, so the row itself is asked for once it is known to be theirs.
    if not await own.exists():
        raise ApprovalUnknown
    return await Approval.select_for_update().get(id=approval_id)


async def _keep(approval: Approval, files: Sequence[EvidenceFile], actor: Actor, now: datetime, vault: Vault) -> None:
    if await Evidence.filter(approval_id=approval.pk).count() + len(files) > MOST_FILES:
        raise TooMuchEvidence(most=MOST_FILES)
    for file in files:
        await Evidence.create(
            approval_id=approval.pk,
            name=file.name,
            kind=file.kind,
            content=vault.seal(file.content),
            size=len(file.content),
            uploaded_at=now,
            actor=str(actor),
        )
