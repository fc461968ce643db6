"""The municipalities' standards, the place by which transport is measured, and the telephones of the regions."""

from orjson import loads
from tortoise import fields
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from providers import migrating

# The column comes without a value, and its constraint without a look at the plans that are there; 0012 looks.
REFERENCE_SITE = [
    "ALTER TABLE plan ADD COLUMN reference_site_id int",
    "ALTER TABLE plan ADD CONSTRAINT plan_reference_site_id_fkey"
    " FOREIGN KEY (reference_site_id) REFERENCES site (id) ON DELETE RESTRICT NOT VALID",
]


class Migration(migrating.Migration):
    dependencies = [("genvej", "0010_sessions_checked")]

    initial = False

    operations = [
        ops.CreateModel(
            name="MunicipalityStandard",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "municipality",
                    fields.ForeignKeyField(
                        "genvej.Municipality",
                        source_field="municipality_id",
                        db_constraint=True,
                        to_field="code",
                        related_name="standards",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("valid_from", fields.DateField()),
                ("revision", fields.SmallIntField(db_default=1)),
                ("author", fields.CharField(max_length=120)),
                ("contact_days", fields.SmallIntField()),
                ("start_days", fields.SmallIntField()),
                ("unit", fields.CharField(null=True, max_length=120)),
                ("phone", fields.CharField(null=True, max_length=20)),
                ("email", fields.CharField(null=True, max_length=120)),
                ("web", fields.CharField(null=True, max_length=120)),
                ("sections", fields.JSONField(db_default="{}", encoder=JSON_DUMPS, decoder=loads)),
            ],
            options={
                "table": "municipality_standard",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "One version of a standard, as citizens read it from the local day `valid_from` on.",
            },
            bases=["Model"],
        ),
        # The ORM leaves constraints out when it creates a table, so each is added by itself.
        ops.AddConstraint(
            model_name="MunicipalityStandard",
            constraint=UniqueConstraint(
                fields=("municipality_id", "valid_from", "revision"), name="municipality_standard_once"
            ),
        ),
        ops.AddConstraint(
            model_name="MunicipalityStandard",
            constraint=CheckConstraint(check="contact_days > 0 AND start_days > 0", name="municipality_standard_days"),
        ),
        ops.AddConstraint(
            model_name="MunicipalityStandard",
            constraint=CheckConstraint(check="author <> ''", name="municipality_standard_has_author"),
        ),
        ops.RunSQL(REFERENCE_SITE),
        migrating.StateField(
            model_name="Plan",
            name="reference_site",
            field=fields.ForeignKeyField(
                "genvej.Site",
                source_field="reference_site_id",
                null=True,
                db_constraint=True,
                to_field="id",
                related_name="reference_of",
                on_delete=OnDelete.RESTRICT,
            ),
        ),
        ops.AddField(model_name="Region", name="phone", field=fields.CharField(null=True, max_length=20)),
    ]
