"""The constraint of 0013 on the table of sites holds for the rows that were there before it, too."""

from tortoise.migrations import operations as ops

from providers import migrating


class Migration(migrating.Migration):
    dependencies = [("genvej", "0013_messages")]
    operations = [ops.RunSQL("ALTER TABLE site VALIDATE CONSTRAINT site_change_notice_reasonable")]
