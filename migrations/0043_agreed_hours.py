"""An hour that was agreed with a citizen who had chosen a week is theirs alone, and names that week.

Hours that were agreed before are times like any other, and stay it.
"""

from tortoise import fields
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint

from providers import migrating

# No row has the column yet; the next migration has the database look.
CONSTRAINT = "ALTER TABLE slot ADD CONSTRAINT slot_agreed_hour CHECK (agreed_in_id IS NULL OR seats = 0) NOT VALID;"


class Migration(migrating.Migration):
    dependencies = [("genvej", "0042_weekly_starts_named")]

    operations = [
        ops.AddField(model_name="Slot", name="agreed_in_id", field=fields.BigIntField(null=True)),
        ops.RunSQL(CONSTRAINT),
        migrating.StateConstraint(
            model_name="Slot",
            constraint=CheckConstraint(check="agreed_in_id IS NULL OR seats = 0", name="slot_agreed_hour"),
        ),
    ]
