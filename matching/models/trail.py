"""What happened, who was told, and who looked. Events and audit entries are only ever added."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint
from tortoise.models import Model

from matching.models.booking import Booking
from matching.models.plan import Plan
from providers.models import Municipality


class ReportState(StrEnum):
    """`sent` = taken by the recipient, which has still to say whether it could use it; `delivered` = it has it.

    `refused` = the recipient said no for good; `given_up` = it could not be reached in time, or never answered.
    """

    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    REFUSED = "refused"
    GIVEN_UP = "given_up"
    DROPPED = "dropped"


class ChannelKind(StrEnum):
    """How a municipality is told: signed JSON, MedCom's or KL's messages over HTTP, a feed it reads, or an e-mail.

    The e-mail only says that there is something to read.
    """

    WEBHOOK = "webhook"
    MEDCOM = "medcom"
    GATEWAY = "gateway"
    FEED = "feed"
    NOTICE = "notice"


class CaseEvent(Model):
    """One change of a case; `sequence` counts a case's events from 1 without gaps.

    `changes` holds what was corrected, `{"discharge_date": ["2026-11-10", "2026-11-12"]}`: dates and codes, no words.
    """

    id = fields.BigIntField(primary_key=True)
    plan: fields.ForeignKeyRelation[Plan] = fields.ForeignKeyField(
        "genvej.Plan", related_name="events", on_delete=fields.RESTRICT
    )
    plan_id: int
    sequence = fields.IntField()
    kind = fields.CharField(max_length=40)
    at = fields.DatetimeField()
    actor = fields.CharField(max_length=120)
    booking: fields.ForeignKeyNullableRelation[Booking] = fields.ForeignKeyField(
        "genvej.Booking", related_name="events", on_delete=fields.RESTRICT, null=True
    )
    booking_id: UUID | None
    reason = fields.CharField(max_length=40, null=True)
    changes: fields.Field[dict[str, list[str | None]] | None] = fields.JSONField(null=True)

    class Meta:
        table = "case_event"
        constraints = (
            UniqueConstraint(("plan_id", "sequence"), "case_event_sequence_once"),
            CheckConstraint("actor <> ''", "case_event_has_actor"),
        )


class ReportChannel(Model):
    """Where a municipality wants its reports; at most one of each kind.

    `url` is `mailto:` and an address for a notice, and empty for a feed. `secret` is sealed (see
    `matching.reports.credentials`). `tested_at` and `test_answer` are of the last test that somebody asked for.
    """

    id = fields.IntField(primary_key=True)
    municipality: fields.ForeignKeyRelation[Municipality] = fields.ForeignKeyField(
        "genvej.Municipality", related_name="channels", on_delete=fields.RESTRICT
    )
    municipality_id: str
    kind = fields.CharEnumField(ChannelKind, max_length=16)
    url = fields.CharField(max_length=300)
    secret = fields.BinaryField()
    active = fields.BooleanField(db_default=True)
    tested_at = fields.DatetimeField(null=True)
    test_answer = fields.CharField(max_length=300, null=True)

    class Meta:
        table = "report_channel"
        constraints = (UniqueConstraint(("municipality_id", "kind"), "report_channel_once_per_kind"),)


class Report(Model):
    """The outbox: one event for one channel. `id` is the message id that the recipient sees, at every attempt.

    `channel` is empty while the municipality has none; the report then waits for that municipality to fetch it, in
    the order of `feed_position`, which it is given when it is first fetched. `body` is empty once retention has
    removed what it said.
    """

    id = fields.UUIDField(primary_key=True)
    event: fields.ForeignKeyRelation[CaseEvent] = fields.ForeignKeyField(
        "genvej.CaseEvent", related_name="reports", on_delete=fields.RESTRICT
    )
    event_id: int
    plan: fields.ForeignKeyRelation[Plan] = fields.ForeignKeyField(
        "genvej.Plan", related_name="reports", on_delete=fields.RESTRICT
    )
    plan_id: int
    channel: fields.ForeignKeyNullableRelation[ReportChannel] = fields.ForeignKeyField(
        "genvej.ReportChannel", related_name="reports", on_delete=fields.RESTRICT, null=True
    )
    channel_id: int | None
    waits_for: fields.ForeignKeyNullableRelation[Municipality] = fields.ForeignKeyField(
        "genvej.Municipality", related_name="waiting_reports", on_delete=fields.RESTRICT, null=True
    )
    waits_for_id: str | None
    feed_position = fields.BigIntField(null=True)
    sequence = fields.IntField()
    body = fields.BinaryField()
    state = fields.CharEnumField(ReportState, max_length=16)
    attempts = fields.IntField(db_default=0)
    next_at = fields.DatetimeField()
    claimed_until = fields.DatetimeField(null=True)
    answer = fields.CharField(max_length=300, null=True)
    created_at = fields.DatetimeField()
    delivered_at = fields.DatetimeField(null=True)

    class Meta:
        table = "report"
        constraints = (
            UniqueConstraint(("event_id", "channel_id"), "report_once_per_event_and_channel"),
            UniqueConstraint(("feed_position",), "report_feed_position_once"),
            CheckConstraint("state <> 'queued' OR octet_length(body) > 0", "report_queued_has_body"),
            CheckConstraint("channel_id IS NULL OR waits_for_id IS NULL", "report_sent_or_fetched"),
        )


class AuditEntry(Model):
    """A look at, or a change of, a person's data: who, in what role, did what to which case, and why."""

    id = fields.BigIntField(primary_key=True)
    at = fields.DatetimeField(db_index=True)
    person = fields.CharField(max_length=120)
    organisation = fields.CharField(max_length=120, null=True)
    role = fields.CharField(max_length=40)
    action = fields.CharField(max_length=60)
    plan: fields.ForeignKeyNullableRelation[Plan] = fields.ForeignKeyField(
        "genvej.Plan", related_name="audit_entries", on_delete=fields.RESTRICT, null=True
    )
    plan_id: int | None
    criterion = fields.CharField(max_length=120, null=True)
    purpose = fields.CharField(max_length=120)
    result = fields.CharField(max_length=40)

    class Meta:
        table = "audit_entry"
        constraints = (CheckConstraint("person <> '' AND purpose <> ''", "audit_entry_complete"),)
