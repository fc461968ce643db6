"""Retention: its rules, its runs, the figures that outlast a case, and the ways in which the worker may forget.

What is only ever added to can be removed in one way: a case's events together with the case, and the persons behind
accounts that were closed. Both ways are functions that the worker may call; the tables stay shut.
"""

from tortoise import fields
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint

from matching.national_codes import StopReason
from matching.plan_facts import Basis, Level, PlanType
from matching.retention.kinds import RetentionKind
from matching.states import BookingState, PlanState
from providers import migrating

# Nobody waits for the table: the rows that are there are looked at by the next migration.
REPORT = (
    "ALTER TABLE report ADD CONSTRAINT report_queued_has_body"
    " CHECK (state <> 'queued' OR octet_length(body) > 0) NOT VALID"
)

# No municipality at all is one controller too, so two NULLs count as equal here.
ONCE = [
    "CREATE UNIQUE INDEX retention_rule_once ON retention_rule (municipality_id, kind, valid_from) NULLS NOT DISTINCT",
    "CREATE UNIQUE INDEX retention_count_once ON retention_count (run_id, municipality_id, kind) NULLS NOT DISTINCT",
]

ERASING = """
DROP TRIGGER case_event_append_only ON case_event;
CREATE TRIGGER case_event_append_only BEFORE UPDATE ON case_event FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER case_event_goes_with_its_case BEFORE DELETE ON case_event FOR EACH ROW
    WHEN (current_setting('genvej.erasing', true) IS DISTINCT FROM OLD.plan_id::text)
    EXECUTE FUNCTION refuse_change();
CREATE FUNCTION erase_case_events(wanted bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM set_config('genvej.erasing', wanted::text, true);
    DELETE FROM case_event WHERE plan_id = wanted;
    PERFORM set_config('genvej.erasing', '', true);
END $$;
"""

# The account stays, for posts and entries name its number; the person behind it does not.
ACCOUNTS = """
CREATE FUNCTION forgotten_email(account_id integer) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT format('slettet-%s@slettet.invalid', account_id) $$;
CREATE FUNCTION forget_accounts(before timestamptz) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    due integer[];
BEGIN
    SELECT array_agg(id) INTO due FROM (
        SELECT id FROM account
        WHERE disabled_at < before AND email IS DISTINCT FROM forgotten_email(id) ORDER BY id FOR UPDATE
    ) AS closed;
    DELETE FROM recovery_code WHERE account_id = ANY (due);
    DELETE FROM session WHERE account_id = ANY (due);
    UPDATE account SET name = 'Slettet', email = forgotten_email(id), password_hash = NULL, totp_secret = NULL,
        totp_pending = NULL, totp_last_step = NULL, oidc_issuer = NULL, oidc_subject = NULL
    WHERE id = ANY (due);
    RETURN coalesce(cardinality(due), 0);
END $$;
"""

# While the key of the hashes is being changed, a citizen is known by two of them, with a comma between.
CITIZENS = """
CREATE OR REPLACE FUNCTION genvej_in_scope(wanted bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT wanted = genvej_scope('plan')::bigint OR EXISTS (
        SELECT FROM plan p WHERE p.id = wanted
        AND (p.municipality_id = genvej_scope('municipality')
             OR p.cpr_digest = ANY (string_to_array(genvej_scope('citizen'), ',')))
    ) OR genvej_treated_here(wanted)
$$;
ALTER POLICY plan_in_scope ON plan USING (
    id = genvej_scope('plan')::bigint
    OR municipality_id = genvej_scope('municipality')
    OR cpr_digest = ANY (string_to_array(genvej_scope('citizen'), ','))
    OR genvej_treated_here(id)
);
"""

ROWS = """
ALTER TABLE case_figure ENABLE ROW LEVEL SECURITY;
CREATE POLICY case_figure_in_scope ON case_figure FOR SELECT TO genvej_app, genvej_worker
    USING (municipality_id = genvej_scope('municipality'));
CREATE POLICY case_figure_added ON case_figure FOR INSERT TO genvej_worker WITH CHECK (true);
"""

# Rules, runs and figures are history: they are added, by whoever may, and never changed.
GRANTS = """
REVOKE UPDATE, DELETE ON retention_rule, case_figure FROM genvej_app, genvej_worker;
REVOKE DELETE ON retention_run, retention_count FROM genvej_app, genvej_worker;
REVOKE INSERT, UPDATE ON retention_run, retention_count, case_figure FROM genvej_app;
REVOKE INSERT ON retention_rule FROM genvej_worker;
REVOKE EXECUTE ON FUNCTION erase_case_events, forget_accounts FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_case_events, forget_accounts TO genvej_worker;
"""


class Migration(migrating.Migration):
    dependencies = [("genvej", "0017_intake_checked")]

    initial = False

    operations = [
        ops.CreateModel(
            name="CaseFigure",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "municipality",
                    fields.ForeignKeyField(
                        "genvej.Municipality",
                        source_field="municipality_id",
                        db_constraint=True,
                        to_field="code",
                        related_name="case_figures",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "plan_type",
                    fields.CharEnumField(
                        description="GENERAL: general\nSPECIALISED: specialised\nSPECIALISED_REHABILITATION: specialised_rehabilitation",
                        enum_type=PlanType,
                        max_length=32,
                    ),
                ),
                (
                    "level",
                    fields.CharEnumField(
                        null=True, description="BASIC: basic\nADVANCED: advanced", enum_type=Level, max_length=16
                    ),
                ),
                (
                    "package",
                    fields.ForeignKeyField(
                        "genvej.Package",
                        source_field="package_id",
                        null=True,
                        db_constraint=True,
                        to_field="code",
                        related_name="case_figures",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("discharge_date", fields.DateField()),
                ("earliest_start", fields.DateField(null=True)),
                ("received_on", fields.DateField()),
                ("offer_date", fields.DateField(null=True)),
                ("offer_recorded_on", fields.DateField(null=True)),
                ("cannot_offer_recorded_on", fields.DateField(null=True)),
                ("informed_on", fields.DateField(null=True)),
                ("deferred_on", fields.DateField(null=True)),
                ("booked_on", fields.DateField(null=True)),
                ("first_contact", fields.DateField(null=True)),
                (
                    "basis",
                    fields.CharEnumField(
                        null=True,
                        description="OWN: own\nCONTRACT: contract\nOTHER_MUNICIPALITY: other_municipality\nEXTENDED: extended",
                        enum_type=Basis,
                        max_length=24,
                    ),
                ),
                (
                    "booking_state",
                    fields.CharEnumField(
                        null=True,
                        description="OFFERED: offered\nREQUESTED: requested\nCONFIRMED: confirmed\nSTARTED: started\nCOMPLETED: completed\nREFUSED: refused\nCANNOT_RECEIVE: cannot_receive\nCANCELLED_BY_CITIZEN: cancelled_by_citizen\nCANCELLED_BY_PROVIDER: cancelled_by_provider\nMOVED: moved\nNO_SHOW: no_show",
                        enum_type=BookingState,
                        max_length=24,
                    ),
                ),
                (
                    "stop_reason",
                    fields.CharEnumField(
                        null=True,
                        description="NO_FURTHER_NEED_CITIZEN: no_further_need_citizen\nNO_FURTHER_NEED_PROFESSIONAL: no_further_need_professional\nOPTED_OUT: opted_out\nOPTED_OUT_ILLNESS: opted_out_illness\nOPTED_OUT_TRANSPORT_COST: opted_out_transport_cost\nOPTED_OUT_TRANSPORT_LOGISTICS: opted_out_transport_logistics\nOPTED_OUT_OTHER_TRAINING: opted_out_other_training\nEVENT: event\nNO_CONTACT: no_contact",
                        enum_type=StopReason,
                        max_length=40,
                    ),
                ),
                (
                    "state",
                    fields.CharEnumField(
                        description="RECEIVED: received\nASSESSED: assessed\nBOOKED: booked\nSTARTED: started\nCOMPLETED: completed\nSTOPPED: stopped\nERROR: error\nHANDED_BACK: handed_back",
                        enum_type=PlanState,
                        max_length=16,
                    ),
                ),
                ("last_day", fields.DateField()),
                ("erased_on", fields.DateField()),
            ],
            options={
                "table": "case_figure",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "What is left of a case for the figures: no person, no reference, no instant, and nothing that leads back to it.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="RetentionRule",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "municipality",
                    fields.ForeignKeyField(
                        "genvej.Municipality",
                        source_field="municipality_id",
                        null=True,
                        db_constraint=True,
                        to_field="code",
                        related_name="retention_rules",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "kind",
                    fields.CharEnumField(
                        description="CASE: case\nSILENT_CASE: silent_case\nCODE: code\nREPORT: report\nREQUEST_KEY: request_key\nLOOK: look\nARRIVAL: arrival\nMESSAGE: message\nSESSION: session\nINVITATION: invitation\nACCOUNT: account",
                        enum_type=RetentionKind,
                        max_length=16,
                    ),
                ),
                ("days", fields.IntField()),
                ("valid_from", fields.DateField()),
                ("source", fields.CharField(max_length=200)),
                ("decided_by", fields.CharField(max_length=120)),
                ("decided_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "retention_rule",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "From `valid_from` on, a municipality keeps one kind for `days`; without one, the portal or everybody else.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="RetentionRun",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("started_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("finished_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("dry_run", fields.BooleanField()),
                ("started_by", fields.CharField(max_length=120)),
            ],
            options={
                "table": "retention_run",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "One run of the job. A `dry_run` only counted; one without `finished_at` was broken off, or is under way.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="RetentionCount",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "run",
                    fields.ForeignKeyField(
                        "genvej.RetentionRun",
                        source_field="run_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="counts",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "municipality",
                    fields.ForeignKeyField(
                        "genvej.Municipality",
                        source_field="municipality_id",
                        null=True,
                        db_constraint=True,
                        to_field="code",
                        related_name="retention_counts",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "kind",
                    fields.CharEnumField(
                        description="CASE: case\nSILENT_CASE: silent_case\nCODE: code\nREPORT: report\nREQUEST_KEY: request_key\nLOOK: look\nARRIVAL: arrival\nMESSAGE: message\nSESSION: session\nINVITATION: invitation\nACCOUNT: account",
                        enum_type=RetentionKind,
                        max_length=16,
                    ),
                ),
                ("days", fields.IntField()),
                ("source", fields.CharField(max_length=200)),
                ("demo", fields.BooleanField()),
                ("before", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("due", fields.IntField()),
                ("done", fields.IntField()),
            ],
            options={
                "table": "retention_count",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "Of one controller's one kind: `due` rows were older than `before`, `done` of them are gone.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="CaseFigure",
            constraint=CheckConstraint(check="erased_on >= last_day", name="case_figure_erased_after_its_last_day"),
        ),
        ops.AddConstraint(
            model_name="RetentionRule",
            constraint=CheckConstraint(check="days BETWEEN 0 AND 36500", name="retention_rule_days_in_a_century"),
        ),
        ops.AddConstraint(
            model_name="RetentionRule",
            constraint=CheckConstraint(check="source <> '' AND decided_by <> ''", name="retention_rule_has_source"),
        ),
        ops.AddConstraint(
            model_name="RetentionCount",
            constraint=CheckConstraint(check="due >= 0 AND done >= 0", name="retention_count_not_negative"),
        ),
        migrating.StateConstraint(
            model_name="Report",
            constraint=CheckConstraint(
                check="state <> 'queued' OR octet_length(body) > 0", name="report_queued_has_body"
            ),
        ),
        ops.RunSQL(REPORT),
        ops.RunSQL(ONCE),
        ops.RunSQL(ERASING),
        ops.RunSQL(ACCOUNTS),
        ops.RunSQL(CITIZENS),
        ops.RunSQL(ROWS),
        ops.RunSQL(GRANTS),
    ]
