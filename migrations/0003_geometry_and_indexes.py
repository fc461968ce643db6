"""Points that the database computes itself, and the indexes of the finder, the booking and the outbox."""

from tortoise.migrations import operations as ops

from providers import migrating

POINT = """
ALTER TABLE {table} ADD COLUMN point geometry(Point, 25832) NOT NULL
    GENERATED ALWAYS AS (ST_Transform(ST_SetSRID(ST_MakePoint(longitude, latitude), 4326), 25832)) STORED
"""

INDEXES = [
    # The nearest of one kind, by distance; and the home municipality's own, of which there are few.
    "CREATE INDEX offer_nearest ON offer USING gist (package_level_id, kind, point, next_free)"
    " WHERE next_free IS NOT NULL",
    "CREATE INDEX offer_home ON offer (municipality_id, package_level_id) WHERE next_free IS NOT NULL",
    # What the minute job has to look at.
    "CREATE INDEX offer_next_free ON offer (next_free) WHERE next_free IS NOT NULL",
    "CREATE INDEX slot_free ON slot (site_id, starts_at, id) WHERE taken + blocked_seats < seats",
    "CREATE INDEX slot_site ON slot (site_id, starts_at)",
    "CREATE INDEX postal_code_point ON postal_code USING gist (point)",
    "CREATE INDEX approval_site ON approval (site_id)",
    "CREATE INDEX agreement_provider ON agreement (provider_id)",
    "CREATE INDEX practitioner_site ON practitioner (site_id)",
    "CREATE INDEX site_provider ON site (provider_id)",
    "CREATE INDEX plan_municipality ON plan (municipality_id)",
    "CREATE INDEX booking_plan ON booking (plan_id)",
    "CREATE INDEX report_due ON report (channel_id, next_at) WHERE state = 'queued'",
    "CREATE INDEX report_in_order ON report (plan_id, channel_id, sequence)",
]

NO_OVERLAP = """
ALTER TABLE approval ADD CONSTRAINT approval_no_overlap EXCLUDE USING gist (
    site_id WITH =, package_level_id WITH =, daterange(valid_from, valid_to, '[]') WITH &&
) WHERE (state = 'approved')
"""


class Migration(migrating.Migration):
    dependencies = [("genvej", "0002_tables")]
    operations = [
        ops.RunSQL([POINT.format(table=table) for table in ("municipality", "postal_code", "site")]),
        ops.RunSQL("ALTER TABLE offer ADD COLUMN point geometry(Point, 25832) NOT NULL"),
        ops.RunSQL(INDEXES),
        ops.RunSQL(NO_OVERLAP),
    ]
