"""The constraints of 0016 on the table of plans hold for the rows that were there before it, too."""

from tortoise.migrations import operations as ops

from providers import migrating

CONSTRAINTS = ("plan_residence_id_fkey", "plan_linked_to_id_fkey", "plan_link_complete", "plan_link_to_another")


class Migration(migrating.Migration):
    dependencies = [("genvej", "0016_intake")]
    operations = [ops.RunSQL([f"ALTER TABLE plan VALIDATE CONSTRAINT {name}" for name in CONSTRAINTS])]
