"""What people are to be told, by what way, and where the citizen wants to be told it."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint
from tortoise.models import Model

from matching.models.booking import Booking
from matching.models.plan import Plan
from providers.models import Account, Site


class Channel(StrEnum):
    """PRINT is a queue that people empty; the worker sends everything else."""

    EMAIL = "email"
    SMS = "sms"
    DIGITAL_POST = "digital_post"
    DOCTOR = "doctor"
    PRINT = "print"


class Recipient(StrEnum):
    """ADDRESS: one that stands in the sealed content, for somebody who has no account yet."""

    CITIZEN = "citizen"
    DOCTOR = "doctor"
    SITE = "site"
    ACCOUNT = "account"
    ADDRESS = "address"


class MessageState(StrEnum):
    """`refused` = the way said no for good; `given_up` = too late, or tried too long; `dropped` = no longer true."""

    QUEUED = "queued"
    SENT = "sent"
    REFUSED = "refused"
    GIVEN_UP = "given_up"
    DROPPED = "dropped"


_RECIPIENT_KNOWN = (
    "CASE recipient WHEN 'site' THEN site_id IS NOT NULL WHEN 'account' THEN account_id IS NOT NULL"
    " WHEN 'address' THEN content IS NOT NULL OR state <> 'queued' ELSE plan_id IS NOT NULL END"
)


class Contact(Model):
    """How the citizen of a plan wants to be told; both addresses are sealed. `stop_token` is the way out of it."""

    id = fields.BigIntField(primary_key=True)
    plan: fields.ForeignKeyRelation[Plan] = fields.ForeignKeyField(
        "genvej.Plan", related_name="contacts", on_delete=fields.RESTRICT
    )
    plan_id: int
    email = fields.BinaryField(null=True)
    mobile = fields.BinaryField(null=True)
    language = fields.CharField(max_length=2)
    stop_token = fields.UUIDField()
    changed_at = fields.DatetimeField()

    class Meta:
        table = "contact"
        constraints = (
            UniqueConstraint(("plan_id",), "contact_one_per_plan"),
            UniqueConstraint(("stop_token",), "contact_stop_token_once"),
        )


class Message(Model):
    """The outbox of words to people. `once` names the occasion, so that nobody is told of it twice.

    A row holds no address and nothing of the citizen: both are read when it is sent. `content` is sealed, and holds
    what cannot be read again: a letter with its codes, or a template's facts. It is emptied when the message is sent.
    Until `next_at`, and while `quiet` at night, it rests; after `until` it is not worth sending.
    """

    id = fields.UUIDField(primary_key=True)
    once = fields.CharField(max_length=120)
    template = fields.CharField(max_length=40)
    channel = fields.CharEnumField(Channel, max_length=16)
    recipient = fields.CharEnumField(Recipient, max_length=16)
    plan: fields.ForeignKeyNullableRelation[Plan] = fields.ForeignKeyField(
        "genvej.Plan", related_name="messages", on_delete=fields.RESTRICT, null=True, db_index=True
    )
    plan_id: int | None
    booking: fields.ForeignKeyNullableRelation[Booking] = fields.ForeignKeyField(
        "genvej.Booking", related_name="messages", on_delete=fields.RESTRICT, null=True
    )
    booking_id: UUID | None
    site: fields.ForeignKeyNullableRelation[Site] = fields.ForeignKeyField(
        "genvej.Site", related_name="messages", on_delete=fields.RESTRICT, null=True
    )
    site_id: int | None
    account: fields.ForeignKeyNullableRelation[Account] = fields.ForeignKeyField(
        "genvej.Account", related_name="messages", on_delete=fields.RESTRICT, null=True
    )
    account_id: int | None
    content = fields.BinaryField(null=True)
    quiet = fields.BooleanField(db_default=False)
    state = fields.CharEnumField(MessageState, max_length=16)
    attempts = fields.IntField(db_default=0)
    due_at = fields.DatetimeField()
    next_at = fields.DatetimeField()
    until = fields.DatetimeField(null=True)
    claimed_until = fields.DatetimeField(null=True)
    answer = fields.CharField(max_length=300, null=True)
    created_at = fields.DatetimeField()
    sent_at = fields.DatetimeField(null=True)

    class Meta:
        table = "message"
        constraints = (
            UniqueConstraint(("once",), "message_once"),
            CheckConstraint(_RECIPIENT_KNOWN, "message_recipient_known"),
            CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", "message_sent_at_if_sent"),
        )
