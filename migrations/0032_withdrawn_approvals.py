"""A time that was agreed on is also trouble where an approval was withdrawn, or ends before it."""

from tortoise.migrations import operations as ops

from providers import migrating

# Small beside its table, in which an approver and a thousand clinics write now and then.
INDEXES = [
    "-- squawk-ignore require-concurrent-index-creation\n"
    "CREATE INDEX approval_withdrawn ON approval (site_id) WHERE state = 'withdrawn';",
    "-- squawk-ignore require-concurrent-index-creation\n"
    "CREATE INDEX approval_with_an_end ON approval (site_id) WHERE state = 'approved' AND valid_to IS NOT NULL;",
]

FUNCTION = """
CREATE OR REPLACE FUNCTION genvej_troubled_plans(moment timestamptz) RETURNS TABLE (plan_id bigint, trouble text, since date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    (SELECT DISTINCT ON (p.id) p.id, b.state::text, (b.created_at AT TIME ZONE 'Europe/Copenhagen')::date
    FROM booking b JOIN plan p ON p.id = b.plan_id
    WHERE b.state IN ('refused', 'cannot_receive', 'cancelled_by_provider')
      AND p.municipality_id = genvej_scope('municipality') AND p.state IN ('assessed', 'handed_back')
      AND NOT EXISTS (SELECT FROM booking later WHERE later.plan_id = p.id AND later.created_at > b.created_at)
      AND NOT EXISTS (
          SELECT FROM case_event e
          WHERE e.plan_id = p.id AND e.booking_id = b.id AND e.kind IN ('offer_withdrawn', 'taken_back')
      )
    ORDER BY p.id, b.created_at DESC)
    UNION ALL
    SELECT p.id, 'suspended', min((t.starts_at AT TIME ZONE 'Europe/Copenhagen')::date)
    FROM (
        SELECT site_id, package_level_id, NULL::date AS last FROM approval WHERE state = 'suspended'
        UNION ALL SELECT site_id, package_level_id, NULL FROM approval WHERE state = 'withdrawn'
        UNION ALL SELECT site_id, package_level_id, valid_to FROM approval WHERE state = 'approved' AND valid_to IS NOT NULL
    ) a
    JOIN package_level l ON l.id = a.package_level_id
    JOIN slot t ON t.site_id = a.site_id AND t.taken > 0
        AND t.starts_at > greatest(moment, (a.last + 1)::timestamp AT TIME ZONE 'Europe/Copenhagen')
    JOIN booking b ON b.slot_id = t.id AND b.state IN ('offered', 'requested', 'confirmed')
    JOIN plan p ON p.id = b.plan_id AND p.package_id = l.package_id AND p.level = l.level
    WHERE p.municipality_id = genvej_scope('municipality') AND NOT EXISTS (
        SELECT FROM approval n
        WHERE n.site_id = a.site_id AND n.package_level_id = a.package_level_id AND n.state = 'approved'
          AND daterange(n.valid_from, n.valid_to, '[]') @> (t.starts_at AT TIME ZONE 'Europe/Copenhagen')::date
    )
    GROUP BY p.id
    UNION ALL
    SELECT p.id, 'report_failed', min((r.created_at AT TIME ZONE 'Europe/Copenhagen')::date)
    FROM report r JOIN plan p ON p.id = r.plan_id
    WHERE r.state IN ('refused', 'given_up') AND p.municipality_id = genvej_scope('municipality')
    GROUP BY p.id
$$;
"""


class Migration(migrating.Migration):
    dependencies = [("genvej", "0031_watches_and_calls")]
    operations = [ops.RunSQL(INDEXES), ops.RunSQL(FUNCTION)]
