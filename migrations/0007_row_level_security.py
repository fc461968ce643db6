"""Nobody sees a citizen's row without saying, in the same transaction, for whom they look.

A transaction names its scope in settings of its own (`providers/scope.py`): one plan, one citizen, one municipality or
one provider. Tables that tell of a citizen show the app and the worker only the rows of that scope; the owner, who
runs migrations and repairs, is not bound. What the functions read, they read as the owner, or the rule for bookings
would ask the rule for plans, which asks the rule for bookings.
"""

from tortoise.migrations import operations as ops

from providers import migrating

FUNCTIONS = """
CREATE FUNCTION genvej_scope(name text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('genvej.' || name, true), '') $$;

CREATE FUNCTION genvej_treated_here(wanted bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT genvej_scope('provider') IS NOT NULL AND EXISTS (
        SELECT FROM booking b JOIN slot t ON t.id = b.slot_id JOIN site s ON s.id = t.site_id
        WHERE b.plan_id = wanted AND b.state <> 'offered' AND s.provider_id = genvej_scope('provider')::int
    )
$$;

CREATE FUNCTION genvej_in_scope(wanted bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT wanted = genvej_scope('plan')::bigint OR EXISTS (
        SELECT FROM plan p WHERE p.id = wanted
        AND (p.municipality_id = genvej_scope('municipality') OR p.cpr_digest = genvej_scope('citizen'))
    ) OR genvej_treated_here(wanted)
$$;
"""

PLAN = """
CREATE POLICY plan_in_scope ON plan TO genvej_app, genvej_worker USING (
    id = genvej_scope('plan')::bigint
    OR municipality_id = genvej_scope('municipality')
    OR cpr_digest = genvej_scope('citizen')
    OR genvej_treated_here(id)
)
"""

OF_A_PLAN = ("booking", "case_event", "report", "idempotency_key")

POLICY = "CREATE POLICY {table}_in_scope ON {table} TO genvej_app, genvej_worker USING (genvej_in_scope(plan_id))"

AUDIT = """
CREATE POLICY audit_entry_in_scope ON audit_entry FOR SELECT TO genvej_app, genvej_worker
    USING (genvej_in_scope(plan_id));
CREATE POLICY audit_entry_added_by_anybody ON audit_entry FOR INSERT TO genvej_app, genvej_worker WITH CHECK (true);
"""

ENABLE = "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"

# The worker must know which recipients have something coming before it can look at any one municipality's reports.
DUE_CHANNELS = """
CREATE FUNCTION genvej_due_channels(moment timestamptz, wanted bigint)
RETURNS TABLE (channel_id int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT c.id FROM report_channel c
    WHERE c.active AND EXISTS (
        SELECT FROM report r
        WHERE r.channel_id = c.id AND r.state = 'queued' AND r.next_at <= moment
          AND (r.claimed_until IS NULL OR r.claimed_until <= moment) AND (wanted IS NULL OR r.plan_id = wanted)
    ) ORDER BY c.id
$$
"""


class Migration(migrating.Migration):
    dependencies = [("genvej", "0006_milestones")]
    operations = [
        ops.RunSQL(FUNCTIONS),
        ops.RunSQL(PLAN),
        ops.RunSQL([POLICY.format(table=table) for table in OF_A_PLAN]),
        ops.RunSQL(AUDIT),
        ops.RunSQL([ENABLE.format(table=table) for table in ("plan", "audit_entry", *OF_A_PLAN)]),
        ops.RunSQL(DUE_CHANNELS),
        ops.RunSQL("REVOKE EXECUTE ON FUNCTION genvej_due_channels FROM PUBLIC"),
        ops.RunSQL("GRANT EXECUTE ON FUNCTION genvej_due_channels TO genvej_worker"),
    ]
