"""An offer says of which kinds its free times are; what is there is computed as `providers.offers` does from now on."""

from tortoise import fields
from tortoise.migrations import operations as ops

from providers import migrating

# Of every time that is still there to be given: one more than is true is looked at in vain, one less would be missed.
FILL = """
UPDATE offer SET free_kinds = free.kinds FROM (
    SELECT o.id, bit_or(1 << ((array_position(ARRAY['individual', 'group', 'home', 'digital'], t.mode::text) - 1) * 4
        + CASE WHEN t.whole_week THEN 3 WHEN extract(hour FROM t.starts_at AT TIME ZONE 'Europe/Copenhagen') < 12 THEN 0
               WHEN extract(hour FROM t.starts_at AT TIME ZONE 'Europe/Copenhagen') < 16 THEN 1 ELSE 2 END)) AS kinds
    FROM offer o JOIN slot t ON t.site_id = o.site_id AND t.taken + t.blocked_seats < t.seats
        AND t.starts_at BETWEEN o.next_free AND o.last_free
        AND (t.package_levels IS NULL OR o.package_level_id = ANY (t.package_levels))
    GROUP BY o.id
) free WHERE free.id = offer.id
"""


class Migration(migrating.Migration):
    dependencies = [("genvej", "0044_agreed_hours_checked")]
    operations = [
        ops.AddField(model_name="Offer", name="free_kinds", field=fields.IntField(null=True)),
        ops.RunSQL(FILL),
    ]
