"""The constraint of 0029 on the table of plans holds for the rows that were there before it, too."""

from tortoise.migrations import operations as ops

from providers import migrating


class Migration(migrating.Migration):
    dependencies = [("genvej", "0029_worklists")]
    operations = [ops.RunSQL("ALTER TABLE plan VALIDATE CONSTRAINT plan_caseworker_id_fkey")]
