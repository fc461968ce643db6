"""The finder in order of time, the reports that are fetched, and the keys of those who fetch them.

Offers know their last free time beside their first, so that a search behind it reads none of them; and they can be
read in order of their first free time. Reports that no address is known for say who has to fetch them.
"""

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from providers import migrating

OFFER = "ALTER TABLE offer ADD COLUMN last_free timestamptz"

LAST_FREE = """
UPDATE offer SET last_free = (
    SELECT max(slot.starts_at) FROM slot
    WHERE slot.site_id = offer.site_id
      AND slot.taken + slot.blocked_seats < slot.seats
      AND slot.starts_at >= greatest(offer.valid_from, offer.next_free)
      AND (offer.valid_until IS NULL OR slot.starts_at < offer.valid_until)
      AND (slot.package_levels IS NULL OR offer.package_level_id = ANY (slot.package_levels))
) WHERE next_free IS NOT NULL
"""

# Offers are derived, and few beside the cases: nobody waits long while their indexes are made anew.
INDEXES = [
    "-- squawk-ignore require-concurrent-index-deletion\nDROP INDEX offer_nearest, offer_home, idx_offer_site_id_1737b5;",
    *(
        f"-- squawk-ignore require-concurrent-index-creation\nCREATE INDEX {index};"
        for index in (
            "offer_nearest ON offer USING gist (package_level_id, kind, point, next_free, last_free)"
            " WHERE next_free IS NOT NULL",
            "offer_soonest ON offer (package_level_id, kind, next_free) WHERE next_free IS NOT NULL",
            "offer_home ON offer (municipality_id, package_level_id, next_free) WHERE next_free IS NOT NULL",
            "offer_site ON offer (site_id, package_level_id)",
            "slot_soonest ON slot (starts_at) WHERE taken + blocked_seats < seats",
            "report_to_fetch ON report (waits_for_id, feed_position) WHERE state = 'queued' AND waits_for_id IS NOT NULL",
        )
    ),
]

# The columns come without a value and their constraints without a look at the rows that are there; 0021 looks.
REPORT = [
    "ALTER TABLE report ADD COLUMN waits_for_id varchar(4), ADD COLUMN feed_position bigint",
    "ALTER TABLE report"
    " ADD CONSTRAINT report_waits_for_id_fkey"
    " FOREIGN KEY (waits_for_id) REFERENCES municipality (code) ON DELETE RESTRICT NOT VALID,"
    " ADD CONSTRAINT report_sent_or_fetched CHECK (channel_id IS NULL OR waits_for_id IS NULL) NOT VALID",
    # The column is new, so no two rows can be alike.
    "-- squawk-ignore disallowed-unique-constraint, constraint-missing-not-valid\n"
    "ALTER TABLE report ADD CONSTRAINT report_feed_position_once UNIQUE (feed_position);",
    "CREATE SEQUENCE report_feed_position",
]

WAITING = """
UPDATE report SET waits_for_id = plan.municipality_id FROM plan
WHERE plan.id = report.plan_id AND report.channel_id IS NULL AND report.state = 'queued'
"""


class Migration(migrating.Migration):
    dependencies = [("genvej", "0019_retention_checked")]

    initial = False

    operations = [
        ops.RunSQL([OFFER, LAST_FREE, *REPORT, WAITING, *INDEXES]),
        migrating.StateField(
            model_name="Offer",
            name="last_free",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        migrating.StateChange(
            model_name="Offer",
            name="site",
            field=fields.ForeignKeyField(
                "genvej.Site",
                source_field="site_id",
                db_constraint=True,
                to_field="id",
                related_name="offers",
                on_delete=OnDelete.CASCADE,
            ),
        ),
        migrating.StateField(model_name="Report", name="feed_position", field=fields.BigIntField(null=True)),
        migrating.StateField(
            model_name="Report",
            name="waits_for",
            field=fields.ForeignKeyField(
                "genvej.Municipality",
                source_field="waits_for_id",
                null=True,
                db_constraint=True,
                to_field="code",
                related_name="waiting_reports",
                on_delete=OnDelete.RESTRICT,
            ),
        ),
        migrating.StateConstraint(
            model_name="Report",
            constraint=UniqueConstraint(fields=("feed_position",), name="report_feed_position_once"),
        ),
        migrating.StateConstraint(
            model_name="Report",
            constraint=CheckConstraint(
                check="channel_id IS NULL OR waits_for_id IS NULL", name="report_sent_or_fetched"
            ),
        ),
        ops.CreateModel(
            name="ApiKey",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("name", fields.CharField(max_length=80)),
                ("digest", fields.CharField(max_length=64)),
                (
                    "municipality",
                    fields.ForeignKeyField(
                        "genvej.Municipality",
                        source_field="municipality_id",
                        null=True,
                        db_constraint=True,
                        to_field="code",
                        related_name="api_keys",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "provider",
                    fields.ForeignKeyField(
                        "genvej.Provider",
                        source_field="provider_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="api_keys",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("scopes", ArrayField(element_type="VARCHAR(16)")),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("created_by", fields.CharField(max_length=120)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("revoked_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("revoked_by", fields.CharField(null=True, max_length=120)),
                ("last_used_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "api_key",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "A program's key, of one municipality or one provider. Only its digest is kept.",
            },
            bases=["Model"],
        ),
        *(
            ops.AddConstraint(model_name="ApiKey", constraint=constraint)
            for constraint in (
                UniqueConstraint(fields=("digest",), name="api_key_digest_once"),
                CheckConstraint(
                    check="(municipality_id IS NULL) <> (provider_id IS NULL)", name="api_key_has_one_organisation"
                ),
                CheckConstraint(
                    check="cardinality(scopes) > 0 AND CASE WHEN provider_id IS NULL"
                    " THEN scopes <@ ARRAY['reports']::varchar[] ELSE scopes <@ ARRAY['slots']::varchar[] END",
                    name="api_key_scopes_fit_organisation",
                ),
                CheckConstraint(check="expires_at > created_at", name="api_key_expires"),
                CheckConstraint(
                    check="(revoked_at IS NULL) = (revoked_by IS NULL)", name="api_key_revoked_by_somebody"
                ),
            )
        ),
    ]
