"""What went over the line: every attempt with its exact bytes, everything that came back, and what does not add up.

All of it goes with its case when retention deletes that.
"""

from enum import StrEnum

from tortoise import fields
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint
from tortoise.models import Model

from matching.models.plan import Plan
from matching.models.trail import Report, ReportChannel, ReportState
from providers.models import Municipality


class InboundKind(StrEnum):
    ACKNOWLEDGEMENT = "acknowledgement"
    REPLY = "reply"
    PLANS = "plans"
    UNREADABLE = "unreadable"


class DifferenceKind(StrEnum):
    """`untold` = no report was ever written; `unanswered` = one was, and nobody has confirmed it."""

    UNTOLD = "untold"
    UNANSWERED = "unanswered"


class ReportAttempt(Model):
    """One sending of a report. `body` is sealed, and empty when the report's own bytes were sent as they are."""

    id = fields.BigIntField(primary_key=True)
    report: fields.ForeignKeyRelation[Report] = fields.ForeignKeyField(
        "genvej.Report", related_name="sendings", on_delete=fields.CASCADE, db_index=True
    )
    report_id: str
    plan: fields.ForeignKeyRelation[Plan] = fields.ForeignKeyField(
        "genvej.Plan", related_name="sendings", on_delete=fields.CASCADE, db_index=True
    )
    plan_id: int
    at = fields.DatetimeField()
    state = fields.CharEnumField(ReportState, max_length=16)
    answer = fields.CharField(max_length=300)
    body = fields.BinaryField(null=True)

    class Meta:
        table = "report_attempt"
        constraints = (CheckConstraint("answer <> ''", "report_attempt_has_answer"),)


class InboundMessage(Model):
    """What a municipality sent us, sealed, before anybody read it; `digest` is the keyed hash of its bytes.

    `kind` is empty until somebody has acted on it, who has it alone until `claimed_until`. `note` says in words what
    became of it. `report` is what it answers, `plan` the case that it is about. `header` is the id of a MedCom message,
    by which one that is sent again in a new `bundle` is known.
    """

    id = fields.BigIntField(primary_key=True)
    municipality: fields.ForeignKeyRelation[Municipality] = fields.ForeignKeyField(
        "genvej.Municipality", related_name="inbound", on_delete=fields.RESTRICT
    )
    municipality_id: str
    received_at = fields.DatetimeField()
    digest = fields.CharField(max_length=64)
    body = fields.BinaryField()
    kind = fields.CharEnumField(InboundKind, max_length=16, null=True)
    report: fields.ForeignKeyNullableRelation[Report] = fields.ForeignKeyField(
        "genvej.Report", related_name="answers", on_delete=fields.CASCADE, null=True, db_index=True
    )
    report_id: str | None
    plan: fields.ForeignKeyNullableRelation[Plan] = fields.ForeignKeyField(
        "genvej.Plan", related_name="inbound", on_delete=fields.CASCADE, null=True, db_index=True
    )
    plan_id: int | None
    note = fields.CharField(max_length=300, null=True)
    header = fields.CharField(max_length=64, null=True)
    bundle = fields.CharField(max_length=64, null=True)
    claimed_until = fields.DatetimeField(null=True)

    class Meta:
        table = "inbound_message"
        constraints = (
            UniqueConstraint(("municipality_id", "digest"), "inbound_message_once"),
            UniqueConstraint(("municipality_id", "header"), "inbound_header_once"),
        )


class ReportDifference(Model):
    """Something that the case says and the municipality has not confirmed; open until it has.

    The index `report_difference_once` (in the migration, for its NULLS NOT DISTINCT) keeps one open line for each.
    """

    id = fields.BigIntField(primary_key=True)
    plan: fields.ForeignKeyRelation[Plan] = fields.ForeignKeyField(
        "genvej.Plan", related_name="differences", on_delete=fields.CASCADE
    )
    plan_id: int
    channel: fields.ForeignKeyNullableRelation[ReportChannel] = fields.ForeignKeyField(
        "genvej.ReportChannel", related_name="differences", on_delete=fields.RESTRICT, null=True
    )
    channel_id: int | None
    sequence = fields.IntField()
    kind = fields.CharEnumField(DifferenceKind, max_length=16)
    found_at = fields.DatetimeField()
    settled_at = fields.DatetimeField(null=True)

    class Meta:
        table = "report_difference"
