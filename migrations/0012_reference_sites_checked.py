"""The constraint of 0011 on the table of plans holds for the rows that were there before it, too."""

from tortoise.migrations import operations as ops

from providers import migrating


class Migration(migrating.Migration):
    dependencies = [("genvej", "0011_standards")]
    operations = [ops.RunSQL("ALTER TABLE plan VALIDATE CONSTRAINT plan_reference_site_id_fkey")]
