"""What sites apply for and show, what became of it, and what else a citizen must know of a place."""

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from providers import migrating
from providers.models.supervision import SiteEventKind

# Some thousand sites with a few approvals and people each: nobody notices the lock.
CHECKS = [
    "-- squawk-ignore require-concurrent-index-creation\n"
    "CREATE UNIQUE INDEX approval_one_open_application ON approval (site_id, package_level_id)"
    " WHERE state IN ('applied', 'returned');",
    "-- squawk-ignore require-concurrent-index-creation\n"
    "CREATE UNIQUE INDEX practitioner_once_per_site ON practitioner (site_id, authorisation_id)"
    " WHERE withdrawn_at IS NULL;",
    "-- squawk-ignore constraint-missing-not-valid\n"
    "ALTER TABLE practitioner ADD CONSTRAINT practitioner_authorisation_form"
    " CHECK (authorisation_id ~ '^[b-df-hj-np-tv-z0-9]{5}$');",
    "-- squawk-ignore constraint-missing-not-valid\n"
    "ALTER TABLE site"
    " ADD CONSTRAINT site_door_width_reasonable CHECK (door_width_cm BETWEEN 40 AND 300),"
    " ADD CONSTRAINT site_modes_known"
    " CHECK (modes <@ ARRAY['individual', 'group', 'home', 'digital']::varchar[]),"
    " ADD CONSTRAINT site_point_in_this_part_of_the_world"
    " CHECK (longitude BETWEEN 5 AND 18 AND latitude BETWEEN 53 AND 60);",
]

# What was decided stands. What was shown can be taken back by its owner, and is no business of the worker's.
APPEND_ONLY = """
CREATE TRIGGER site_event_append_only BEFORE UPDATE OR DELETE ON site_event
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE ON site_event FROM genvej_app, genvej_worker;
REVOKE UPDATE ON evidence FROM genvej_app;
REVOKE ALL ON evidence FROM genvej_worker;
"""


class Migration(migrating.Migration):
    dependencies = [("genvej", "0024_account_resets")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Evidence",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "approval",
                    fields.ForeignKeyField(
                        "genvej.Approval",
                        source_field="approval_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="evidence",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("name", fields.CharField(max_length=100)),
                ("kind", fields.CharField(max_length=4)),
                ("content", fields.BinaryField()),
                ("uploaded_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("actor", fields.CharField(max_length=120)),
            ],
            options={
                "table": "evidence",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "A file that shows what a site's people can do. Its name is as it was given, its kind as its content is.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="SiteEvent",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "site",
                    fields.ForeignKeyField(
                        "genvej.Site",
                        source_field="site_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="events",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "approval",
                    fields.ForeignKeyField(
                        "genvej.Approval",
                        source_field="approval_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="events",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "kind",
                    fields.CharEnumField(
                        description="APPLIED: applied\nANSWERED: answered\nAPPROVED: approved\nRETURNED: returned\nREJECTED: rejected\nSUSPENDED: suspended\nRESUMED: resumed\nWITHDRAWN: withdrawn\nREMARK: remark\nCHECKED: checked",
                        enum_type=SiteEventKind,
                        max_length=16,
                    ),
                ),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("actor", fields.CharField(max_length=120)),
                ("reason", fields.CharField(db_default="", max_length=2000)),
                ("valid_from", fields.DateField(null=True)),
                ("valid_to", fields.DateField(null=True)),
            ],
            options={
                "table": "site_event",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "What happened to a site or to one of its approvals; append-only. `reason` is what the actor wrote.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="Evidence",
            constraint=CheckConstraint(check="octet_length(content) BETWEEN 1 AND 10485760", name="evidence_size"),
        ),
        ops.AddConstraint(
            model_name="Evidence",
            constraint=CheckConstraint(check="kind IN ('pdf', 'png', 'jpeg')", name="evidence_kind_known"),
        ),
        ops.AddConstraint(
            model_name="SiteEvent", constraint=CheckConstraint(check="actor <> ''", name="site_event_has_actor")
        ),
        ops.AddConstraint(
            model_name="SiteEvent",
            constraint=CheckConstraint(
                check="reason <> '' OR kind NOT IN ('returned', 'rejected', 'suspended', 'withdrawn', 'remark')",
                name="site_event_has_reason",
            ),
        ),
        ops.AddConstraint(
            model_name="SiteEvent",
            constraint=CheckConstraint(
                check="kind IN ('remark', 'checked') OR approval_id IS NOT NULL", name="site_event_of_an_approval"
            ),
        ),
        ops.AddField(
            model_name="Approval",
            name="applied_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        migrating.StateConstraint(
            model_name="Approval",
            constraint=UniqueConstraint(
                fields=("site_id", "package_level_id"),
                name="approval_one_open_application",
                condition="state IN ('applied', 'returned')",
            ),
        ),
        migrating.StateConstraint(
            model_name="Practitioner",
            constraint=CheckConstraint(
                check="authorisation_id ~ '^[b-df-hj-np-tv-z0-9]{5}$'", name="practitioner_authorisation_form"
            ),
        ),
        migrating.StateConstraint(
            model_name="Practitioner",
            constraint=UniqueConstraint(
                fields=("site_id", "authorisation_id"),
                name="practitioner_once_per_site",
                condition="withdrawn_at IS NULL",
            ),
        ),
        ops.AddField(
            model_name="Site",
            name="door_width_cm",
            field=fields.SmallIntField(null=True),
        ),
        ops.AddField(
            model_name="Site",
            name="modes",
            field=ArrayField(null=True, element_type="VARCHAR(16)"),
        ),
        ops.AddField(
            model_name="Site",
            name="phone_hours",
            field=fields.CharField(null=True, max_length=120),
        ),
        migrating.StateConstraint(
            model_name="Site",
            constraint=CheckConstraint(check="door_width_cm BETWEEN 40 AND 300", name="site_door_width_reasonable"),
        ),
        migrating.StateConstraint(
            model_name="Site",
            constraint=CheckConstraint(
                check="modes <@ ARRAY['individual', 'group', 'home', 'digital']::varchar[]", name="site_modes_known"
            ),
        ),
        migrating.StateConstraint(
            model_name="Site",
            constraint=CheckConstraint(
                check="longitude BETWEEN 5 AND 18 AND latitude BETWEEN 53 AND 60",
                name="site_point_in_this_part_of_the_world",
            ),
        ),
        ops.RunSQL(CHECKS),
        ops.RunSQL(APPEND_ONLY),
    ]
