"""A site without a calendar says how many begin in a week: a kind of weekly pattern, and of time."""

from tortoise import fields
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint

from providers import migrating

# Patterns are few, and written by hand; a time of before is no whole week, and the next migration has the database look.
CONSTRAINTS = [
    "-- squawk-ignore ban-drop-constraint\nALTER TABLE opening_pattern DROP CONSTRAINT opening_pattern_no_overlap;",
    "-- squawk-ignore constraint-missing-not-valid\n"
    "ALTER TABLE opening_pattern ADD CONSTRAINT opening_pattern_no_overlap EXCLUDE USING gist ("
    " site_id WITH =, lane WITH =, weekday WITH =, int4range(starts_minute::int, ends_minute::int) WITH &&,"
    " daterange(valid_from, valid_to, '[]') WITH &&) WHERE (NOT whole_week);",
    "-- squawk-ignore constraint-missing-not-valid\n"
    "ALTER TABLE opening_pattern ADD CONSTRAINT opening_pattern_one_intake EXCLUDE USING gist ("
    " site_id WITH =, lane WITH =, mode WITH =, daterange(valid_from, valid_to, '[]') WITH &&) WHERE (whole_week);",
    "ALTER TABLE opening_pattern ADD CONSTRAINT opening_pattern_whole_week CHECK (NOT whole_week OR"
    " (weekday = 0 AND starts_minute = 0 AND ends_minute = 1440 AND buffer_minutes = 0)) NOT VALID;",
    "ALTER TABLE slot ADD CONSTRAINT slot_whole_week"
    " CHECK (whole_week = ((starts_at AT TIME ZONE 'Europe/Copenhagen')::time = '23:59')) NOT VALID;",
]


class Migration(migrating.Migration):
    dependencies = [("genvej", "0037_evidence_sealed")]

    operations = [
        ops.AddField(model_name="OpeningPattern", name="whole_week", field=fields.BooleanField(db_default=False)),
        ops.AddField(model_name="Slot", name="whole_week", field=fields.BooleanField(db_default=False)),
        ops.RunSQL(CONSTRAINTS),
        migrating.StateConstraint(
            model_name="OpeningPattern",
            constraint=CheckConstraint(
                check="NOT whole_week OR"
                " (weekday = 0 AND starts_minute = 0 AND ends_minute = 1440 AND buffer_minutes = 0)",
                name="opening_pattern_whole_week",
            ),
        ),
        migrating.StateConstraint(
            model_name="Slot",
            constraint=CheckConstraint(
                check="whole_week = ((starts_at AT TIME ZONE 'Europe/Copenhagen')::time = '23:59')",
                name="slot_whole_week",
            ),
        ),
    ]
