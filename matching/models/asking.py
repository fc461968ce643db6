"""What a citizen has asked for who found no time: to be told when one comes, or to be rung up."""

from datetime import date
from enum import StrEnum

from tortoise import fields
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint
from tortoise.models import Model

from matching.models.plan import Plan
from providers.models import PostalCode, Site


class CallOutcome(StrEnum):
    """WITHDRAWN: the citizen needs no call any more."""

    REACHED = "reached"
    NOT_REACHED = "not_reached"
    WITHDRAWN = "withdrawn"


class Watch(Model):
    """Tell the citizen when a time comes: at one site, or within `radius` kilometres (None = the whole country) of
    `origin`, which is the municipality's own point when it is empty.

    `weekdays` are bits, Monday 1, Tuesday 2 … Sunday 64; 0 = any day. `known_at` is the first time that the citizen
    knows of, or could: only one before it is news. The row is removed when it has served.
    """

    id = fields.BigIntField(primary_key=True)
    plan: fields.ForeignKeyRelation[Plan] = fields.ForeignKeyField(
        "genvej.Plan", related_name="watches", on_delete=fields.RESTRICT
    )
    plan_id: int
    number = fields.SmallIntField()
    site: fields.ForeignKeyNullableRelation[Site] = fields.ForeignKeyField(
        "genvej.Site", related_name="watches", on_delete=fields.RESTRICT, null=True
    )
    site_id: int | None
    origin: fields.ForeignKeyNullableRelation[PostalCode] = fields.ForeignKeyField(
        "genvej.PostalCode", related_name="watches", on_delete=fields.RESTRICT, null=True
    )
    origin_id: str | None
    radius = fields.SmallIntField(null=True)
    weekdays = fields.SmallIntField(db_default=0)
    known_at = fields.DatetimeField(null=True)
    looked_at = fields.DatetimeField()
    until = fields.DatetimeField()

    class Meta:
        table = "watch"
        constraints = (
            UniqueConstraint(("plan_id", "number"), "watch_number_once"),
            CheckConstraint("number BETWEEN 1 AND 3", "watch_three_at_most"),
            CheckConstraint("weekdays BETWEEN 0 AND 127", "watch_weekdays_known"),
            CheckConstraint("site_id IS NULL OR (origin_id IS NULL AND radius IS NULL)", "watch_site_or_area"),
        )


class CallBack(Model):
    """A citizen has asked a site to ring by a local day. `person` is who, and the number: sealed, emptied afterwards.

    `done_by` is the actor, as events write it.
    """

    id = fields.BigIntField(primary_key=True)
    plan: fields.ForeignKeyRelation[Plan] = fields.ForeignKeyField(
        "genvej.Plan", related_name="call_backs", on_delete=fields.RESTRICT
    )
    plan_id: int
    site: fields.ForeignKeyRelation[Site] = fields.ForeignKeyField(
        "genvej.Site", related_name="call_backs", on_delete=fields.RESTRICT, db_index=True
    )
    site_id: int
    asked_at = fields.DatetimeField()
    due_on: date = fields.DateField()
    person = fields.BinaryField()
    outcome = fields.CharEnumField(CallOutcome, max_length=16, null=True)
    done_at = fields.DatetimeField(null=True)
    done_by = fields.CharField(max_length=120, null=True)

    class Meta:
        table = "call_back"
        constraints = (
            UniqueConstraint(("plan_id",), "call_back_one_open_per_plan", condition="done_at IS NULL"),
            CheckConstraint(
                "(done_at IS NULL) = (outcome IS NULL) AND (done_at IS NULL) = (done_by IS NULL)",
                "call_back_done_complete",
            ),
            CheckConstraint("(done_at IS NULL) = (octet_length(person) > 0)", "call_back_forgets_person"),
        )
