"""Requests to own institutions, cases handed on to another municipality, letters printed many at once, and prices.

What a municipality may know of a case that is another's is told by functions that read as the tables' owner, for the
municipality of the transaction: a request while it waits, and what had happened before a case was handed on.
"""

from tortoise import fields
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from matching.plan_facts import PlanLink
from providers import migrating
from providers.models.packages import PackageSource
from providers.models.prices import PartRule

# Refusals of before have no grounds, and events are never changed: so it is no constraint, and holds for new ones.
REFUSAL = """
CREATE FUNCTION refuse_without_grounds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a refusal has both grounds'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'case_event_refusal_has_grounds', TABLE = 'case_event';
END $$;
CREATE TRIGGER case_event_refusal_has_grounds BEFORE INSERT ON case_event FOR EACH ROW
    WHEN (NEW.kind = 'refused' AND NOT coalesce(NEW.changes -> 'grounds' @> '["capacity", "own_citizens"]', false))
    EXECUTE FUNCTION refuse_without_grounds();
"""

# Few of each table's rows.
_CREATE = "-- squawk-ignore require-concurrent-index-creation\nCREATE INDEX {};"
INDEXES = [
    _CREATE.format(
        "case_event_ended ON case_event (at) WHERE booking_id IS NOT NULL AND kind IN"
        " ('completed', 'stopped', 'handed_back', 'cancelled_by_citizen', 'cancelled_by_provider')"
    ),
    _CREATE.format("booking_requested ON booking (slot_id) WHERE state = 'requested'"),
    _CREATE.format("case_event_answered ON case_event (at) WHERE kind IN ('request_accepted', 'refused')"),
    _CREATE.format(
        "plan_handed_on ON plan (municipality_id, received_on, id)"
        " WHERE link = 'handed_on' AND caseworker_id IS NULL AND state IN ('received', 'assessed', 'booked')"
    ),
    _CREATE.format(
        "message_printed ON message (sent_at) WHERE channel = 'print' AND state = 'sent' AND content IS NOT NULL"
    ),
]

REQUESTS = """
CREATE FUNCTION genvej_requests(since timestamptz) RETURNS TABLE (
    plan_id bigint, booking_id uuid, provider_id int, state text, asked_at timestamptz, answered_at timestamptz,
    starts_at timestamptz, minutes int, mode text, site_name text, home text, case_reference text, package_id text,
    level text, discharge_date date, citizen bytea, seen int
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    WITH asked AS (
        SELECT id, NULL::timestamptz AS answered_at FROM booking WHERE state = 'requested'
        UNION ALL
        SELECT e.booking_id, max(e.at) FROM case_event e
        WHERE e.kind IN ('request_accepted', 'refused') AND e.at > since GROUP BY e.booking_id
    )
    SELECT p.id, b.id, s.provider_id, b.state, b.created_at, a.answered_at, t.starts_at, t.minutes::int, t.mode, s.name,
        p.municipality_id, p.case_reference, p.package_id, p.level, p.discharge_date,
        CASE WHEN b.state = 'requested' THEN p.citizen END,
        (SELECT max(e.sequence) FROM case_event e WHERE e.plan_id = p.id)
    FROM asked a JOIN booking b ON b.id = a.id JOIN slot t ON t.id = b.slot_id JOIN site s ON s.id = t.site_id
    JOIN provider v ON v.id = s.provider_id AND v.municipality_id = genvej_scope('municipality')
    JOIN plan p ON p.id = b.plan_id
$$;
REVOKE EXECUTE ON FUNCTION genvej_requests FROM PUBLIC;
GRANT EXECUTE ON FUNCTION genvej_requests TO genvej_app, genvej_worker;
"""

HISTORY = """
CREATE FUNCTION genvej_handed_on_events(wanted bigint) RETURNS TABLE (
    municipality text, sequence int, kind text, at timestamptz, actor text, name text, reason text, changes text,
    starts_at timestamptz, place text, note bytea
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    WITH RECURSIVE before AS (
        SELECT p.linked_to_id AS id FROM plan p
        WHERE p.id = wanted AND p.link = 'handed_on' AND p.municipality_id = genvej_scope('municipality')
        UNION
        SELECT p.linked_to_id FROM before JOIN plan p ON p.id = before.id AND p.link = 'handed_on'
    )
    SELECT m.official_name, e.sequence, e.kind, e.at, e.actor, a.name, e.reason, e.changes::text, t.starts_at, s.name,
        n.text
    FROM before JOIN plan p ON p.id = before.id JOIN municipality m ON m.code = p.municipality_id
    JOIN case_event e ON e.plan_id = p.id
        AND e.sequence <= (SELECT max(h.sequence) FROM case_event h WHERE h.plan_id = p.id AND h.kind = 'handed_on')
    LEFT JOIN account a ON split_part(e.actor, ':', 2) = 'account' AND a.id::text = split_part(e.actor, ':', 3)
    LEFT JOIN booking b ON b.id = e.booking_id LEFT JOIN slot t ON t.id = b.slot_id LEFT JOIN site s ON s.id = t.site_id
    LEFT JOIN course_note n ON n.event_id = e.id
    ORDER BY e.at DESC, e.id DESC
$$;
REVOKE EXECUTE ON FUNCTION genvej_handed_on_events FROM PUBLIC;
GRANT EXECUTE ON FUNCTION genvej_handed_on_events TO genvej_app, genvej_worker;
"""

# A course is a time at which somebody began. Its end is the first event that ends it.
COURSES = """
CREATE FUNCTION genvej_ended_courses(first timestamptz, after timestamptz) RETURNS TABLE (
    booking_id uuid, case_reference text, package_id text, level text, basis text, provider text, cvr text, gln text,
    site_name text, started_at timestamptz, ended_at timestamptz, ended_by text, reason text, contacts int
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT b.id, p.case_reference, p.package_id, p.level, b.basis, v.name, v.cvr, v.gln, s.name, t.starts_at, e.at,
        e.kind, e.reason,
        (SELECT 1 + count(*) FROM case_event h
         WHERE h.plan_id = p.id AND h.booking_id = b.id AND h.kind = 'contact_held')::int
    FROM case_event e JOIN plan p ON p.id = e.plan_id AND p.municipality_id = genvej_scope('municipality')
    JOIN booking b ON b.id = e.booking_id JOIN slot t ON t.id = b.slot_id JOIN site s ON s.id = t.site_id
    JOIN provider v ON v.id = s.provider_id
    WHERE e.booking_id IS NOT NULL AND e.at >= first AND e.at < after
      AND e.kind IN ('completed', 'stopped', 'handed_back', 'cancelled_by_citizen', 'cancelled_by_provider')
      AND EXISTS (
          SELECT FROM case_event began
          WHERE began.plan_id = p.id AND began.booking_id = b.id AND began.kind = 'started'
            AND began.sequence < e.sequence
      )
      AND NOT EXISTS (
          SELECT FROM case_event c
          WHERE c.plan_id = p.id AND c.booking_id = b.id AND c.sequence < e.sequence
            AND c.kind IN ('completed', 'stopped', 'handed_back', 'cancelled_by_citizen', 'cancelled_by_provider')
      )
    ORDER BY e.at, b.id
$$;
REVOKE EXECUTE ON FUNCTION genvej_ended_courses FROM PUBLIC;
GRANT EXECUTE ON FUNCTION genvej_ended_courses TO genvej_app, genvej_worker;
"""

# The worker looks for no municipality when it forgets what was printed.
PRINTED = """
CREATE FUNCTION genvej_forget_printed(before timestamptz) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
    WITH gone AS (
        UPDATE message SET content = NULL
        WHERE channel = 'print' AND state = 'sent' AND content IS NOT NULL AND sent_at < before RETURNING id
    )
    SELECT count(*) FROM gone
$$;
REVOKE EXECUTE ON FUNCTION genvej_forget_printed FROM PUBLIC;
GRANT EXECUTE ON FUNCTION genvej_forget_printed TO genvej_worker;
"""


class Migration(migrating.Migration):
    dependencies = [("genvej", "0033_figures")]
    operations = [
        ops.CreateModel(
            name="PackagePrice",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "package_level",
                    fields.ForeignKeyField(
                        "genvej.PackageLevel",
                        source_field="package_level_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="prices",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("valid_from", fields.DateField()),
                ("ore", fields.IntField()),
                ("contacts", fields.SmallIntField()),
                (
                    "source",
                    fields.CharEnumField(description="REAL: real\nDEMO: demo", enum_type=PackageSource, max_length=8),
                ),
            ],
            options={
                "table": "package_price",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "What a package at a level costs from a local day on, in øre, until a later row. It pays for so many contacts.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="SettlementRule",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("valid_from", fields.DateField()),
                (
                    "part",
                    fields.CharEnumField(
                        description="WHOLE: whole\nSHARE_OF_CONTACTS: share_of_contacts",
                        enum_type=PartRule,
                        max_length=24,
                    ),
                ),
                (
                    "source",
                    fields.CharEnumField(description="REAL: real\nDEMO: demo", enum_type=PackageSource, max_length=8),
                ),
            ],
            options={
                "table": "settlement_rule",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "How a course that ended early is paid from a local day on, until a later row.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="PackagePrice",
            constraint=UniqueConstraint(fields=("package_level_id", "valid_from"), name="package_price_once"),
        ),
        ops.AddConstraint(
            model_name="PackagePrice",
            constraint=CheckConstraint(check="ore > 0 AND contacts > 0", name="package_price_positive"),
        ),
        ops.AddConstraint(
            model_name="SettlementRule",
            constraint=UniqueConstraint(fields=("valid_from",), name="settlement_rule_once"),
        ),
        migrating.StateChange(
            model_name="Plan",
            name="link",
            field=fields.CharEnumField(
                null=True,
                description="REPLACES: replaces\nRESTARTS: restarts\nPARALLEL: parallel\nHANDED_ON: handed_on",
                enum_type=PlanLink,
                max_length=16,
            ),
        ),
        ops.RunSQL(REFUSAL),
        ops.RunSQL(INDEXES),
        ops.RunSQL(REQUESTS),
        ops.RunSQL(HISTORY),
        ops.RunSQL(COURSES),
        ops.RunSQL(PRINTED),
    ]
