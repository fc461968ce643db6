"""What municipalities send is acted on after it was answered; and a report that is a day late is somebody's task."""

from tortoise import fields
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import UniqueConstraint

from providers import migrating

# No message has a header yet, so the index is there in an instant.
HEADER_ONCE = (
    "-- squawk-ignore constraint-missing-not-valid, disallowed-unique-constraint\n"
    "ALTER TABLE inbound_message ADD CONSTRAINT inbound_header_once UNIQUE (municipality_id, header);"
)

INDEXES = [
    "-- squawk-ignore require-concurrent-index-creation\n"
    "CREATE INDEX inbound_unread ON inbound_message (id) WHERE kind IS NULL;",
    "-- squawk-ignore require-concurrent-index-creation\n"
    "CREATE INDEX inbound_bundle ON inbound_message (municipality_id, bundle) WHERE bundle IS NOT NULL;",
    "-- squawk-ignore require-concurrent-index-creation\n"
    "CREATE INDEX report_waiting ON report (created_at) WHERE state IN ('queued', 'sent');",
]

# The worker must know whose messages wait before it can look at any one municipality's.
UNREAD = """
CREATE FUNCTION genvej_unread_inbound(moment timestamptz, most int)
RETURNS TABLE (id bigint, municipality_id varchar)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT m.id, m.municipality_id FROM inbound_message m
    WHERE m.kind IS NULL AND (m.claimed_until IS NULL OR m.claimed_until <= moment) ORDER BY m.id LIMIT most
$$;
REVOKE EXECUTE ON FUNCTION genvej_unread_inbound FROM PUBLIC;
GRANT EXECUTE ON FUNCTION genvej_unread_inbound TO genvej_worker;
"""

# One plan's channels are found by the plan, however much else waits.
DUE_CHANNELS = """
CREATE OR REPLACE FUNCTION genvej_due_channels(moment timestamptz, wanted bigint)
RETURNS TABLE (channel_id int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    (SELECT c.id FROM report_channel c
    WHERE wanted IS NULL AND c.active AND EXISTS (
        SELECT FROM report r
        WHERE r.channel_id = c.id AND r.state IN ('queued', 'sent') AND r.next_at <= moment
          AND (r.claimed_until IS NULL OR r.claimed_until <= moment)
    ))
    UNION
    (SELECT c.id FROM report r JOIN report_channel c ON c.id = r.channel_id
    WHERE r.plan_id = wanted AND c.active AND r.state IN ('queued', 'sent') AND r.next_at <= moment
      AND (r.claimed_until IS NULL OR r.claimed_until <= moment))
    ORDER BY 1
$$;
"""

# A day of trying is enough for a person to hear of it; the trying goes on.
TROUBLED = """
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
    FROM (
        SELECT plan_id, created_at FROM report WHERE state IN ('refused', 'given_up')
        UNION ALL
        SELECT w.plan_id, w.created_at FROM report w JOIN report_channel c ON c.id = w.channel_id AND c.active
        WHERE w.state IN ('queued', 'sent') AND w.created_at <= moment - interval '24 hours'
    ) r JOIN plan p ON p.id = r.plan_id
    WHERE p.municipality_id = genvej_scope('municipality')
    GROUP BY p.id
$$;
"""


class Migration(migrating.Migration):
    dependencies = [("genvej", "0034_calendar_feeds"), ("genvej", "0033_figures")]
    operations = [
        ops.AddField(model_name="InboundMessage", name="header", field=fields.CharField(null=True, max_length=64)),
        ops.AddField(model_name="InboundMessage", name="bundle", field=fields.CharField(null=True, max_length=64)),
        ops.AddField(
            model_name="InboundMessage",
            name="claimed_until",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
        migrating.StateConstraint(
            model_name="InboundMessage",
            constraint=UniqueConstraint(fields=("municipality_id", "header"), name="inbound_header_once"),
        ),
        ops.RunSQL([HEADER_ONCE, *INDEXES]),
        ops.RunSQL(UNREAD),
        ops.RunSQL(DUE_CHANNELS),
        ops.RunSQL(TROUBLED),
    ]
