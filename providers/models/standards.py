"""What each municipality has decided to give: its kvalitetsstandard for rehabilitation, version by version."""

from tortoise import fields
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint
from tortoise.models import Model

from providers.models.geography import Municipality


class MunicipalityStandard(Model):
    """One version of a standard, as citizens read it from the local day `valid_from` on.

    A change is a new row, on the same day one with a higher `revision`; `author` is who made it. The citizen hears
    from the municipality within `contact_days` of the plan and can begin within `start_days` of the discharge.
    `sections` holds the municipality's own words by section; what is left out is said by the common template.
    """

    municipality: fields.ForeignKeyRelation[Municipality] = fields.ForeignKeyField(
        "genvej.Municipality", related_name="standards", on_delete=fields.RESTRICT
    )
    municipality_id: str
    valid_from = fields.DateField()
    revision = fields.SmallIntField(db_default=1)
    author = fields.CharField(max_length=120)
    contact_days = fields.SmallIntField()
    start_days = fields.SmallIntField()
    unit = fields.CharField(max_length=120, null=True)
    phone = fields.CharField(max_length=20, null=True)
    email = fields.CharField(max_length=120, null=True)
    web = fields.CharField(max_length=120, null=True)
    sections: fields.Field[dict[str, str]] = fields.JSONField(db_default="{}")

    class Meta:
        table = "municipality_standard"
        constraints = (
            UniqueConstraint(("municipality_id", "valid_from", "revision"), "municipality_standard_once"),
            CheckConstraint("contact_days > 0 AND start_days > 0", "municipality_standard_days"),
            CheckConstraint("author <> ''", "municipality_standard_has_author"),
        )
