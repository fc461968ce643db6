"""The constraint of 0013 on the table of sites holds for the rows that were there before it, too."""

from tortoise import migrations
from tortoise.migrations import operations as ops


class Migration(migrations.Migration):
    dependencies = [("genvej", "0013_messages")]
    operations = [ops.RunSQL("ALTER TABLE site VALIDATE CONSTRAINT site_change_notice_reasonable")]
