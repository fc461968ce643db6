"""Papers are sealed at rest, which makes them larger: how large they were before stands beside them."""

from tortoise import fields
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint

from providers import migrating

SIZE = "size BETWEEN 1 AND 10485760"

# A few files of each clinic: nobody waits long while they are looked at.
CHECK = [
    "UPDATE evidence SET size = octet_length(content)",
    "-- squawk-ignore ban-drop-constraint\nALTER TABLE evidence DROP CONSTRAINT evidence_size;",
    f"-- squawk-ignore constraint-missing-not-valid\nALTER TABLE evidence ADD CONSTRAINT evidence_size CHECK ({SIZE});",
]


class Migration(migrating.Migration):
    dependencies = [("genvej", "0036_evidence_forgotten")]
    operations = [
        ops.AddField(model_name="Evidence", name="size", field=fields.IntField(db_default=0)),
        ops.RunSQL(CHECK),
        migrating.StateRemoval(model_name="Evidence", name="evidence_size"),
        migrating.StateConstraint(model_name="Evidence", constraint=CheckConstraint(check=SIZE, name="evidence_size")),
    ]
