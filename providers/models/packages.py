"""What can be delivered, and who may deliver it."""

from enum import StrEnum

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint
from tortoise.models import Model

from providers.models.organisations import Site


class Track(StrEnum):
    SURGICAL = "kirurgisk"
    MEDICAL = "medicinsk"


class PackageSource(StrEnum):
    """`real` = the area's name stands on a public list; `demo` = a placeholder, shown as such."""

    REAL = "real"
    DEMO = "demo"


class ApprovalState(StrEnum):
    APPLIED = "applied"
    APPROVED = "approved"
    RETURNED = "returned"
    REJECTED = "rejected"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"


class Package(Model):
    """A forløbspakke: an area and a track, for instance `01-kirurgisk`.

    `professions` holds the authorisation register's group codes (5151 physiotherapist, 5153 occupational
    therapist), any one of which may deliver the package.
    """

    code = fields.CharField(max_length=24, primary_key=True)
    area = fields.CharField(max_length=2)
    area_name = fields.CharField(max_length=80)
    track = fields.CharEnumField(Track, max_length=16)
    professions: fields.Field[list[str]] = ArrayField(element_type="varchar(8)")
    source = fields.CharEnumField(PackageSource, max_length=8)
    valid_from = fields.DateField()
    valid_to = fields.DateField(null=True)

    class Meta:
        table = "package"
        constraints = (UniqueConstraint(("area", "track"), "package_once_per_area_and_track"),)


class PackageLevel(Model):
    """One package at one level: the unit that is referred, approved, offered and matched."""

    id = fields.SmallIntField(primary_key=True, generated=False)
    package: fields.ForeignKeyRelation["Package"] = fields.ForeignKeyField(
        "genvej.Package", related_name="levels", on_delete=fields.RESTRICT
    )
    package_id: str
    level = fields.CharField(max_length=16)

    class Meta:
        table = "package_level"
        constraints = (
            UniqueConstraint(("package_id", "level"), "package_level_once"),
            CheckConstraint("level IN ('basic', 'advanced')", "package_level_known"),
        )


class Approval(Model):
    """A site may deliver one package at one level, from one local day to another, both included.

    Until it is decided, the days are those that the site has asked for, since `applied_at`.
    """

    site: fields.ForeignKeyRelation[Site] = fields.ForeignKeyField(
        "genvej.Site", related_name="approvals", on_delete=fields.RESTRICT
    )
    site_id: int
    package_level: fields.ForeignKeyRelation["PackageLevel"] = fields.ForeignKeyField(
        "genvej.PackageLevel", related_name="approvals", on_delete=fields.RESTRICT
    )
    package_level_id: int
    state = fields.CharEnumField(ApprovalState, max_length=16)
    valid_from = fields.DateField()
    valid_to = fields.DateField(null=True)
    decided_by = fields.CharField(max_length=80, null=True)
    decided_at = fields.DatetimeField(null=True)
    applied_at = fields.DatetimeField(null=True)

    class Meta:
        table = "approval"
        constraints = (
            CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", "approval_period"),
            UniqueConstraint(
                ("site_id", "package_level_id"),
                "approval_one_open_application",
                condition="state IN ('applied', 'returned')",
            ),
        )
