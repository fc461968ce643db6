"""How many begin in a week is called weekly starts; an intake is the plans that come in from a municipality."""

from tortoise.migrations import operations as ops

from providers import migrating

# Until it is replaced, the version before refuses the same bad line, but has no words for why.
NAMED = (
    "-- squawk-ignore renaming-object\n"
    "ALTER TABLE opening_pattern RENAME CONSTRAINT opening_pattern_one_intake TO opening_pattern_weekly_starts_once;"
)


class Migration(migrating.Migration):
    dependencies = [("genvej", "0041_home_nearest")]
    operations = [ops.RunSQL(NAMED)]
