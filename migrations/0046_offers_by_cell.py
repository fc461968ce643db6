"""In order of time, offers are read by the squares of ten kilometres in which they lie (`matching.finding.cells`)."""

from tortoise.migrations import operations as ops

from providers import migrating

# Offers are derived, and few beside the cases: at half a million sites both are there in half a minute.
BY_CELL = [
    "-- squawk-ignore adding-field-with-default\n"
    "ALTER TABLE offer ADD COLUMN cell integer"
    " GENERATED ALWAYS AS ((floor(ST_Y(point) / 10000) * 1000 + floor(ST_X(point) / 10000))::integer) STORED;",
    "-- squawk-ignore require-concurrent-index-creation\n"
    "CREATE INDEX offer_soonest_by_cell ON offer (package_level_id, kind, cell, next_free)"
    " INCLUDE (site_id, municipality_id, point) WHERE next_free IS NOT NULL;",
]


class Migration(migrating.Migration):
    dependencies = [("genvej", "0045_kinds_of_free_times")]
    operations = [ops.RunSQL(BY_CELL)]
