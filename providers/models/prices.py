"""What a package costs, and what is paid of it when a course ended early: dated, and marked where they are a demo's."""

from enum import StrEnum

from tortoise import fields
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint
from tortoise.models import Model

from providers.models.packages import PackageLevel, PackageSource


class PartRule(StrEnum):
    """What is paid of a course that was stopped: the whole price, or as much of it as contacts were carried out."""

    WHOLE = "whole"
    SHARE_OF_CONTACTS = "share_of_contacts"


class PackagePrice(Model):
    """What a package at a level costs from a local day on, in øre, until a later row. It pays for so many contacts."""

    id = fields.IntField(primary_key=True)
    package_level: fields.ForeignKeyRelation[PackageLevel] = fields.ForeignKeyField(
        "genvej.PackageLevel", related_name="prices", on_delete=fields.RESTRICT
    )
    package_level_id: int
    valid_from = fields.DateField()
    ore = fields.IntField()
    contacts = fields.SmallIntField()
    source = fields.CharEnumField(PackageSource, max_length=8)

    class Meta:
        table = "package_price"
        constraints = (
            UniqueConstraint(("package_level_id", "valid_from"), "package_price_once"),
            CheckConstraint("ore > 0 AND contacts > 0", "package_price_positive"),
        )


class SettlementRule(Model):
    """How a course that ended early is paid from a local day on, until a later row."""

    id = fields.IntField(primary_key=True)
    valid_from = fields.DateField()
    part = fields.CharEnumField(PartRule, max_length=24)
    source = fields.CharEnumField(PackageSource, max_length=8)

    class Meta:
        table = "settlement_rule"
        constraints = (UniqueConstraint(("valid_from",), "settlement_rule_once"),)
