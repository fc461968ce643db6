"""The constraint of 0018 on the table of reports holds for the rows that were there before it, too."""

from tortoise.migrations import operations as ops

from providers import migrating


class Migration(migrating.Migration):
    dependencies = [("genvej", "0018_retention")]
    operations = [ops.RunSQL("ALTER TABLE report VALIDATE CONSTRAINT report_queued_has_body")]
