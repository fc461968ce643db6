"""What goes over the line and comes back, and what does not add up; a report that was sent may still be unanswered."""

from tortoise import fields
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from matching.models.exchange import DifferenceKind, InboundKind
from matching.models.trail import ChannelKind, ReportState
from providers import migrating

INDEXES = [
    "-- squawk-ignore require-concurrent-index-creation\n"
    "CREATE INDEX report_open ON report (channel_id, next_at) WHERE state IN ('queued', 'sent');",
    "-- squawk-ignore require-concurrent-index-creation\n"
    "CREATE UNIQUE INDEX report_difference_once ON report_difference (plan_id, channel_id, sequence)"
    " NULLS NOT DISTINCT WHERE settled_at IS NULL;",
]

POLICIES = """
CREATE POLICY report_attempt_in_scope ON report_attempt TO genvej_app, genvej_worker USING (genvej_in_scope(plan_id));
CREATE POLICY report_difference_in_scope ON report_difference TO genvej_app, genvej_worker
    USING (genvej_in_scope(plan_id));
CREATE POLICY inbound_message_in_scope ON inbound_message TO genvej_app, genvej_worker
    USING (municipality_id = genvej_scope('municipality'));
ALTER TABLE report_attempt ENABLE ROW LEVEL SECURITY;
ALTER TABLE report_difference ENABLE ROW LEVEL SECURITY;
ALTER TABLE inbound_message ENABLE ROW LEVEL SECURITY;
"""

DUE_CHANNELS = """
CREATE OR REPLACE FUNCTION genvej_due_channels(moment timestamptz, wanted bigint)
RETURNS TABLE (channel_id int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT c.id FROM report_channel c
    WHERE c.active AND EXISTS (
        SELECT FROM report r
        WHERE r.channel_id = c.id AND r.state IN ('queued', 'sent') AND r.next_at <= moment
          AND (r.claimed_until IS NULL OR r.claimed_until <= moment) AND (wanted IS NULL OR r.plan_id = wanted)
    ) ORDER BY c.id
$$;
"""

# An attempt is history. Retention alone empties it, with the report.
APPEND_ONLY = """
REVOKE UPDATE, DELETE ON report_attempt FROM genvej_app, genvej_worker;
"""


class Migration(migrating.Migration):
    dependencies = [("genvej", "0021_reports_to_fetch_checked")]
    operations = [
        ops.CreateModel(
            name="InboundMessage",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "municipality",
                    fields.ForeignKeyField(
                        "genvej.Municipality",
                        source_field="municipality_id",
                        db_constraint=True,
                        to_field="code",
                        related_name="inbound",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("received_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("digest", fields.CharField(max_length=64)),
                ("body", fields.BinaryField()),
                (
                    "kind",
                    fields.CharEnumField(
                        null=True,
                        description="ACKNOWLEDGEMENT: acknowledgement\nREPLY: reply\nPLANS: plans\nUNREADABLE: unreadable",
                        enum_type=InboundKind,
                        max_length=16,
                    ),
                ),
                (
                    "report",
                    fields.ForeignKeyField(
                        "genvej.Report",
                        source_field="report_id",
                        null=True,
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="answers",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "plan",
                    fields.ForeignKeyField(
                        "genvej.Plan",
                        source_field="plan_id",
                        null=True,
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="inbound",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("note", fields.CharField(null=True, max_length=300)),
            ],
            options={
                "table": "inbound_message",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "What a municipality sent us, sealed, before anybody read it; `digest` is the keyed hash of its bytes.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ReportAttempt",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "report",
                    fields.ForeignKeyField(
                        "genvej.Report",
                        source_field="report_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="sendings",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "plan",
                    fields.ForeignKeyField(
                        "genvej.Plan",
                        source_field="plan_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="sendings",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "state",
                    fields.CharEnumField(
                        description="QUEUED: queued\nSENT: sent\nDELIVERED: delivered\nREFUSED: refused\nGIVEN_UP: given_up\nDROPPED: dropped",
                        enum_type=ReportState,
                        max_length=16,
                    ),
                ),
                ("answer", fields.CharField(max_length=300)),
                ("body", fields.BinaryField(null=True)),
            ],
            options={
                "table": "report_attempt",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "One sending of a report. `body` is sealed, and empty when the report's own bytes were sent as they are.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="ReportDifference",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "plan",
                    fields.ForeignKeyField(
                        "genvej.Plan",
                        source_field="plan_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="differences",
                        on_delete=OnDelete.CASCADE,
                    ),
                ),
                (
                    "channel",
                    fields.ForeignKeyField(
                        "genvej.ReportChannel",
                        source_field="channel_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="differences",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("sequence", fields.IntField()),
                (
                    "kind",
                    fields.CharEnumField(
                        description="UNTOLD: untold\nUNANSWERED: unanswered", enum_type=DifferenceKind, max_length=16
                    ),
                ),
                ("found_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("settled_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "report_difference",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "Something that the case says and the municipality has not confirmed; open until it has.",
            },
            bases=["Model"],
        ),
        ops.AlterField(
            model_name="Report",
            name="state",
            field=fields.CharEnumField(
                description="QUEUED: queued\nSENT: sent\nDELIVERED: delivered\nREFUSED: refused\nGIVEN_UP: given_up\nDROPPED: dropped",
                enum_type=ReportState,
                max_length=16,
            ),
        ),
        ops.AlterModelOptions(
            name="ReportChannel",
            options={
                "table": "report_channel",
                "app": "genvej",
                "constraints": [
                    UniqueConstraint(fields=("municipality_id", "kind"), name="report_channel_once_per_kind")
                ],
                "pk_attr": "id",
                "table_description": "Where a municipality wants its reports; at most one of each kind.",
            },
        ),
        ops.AlterField(
            model_name="ReportChannel",
            name="kind",
            field=fields.CharEnumField(
                description="WEBHOOK: webhook\nMEDCOM: medcom\nGATEWAY: gateway\nFEED: feed\nNOTICE: notice",
                enum_type=ChannelKind,
                max_length=16,
            ),
        ),
        ops.AddConstraint(
            model_name="InboundMessage",
            constraint=UniqueConstraint(fields=("municipality_id", "digest"), name="inbound_message_once"),
        ),
        ops.AddConstraint(
            model_name="ReportAttempt",
            constraint=CheckConstraint(check="answer <> ''", name="report_attempt_has_answer"),
        ),
        ops.RunSQL(INDEXES),
        ops.RunSQL(POLICIES),
        ops.RunSQL(DUE_CHANNELS),
        ops.RunSQL(APPEND_ONLY),
        ops.AddField(
            model_name="ReportChannel",
            name="test_answer",
            field=fields.CharField(null=True, max_length=300),
        ),
        ops.AddField(
            model_name="ReportChannel",
            name="tested_at",
            field=fields.DatetimeField(null=True, auto_now=False, auto_now_add=False),
        ),
    ]
