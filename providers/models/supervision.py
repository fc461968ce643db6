"""What became of a site's applications, what it has shown, and who has looked after it."""

from enum import StrEnum

from tortoise import fields
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from providers.models.organisations import Site
from providers.models.packages import Approval

LARGEST_EVIDENCE = 10 * 1024 * 1024
"""Bytes of one file."""


class SiteEventKind(StrEnum):
    """REMARK: the approver was there (tilsyn), or wrote something down. CHECKED: a practitioner's authorisation."""

    APPLIED = "applied"
    ANSWERED = "answered"
    APPROVED = "approved"
    RETURNED = "returned"
    REJECTED = "rejected"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    WITHDRAWN = "withdrawn"
    REMARK = "remark"
    CHECKED = "checked"


class SiteEvent(Model):
    """What happened to a site or to one of its approvals; append-only. `reason` is what the actor wrote."""

    id = fields.BigIntField(primary_key=True)
    site: fields.ForeignKeyRelation[Site] = fields.ForeignKeyField(
        "genvej.Site", related_name="events", on_delete=fields.RESTRICT, db_index=True
    )
    site_id: int
    approval: fields.ForeignKeyNullableRelation[Approval] = fields.ForeignKeyField(
        "genvej.Approval", related_name="events", on_delete=fields.RESTRICT, null=True
    )
    approval_id: int | None
    kind = fields.CharEnumField(SiteEventKind, max_length=16)
    at = fields.DatetimeField()
    actor = fields.CharField(max_length=120)
    reason = fields.CharField(max_length=2000, db_default="")
    valid_from = fields.DateField(null=True)
    valid_to = fields.DateField(null=True)

    class Meta:
        table = "site_event"
        constraints = (
            CheckConstraint("actor <> ''", "site_event_has_actor"),
            CheckConstraint(
                "reason <> '' OR kind NOT IN ('returned', 'rejected', 'suspended', 'withdrawn', 'remark')",
                "site_event_has_reason",
            ),
            CheckConstraint("kind IN ('remark', 'checked') OR approval_id IS NOT NULL", "site_event_of_an_approval"),
        )


class Evidence(Model):
    """A file that shows what a site's people can do. Its name is as it was given, its kind as its content is.

    The content is sealed (`providers/approving/sealing.py`); `size` is what it was before, in bytes.
    """

    id = fields.BigIntField(primary_key=True)
    approval: fields.ForeignKeyRelation[Approval] = fields.ForeignKeyField(
        "genvej.Approval", related_name="evidence", on_delete=fields.RESTRICT, db_index=True
    )
    approval_id: int
    name = fields.CharField(max_length=100)
    kind = fields.CharField(max_length=4)
    content = fields.BinaryField()
    size = fields.IntField(db_default=0)
    uploaded_at = fields.DatetimeField()
    actor = fields.CharField(max_length=120)

    class Meta:
        table = "evidence"
        constraints = (
            CheckConstraint(f"size BETWEEN 1 AND {LARGEST_EVIDENCE}", "evidence_size"),
            CheckConstraint("kind IN ('pdf', 'png', 'jpeg')", "evidence_kind_known"),
        )
