"""Who sees to a case, what its citizen was told and given, and an index for each list of what is to be done.

The lists of a municipality are read by the day by which the law counts, so each begins with the municipality and that
day, and holds only the plans that may stand on it. What other tables know of trouble is asked of a function: it reads
them as their owner, for the municipality of the transaction, and the rule of whose rows these are is not asked once
for each row of the country.
"""

from tortoise import fields
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from providers import migrating

PLAN = [
    "ALTER TABLE plan ADD COLUMN caseworker_id int, ADD COLUMN choice_told_on date, ADD COLUMN code_issued_on date",
    "ALTER TABLE plan ADD CONSTRAINT plan_caseworker_id_fkey"
    " FOREIGN KEY (caseworker_id) REFERENCES account (id) ON DELETE RESTRICT NOT VALID",
    "UPDATE plan SET code_issued_on = (c.issued_at AT TIME ZONE 'Europe/Copenhagen')::date"
    " FROM course_code c WHERE c.plan_id = plan.id AND c.revoked_at IS NULL",
]

_START = "greatest(discharge_date, earliest_start)"
_UNTOLD = "state = 'assessed' AND plan_type = 'general' AND choice_told_on IS NULL"
_LATE = f"(offer_date > {_START} + 7 OR (offer_date IS NULL AND cannot_offer_recorded_on IS NOT NULL))"

LISTS = {
    "plan_to_assess": (_START, "state IN ('received', 'handed_back') AND plan_type = 'general'"),
    "plan_to_offer": (
        _START,
        "state = 'assessed' AND plan_type = 'general' AND offer_date IS NULL AND cannot_offer_recorded_on IS NULL"
        " AND deferred_on IS NULL",
    ),
    "plan_choice_by_time": (_START, f"{_UNTOLD} AND offer_date IS NULL AND cannot_offer_recorded_on IS NULL"),
    "plan_choice_by_us": (_START, f"{_UNTOLD} AND {_LATE}"),
    "plan_to_inform": (
        "received_on",
        "informed_at IS NULL AND state IN ('received', 'assessed', 'handed_back', 'booked') AND plan_type = 'general'",
    ),
    "plan_code_idle": ("code_issued_on", "state = 'assessed' AND plan_type = 'general' AND code_issued_on IS NOT NULL"),
    "plan_beside_another": ("received_on", "state = 'received' AND link IS NOT NULL"),
    "plan_from_elsewhere": ("received_on", "state = 'received' AND residence_id <> municipality_id"),
}
"""Index → the day that its list is in the order of, and which plans stand in it."""

TROUBLES = {
    "booking_fallen_through": (
        "booking (plan_id) WHERE state IN ('refused', 'cannot_receive', 'cancelled_by_provider')"
    ),
    "report_failed": "report (plan_id) WHERE state IN ('refused', 'given_up')",
    "approval_suspended": "approval (site_id) WHERE state = 'suspended'",
}

# Small beside their tables, and made in the moment in which the tables are locked for the columns anyway.
_CREATE = "-- squawk-ignore require-concurrent-index-creation\nCREATE INDEX {name} ON {what};"

INDEXES = [
    *(
        _CREATE.format(name=name, what=f"plan (municipality_id, ({day}), id) WHERE {which}")
        for name, (day, which) in LISTS.items()
    ),
    *(_CREATE.format(name=name, what=what) for name, what in TROUBLES.items()),
]

FUNCTION = """
CREATE FUNCTION genvej_troubled_plans(moment timestamptz) RETURNS TABLE (plan_id bigint, trouble text, since date)
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
    FROM approval a
    JOIN package_level l ON l.id = a.package_level_id
    JOIN slot t ON t.site_id = a.site_id AND t.starts_at > moment AND t.taken > 0
    JOIN booking b ON b.slot_id = t.id AND b.state IN ('offered', 'requested', 'confirmed')
    JOIN plan p ON p.id = b.plan_id AND p.package_id = l.package_id AND p.level = l.level
    WHERE a.state = 'suspended' AND p.municipality_id = genvej_scope('municipality')
    GROUP BY p.id
    UNION ALL
    SELECT p.id, 'report_failed', min((r.created_at AT TIME ZONE 'Europe/Copenhagen')::date)
    FROM report r JOIN plan p ON p.id = r.plan_id
    WHERE r.state IN ('refused', 'given_up') AND p.municipality_id = genvej_scope('municipality')
    GROUP BY p.id
$$;
REVOKE EXECUTE ON FUNCTION genvej_troubled_plans FROM PUBLIC;
GRANT EXECUTE ON FUNCTION genvej_troubled_plans TO genvej_app, genvej_worker;
"""


class Migration(migrating.Migration):
    dependencies = [("genvej", "0028_slots_checked")]
    operations = [
        ops.RunSQL(PLAN),
        ops.RunSQL(INDEXES),
        ops.RunSQL(FUNCTION),
        migrating.StateField(
            model_name="Plan",
            name="caseworker",
            field=fields.ForeignKeyField(
                "genvej.Account",
                source_field="caseworker_id",
                null=True,
                db_constraint=True,
                to_field="id",
                related_name="cases",
                on_delete=OnDelete.RESTRICT,
            ),
        ),
        migrating.StateField(model_name="Plan", name="choice_told_on", field=fields.DateField(null=True)),
        migrating.StateField(model_name="Plan", name="code_issued_on", field=fields.DateField(null=True)),
    ]
