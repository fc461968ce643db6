"""Courses have words of those who treat, sites have opening patterns and closures, and times can be closed.

The words are a citizen's data, seen by scope only. Patterns and closures are the registry's.
"""

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from providers import migrating
from providers.models.capacity import SlotMode
from providers.models.opening import ClosureKind

NOTES = """
CREATE POLICY course_note_in_scope ON course_note TO genvej_app, genvej_worker USING (genvej_in_scope(plan_id));
ALTER TABLE course_note ENABLE ROW LEVEL SECURITY;
REVOKE UPDATE ON course_note FROM genvej_app;
"""

# What a weekly pattern means: one person or one room is at one thing at a time.
OVERLAP = """
ALTER TABLE opening_pattern ADD CONSTRAINT opening_pattern_no_overlap EXCLUDE USING gist (
    site_id WITH =, lane WITH =, weekday WITH =, int4range(starts_minute::int, ends_minute::int) WITH &&,
    daterange(valid_from, valid_to, '[]') WITH &&
)
"""

# Every row that was within the old limit is within the new one; the next migration has the database look.
SLOT = [
    "-- squawk-ignore ban-drop-constraint\nALTER TABLE slot DROP CONSTRAINT slot_seats_not_exceeded;",
    "ALTER TABLE slot ADD CONSTRAINT slot_seats_not_exceeded"
    " CHECK (taken + blocked_seats <= seats + extra_seats) NOT VALID;",
    "ALTER TABLE slot ADD CONSTRAINT slot_closed_without_seats"
    " CHECK (extra_seats >= 0 AND (closed_seats IS NULL OR seats = 0)) NOT VALID;",
    "-- squawk-ignore require-concurrent-index-creation\n"
    "CREATE UNIQUE INDEX slot_once_per_pattern ON slot (pattern_id, starts_at) WHERE pattern_id IS NOT NULL;",
]


class Migration(migrating.Migration):
    dependencies = [("genvej", "0026_plans_by_key")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Closure",
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
                        related_name="closures",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("first_day", fields.DateField()),
                ("last_day", fields.DateField()),
                (
                    "kind",
                    fields.CharEnumField(
                        description="CLOSED: closed\nHOLIDAY: holiday\nILL: ill", enum_type=ClosureKind, max_length=16
                    ),
                ),
            ],
            options={
                "table": "closure",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "Local days, both included, on which a site has no times.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="CourseNote",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "plan",
                    fields.ForeignKeyField(
                        "genvej.Plan",
                        source_field="plan_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="notes",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "event",
                    fields.OneToOneField(
                        "genvej.CaseEvent",
                        source_field="event_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="note",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("text", fields.BinaryField()),
            ],
            options={
                "table": "course_note",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "The words that belong to one event, sealed: a closing note, or why a level no longer fits.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="OpeningPattern",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "site",
                    fields.ForeignKeyField(
                        "genvej.Site",
                        source_field="site_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="patterns",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("lane", fields.CharField(db_default="", max_length=60)),
                ("weekday", fields.SmallIntField()),
                ("starts_minute", fields.SmallIntField()),
                ("ends_minute", fields.SmallIntField()),
                ("minutes", fields.SmallIntField()),
                ("buffer_minutes", fields.SmallIntField(db_default=0)),
                (
                    "mode",
                    fields.CharEnumField(
                        description="INDIVIDUAL: individual\nGROUP: group\nHOME: home\nDIGITAL: digital",
                        enum_type=SlotMode,
                        max_length=16,
                    ),
                ),
                ("seats", fields.SmallIntField()),
                ("package_levels", ArrayField(null=True, element_type="SMALLINT")),
                ("valid_from", fields.DateField()),
                ("valid_to", fields.DateField(null=True)),
                ("notice_hours", fields.SmallIntField(db_default=0)),
                ("horizon_days", fields.SmallIntField(db_default=56)),
            ],
            options={
                "table": "opening_pattern",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "First contacts on one weekday (Monday is 0) of each week between two local days, both included.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="Closure",
            constraint=CheckConstraint(check="last_day BETWEEN first_day AND first_day + 366", name="closure_period"),
        ),
        ops.AddConstraint(
            model_name="OpeningPattern",
            constraint=CheckConstraint(check="weekday BETWEEN 0 AND 6", name="opening_pattern_weekday"),
        ),
        ops.AddConstraint(
            model_name="OpeningPattern",
            constraint=CheckConstraint(
                check="starts_minute >= 0 AND starts_minute < ends_minute AND ends_minute <= 1440",
                name="opening_pattern_within_a_day",
            ),
        ),
        ops.AddConstraint(
            model_name="OpeningPattern",
            constraint=CheckConstraint(
                check="minutes BETWEEN 5 AND 480 AND buffer_minutes BETWEEN 0 AND 240 AND starts_minute + minutes <= ends_minute",
                name="opening_pattern_has_room",
            ),
        ),
        ops.AddConstraint(
            model_name="OpeningPattern",
            constraint=CheckConstraint(
                check="seats BETWEEN 1 AND 100 AND notice_hours BETWEEN 0 AND 336 AND horizon_days BETWEEN 7 AND 365",
                name="opening_pattern_reasonable",
            ),
        ),
        ops.AddConstraint(
            model_name="OpeningPattern",
            constraint=CheckConstraint(
                check="valid_to IS NULL OR valid_to >= valid_from", name="opening_pattern_period"
            ),
        ),
        ops.RunSQL(OVERLAP),
        ops.RunSQL(NOTES),
        ops.AddField(
            model_name="Slot",
            name="closed_seats",
            field=fields.SmallIntField(null=True),
        ),
        ops.AddField(
            model_name="Slot",
            name="extra_seats",
            field=fields.SmallIntField(db_default=0),
        ),
        ops.AddField(
            model_name="Slot",
            name="notice_hours",
            field=fields.SmallIntField(null=True),
        ),
        ops.AddField(
            model_name="Slot",
            name="pattern_id",
            field=fields.BigIntField(null=True),
        ),
        ops.RunSQL(SLOT),
        migrating.StateRemoval(model_name="Slot", name="slot_seats_not_exceeded"),
        migrating.StateConstraint(
            model_name="Slot",
            constraint=CheckConstraint(
                check="taken + blocked_seats <= seats + extra_seats", name="slot_seats_not_exceeded"
            ),
        ),
        migrating.StateConstraint(
            model_name="Slot",
            constraint=CheckConstraint(
                check="extra_seats >= 0 AND (closed_seats IS NULL OR seats = 0)", name="slot_closed_without_seats"
            ),
        ),
        migrating.StateConstraint(
            model_name="Slot",
            constraint=UniqueConstraint(
                fields=("pattern_id", "starts_at"), name="slot_once_per_pattern", condition="pattern_id IS NOT NULL"
            ),
        ),
    ]
