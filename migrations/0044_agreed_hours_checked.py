"""The constraint of 0043 holds for the rows that were there before it, too."""

from tortoise.migrations import operations as ops

from providers import migrating


class Migration(migrating.Migration):
    dependencies = [("genvej", "0043_agreed_hours")]
    operations = [ops.RunSQL("ALTER TABLE slot VALIDATE CONSTRAINT slot_agreed_hour")]
