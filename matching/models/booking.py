"""The citizen's seat: held while they decide, booked when they have."""

from uuid import UUID

from tortoise import fields
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint
from tortoise.models import Model

from matching.models.plan import Plan
from matching.plan_facts import Basis
from matching.states import BookingState
from providers.models import Slot


class Hold(Model):
    """A seat kept for one plan until an instant."""

    plan: fields.ForeignKeyRelation[Plan] = fields.ForeignKeyField(
        "genvej.Plan", related_name="holds", on_delete=fields.RESTRICT
    )
    plan_id: int
    slot: fields.ForeignKeyRelation[Slot] = fields.ForeignKeyField(
        "genvej.Slot", related_name="holds", on_delete=fields.RESTRICT, db_index=True
    )
    slot_id: int
    until = fields.DatetimeField()

    class Meta:
        table = "hold"
        constraints = (UniqueConstraint(("plan_id",), "hold_one_per_plan"),)


class Booking(Model):
    """A first contact of a plan, or the municipality's offer of one."""

    id = fields.UUIDField(primary_key=True)
    plan: fields.ForeignKeyRelation[Plan] = fields.ForeignKeyField(
        "genvej.Plan", related_name="bookings", on_delete=fields.RESTRICT
    )
    plan_id: int
    slot: fields.ForeignKeyRelation[Slot] = fields.ForeignKeyField(
        "genvej.Slot", related_name="bookings", on_delete=fields.RESTRICT, db_index=True
    )
    slot_id: int
    basis = fields.CharEnumField(Basis, max_length=24)
    state = fields.CharEnumField(BookingState, max_length=24)
    version = fields.IntField(db_default=1)
    moved_from: fields.ForeignKeyNullableRelation["Booking"] = fields.ForeignKeyField(
        "genvej.Booking", related_name="moved_to", on_delete=fields.RESTRICT, null=True
    )
    moved_from_id: UUID | None
    created_at = fields.DatetimeField()

    class Meta:
        table = "booking"
        constraints = (
            UniqueConstraint(("plan_id",), "booking_one_offered_per_plan", condition="state = 'offered'"),
            UniqueConstraint(
                ("plan_id",),
                "booking_one_current_per_plan",
                condition="state IN ('requested', 'confirmed', 'started')",
            ),
            CheckConstraint("version > 0", "booking_version_positive"),
        )


class IdempotencyKey(Model):
    """A caller's key, so that the same request asked again gives the same booking."""

    plan: fields.ForeignKeyRelation[Plan] = fields.ForeignKeyField(
        "genvej.Plan", related_name="idempotency_keys", on_delete=fields.RESTRICT
    )
    plan_id: int
    key = fields.CharField(max_length=80)
    slot_id = fields.BigIntField()
    booking: fields.ForeignKeyRelation[Booking] = fields.ForeignKeyField(
        "genvej.Booking", related_name="keys", on_delete=fields.RESTRICT
    )
    created_at = fields.DatetimeField()

    class Meta:
        table = "idempotency_key"
        constraints = (UniqueConstraint(("plan_id", "key"), "idempotency_key_once_per_plan"),)
