"""What is needed to know people by an issuer's word: business numbers of municipalities, units of providers; and the
contents of plans, which only a citizen known so may read."""

from tortoise import fields
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from providers import migrating

# A hundred municipalities and some thousand providers, whose new columns are empty: nobody notices the lock.
NUMBERS = [
    "-- squawk-ignore constraint-missing-not-valid, disallowed-unique-constraint\n"
    "ALTER TABLE municipality"
    " ADD CONSTRAINT municipality_cvr_eight_digits CHECK (cvr ~ '^[0-9]{8}$'),"
    " ADD CONSTRAINT municipality_cvr_once UNIQUE (cvr);",
    "-- squawk-ignore constraint-missing-not-valid\n"
    "ALTER TABLE provider ADD CONSTRAINT provider_p_number_ten_digits CHECK (p_number ~ '^[0-9]{10}$');",
]


class Migration(migrating.Migration):
    dependencies = [("genvej", "0014_site_notice_checked")]

    initial = False

    operations = [
        ops.AddField(model_name="Municipality", name="cvr", field=fields.CharField(null=True, max_length=8)),
        ops.AddField(model_name="Provider", name="p_number", field=fields.CharField(null=True, max_length=10)),
        ops.AddField(model_name="Plan", name="contents", field=fields.BinaryField(null=True)),
        ops.RunSQL(NUMBERS),
        migrating.StateConstraint(
            model_name="Municipality",
            constraint=CheckConstraint(check="cvr ~ '^[0-9]{8}$'", name="municipality_cvr_eight_digits"),
        ),
        migrating.StateConstraint(
            model_name="Municipality", constraint=UniqueConstraint(fields=("cvr",), name="municipality_cvr_once")
        ),
        migrating.StateConstraint(
            model_name="Provider",
            constraint=CheckConstraint(check="p_number ~ '^[0-9]{10}$'", name="provider_p_number_ten_digits"),
        ),
    ]
