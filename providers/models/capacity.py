"""What is free: slots, and the offer table that makes them quick to find."""

from enum import StrEnum

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint
from tortoise.models import Model

from providers.models.geography import Municipality
from providers.models.organisations import Agreement, Site
from providers.models.packages import Approval, PackageLevel


class SlotMode(StrEnum):
    INDIVIDUAL = "individual"
    GROUP = "group"
    HOME = "home"
    DIGITAL = "digital"


class OfferKind(StrEnum):
    MUNICIPAL = "municipal"
    CONTRACT = "contract"
    EXTENDED = "extended"


class Slot(Model):
    """A first contact that can be booked.

    `taken` counts the bookings made here, `blocked_seats` the seats sold elsewhere. `package_levels`
    empty means everything that the site is approved for. `pattern_id` is the opening pattern that it was made from;
    patterns may go, their times stay. Who asks later than `notice_hours` before does not get it. A time that was
    closed has no seats, and `closed_seats` is how many it had. `extra_seats` are given beyond `seats`, knowingly, or
    to those who had a seat when the time was closed: the finder never sees them. A `whole_week` has no day and hour
    yet (`providers.weeks`), and only that begins a minute before a Danish midnight. An hour that was agreed with
    whoever had chosen a week is a closed time, and theirs alone: `agreed_in_id` is that week's slot, of which they
    block a seat for as long as they have the hour.
    """

    id = fields.BigIntField(primary_key=True)
    site: fields.ForeignKeyRelation[Site] = fields.ForeignKeyField(
        "genvej.Site", related_name="slots", on_delete=fields.RESTRICT
    )
    site_id: int
    starts_at = fields.DatetimeField()
    minutes = fields.SmallIntField()
    mode = fields.CharEnumField(SlotMode, max_length=16)
    seats = fields.SmallIntField()
    taken = fields.SmallIntField(db_default=0)
    blocked_seats = fields.SmallIntField(db_default=0)
    package_levels: fields.Field[list[int]] = ArrayField(element_type="smallint", null=True)
    pattern_id = fields.BigIntField(null=True)
    notice_hours = fields.SmallIntField(null=True)
    closed_seats = fields.SmallIntField(null=True)
    extra_seats = fields.SmallIntField(db_default=0)
    whole_week = fields.BooleanField(db_default=False)
    agreed_in_id = fields.BigIntField(null=True)

    class Meta:
        table = "slot"
        constraints = (
            CheckConstraint("taken >= 0 AND blocked_seats >= 0 AND minutes > 0", "slot_counts_not_negative"),
            CheckConstraint("taken + blocked_seats <= seats + extra_seats", "slot_seats_not_exceeded"),
            CheckConstraint("extra_seats >= 0 AND (closed_seats IS NULL OR seats = 0)", "slot_closed_without_seats"),
            CheckConstraint(
                "whole_week = ((starts_at AT TIME ZONE 'Europe/Copenhagen')::time = '23:59')", "slot_whole_week"
            ),
            CheckConstraint("agreed_in_id IS NULL OR seats = 0", "slot_agreed_hour"),
            UniqueConstraint(("pattern_id", "starts_at"), "slot_once_per_pattern", condition="pattern_id IS NOT NULL"),
        )


class Offer(Model):
    """One approval under one agreement, as the finder sees it; recomputed, never edited.

    It is a prefilter: no search could be given a free slot before `next_free` or after `last_free`, and both are empty
    only when there is none. `free_kinds` says of which kinds the free ones are (`providers.free_kinds`). Starts must
    lie in [`valid_from`, `valid_until`), the instants between which approval and agreement both hold. `municipality`
    is the one that runs the site (`municipal`) or has the contract (`contract`).
    """

    id = fields.BigIntField(primary_key=True)
    site: fields.ForeignKeyRelation[Site] = fields.ForeignKeyField("genvej.Site", related_name="offers")
    site_id: int
    approval: fields.ForeignKeyRelation[Approval] = fields.ForeignKeyField("genvej.Approval", related_name="offers")
    approval_id: int
    agreement: fields.ForeignKeyRelation[Agreement] = fields.ForeignKeyField("genvej.Agreement", related_name="offers")
    agreement_id: int
    package_level: fields.ForeignKeyRelation[PackageLevel] = fields.ForeignKeyField(
        "genvej.PackageLevel", related_name="offers"
    )
    package_level_id: int
    kind = fields.CharEnumField(OfferKind, max_length=16)
    municipality: fields.ForeignKeyNullableRelation[Municipality] = fields.ForeignKeyField(
        "genvej.Municipality", related_name="offers", null=True
    )
    municipality_id: str | None
    next_free = fields.DatetimeField(null=True)
    last_free = fields.DatetimeField(null=True)
    free_kinds = fields.IntField(null=True)
    valid_from = fields.DatetimeField()
    valid_until = fields.DatetimeField(null=True)

    class Meta:
        table = "offer"
        constraints = (UniqueConstraint(("approval_id", "agreement_id"), "offer_once_per_approval_and_agreement"),)
