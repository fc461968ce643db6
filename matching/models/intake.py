"""What came in, word for word, and what became of it: kept until a setting says it has been long enough."""

from enum import StrEnum

from tortoise import fields
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint
from tortoise.models import Model

from matching.models.plan import Plan
from providers.models import Municipality


class MessageSource(StrEnum):
    """By which way a message came."""

    API = "api"
    UPLOAD = "upload"
    FORM = "form"
    FOLDER = "folder"
    COMMAND = "command"


class ArrivalState(StrEnum):
    """`known` = the plan was here and nothing in it is new; `discarded` = somebody set an unreadable one aside."""

    TAKEN = "taken"
    CHANGED = "changed"
    KNOWN = "known"
    FAILED = "failed"
    DISCARDED = "discarded"


class RawMessage(Model):
    """A file as it came. `name` and `body` (compressed) are sealed; a file's name may hold a CPR number.

    `digest` is the keyed hash of the body and of the municipality that brought it. `municipality` is empty while
    nobody has said for whom the file is, and when its plans are for several.
    """

    id = fields.BigIntField(primary_key=True)
    municipality: fields.ForeignKeyNullableRelation[Municipality] = fields.ForeignKeyField(
        "genvej.Municipality", related_name="raw_messages", on_delete=fields.RESTRICT, null=True, db_index=True
    )
    municipality_id: str | None
    source = fields.CharEnumField(MessageSource, max_length=16)
    name = fields.BinaryField()
    body = fields.BinaryField()
    digest = fields.CharField(max_length=64)
    received_at = fields.DatetimeField(db_index=True)
    actor = fields.CharField(max_length=120)

    class Meta:
        table = "raw_message"
        constraints = (UniqueConstraint(("digest",), "raw_message_once"),)


class Arrival(Model):
    """One plan of a message: which one it became, or why it could not be read.

    `position` counts a message's plans from 0. `findings` are pairs of `matching.intake.findings.Finding`.
    """

    id = fields.BigIntField(primary_key=True)
    raw_message: fields.ForeignKeyRelation[RawMessage] = fields.ForeignKeyField(
        "genvej.RawMessage", related_name="arrivals", on_delete=fields.RESTRICT
    )
    raw_message_id: int
    position = fields.IntField()
    municipality: fields.ForeignKeyNullableRelation[Municipality] = fields.ForeignKeyField(
        "genvej.Municipality", related_name="arrivals", on_delete=fields.RESTRICT, null=True
    )
    municipality_id: str | None
    message_id = fields.CharField(max_length=80, null=True)
    plan: fields.ForeignKeyNullableRelation[Plan] = fields.ForeignKeyField(
        "genvej.Plan", related_name="arrivals", on_delete=fields.RESTRICT, null=True, db_index=True
    )
    plan_id: int | None
    state = fields.CharEnumField(ArrivalState, max_length=16)
    findings: fields.Field[list[list[str]]] = fields.JSONField()
    at = fields.DatetimeField()

    class Meta:
        table = "arrival"
        constraints = (
            UniqueConstraint(("raw_message_id", "position"), "arrival_once_per_position"),
            CheckConstraint("(plan_id IS NULL) = (state IN ('failed', 'discarded'))", "arrival_read_has_plan"),
        )
