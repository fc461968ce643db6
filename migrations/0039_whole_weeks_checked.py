"""The constraints of 0038 hold for the rows that were there before it, too."""

from tortoise.migrations import operations as ops

from providers import migrating

CONSTRAINTS = [
    "ALTER TABLE opening_pattern VALIDATE CONSTRAINT opening_pattern_whole_week",
    "ALTER TABLE slot VALIDATE CONSTRAINT slot_whole_week",
]


class Migration(migrating.Migration):
    dependencies = [("genvej", "0038_whole_weeks")]
    operations = [ops.RunSQL(CONSTRAINTS)]
