"""The outbox of words to people, and where a citizen wants to be told. Both are seen by scope only."""

from uuid import uuid4

from tortoise import fields
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from matching.models.message import Channel, MessageState, Recipient
from providers import migrating

# The constraint comes without a look at the rows that are there, so nobody waits for the table; 0014 looks.
SITE = [
    "ALTER TABLE site ADD COLUMN notice_email varchar(254), ADD COLUMN change_notice_hours smallint",
    "ALTER TABLE site ADD CONSTRAINT site_change_notice_reasonable"
    " CHECK (change_notice_hours BETWEEN 0 AND 336) NOT VALID",
]

# A message to the staff is about no plan, and holds nothing of a citizen.
POLICIES = """
CREATE POLICY contact_in_scope ON contact TO genvej_app, genvej_worker USING (genvej_in_scope(plan_id));
CREATE POLICY message_in_scope ON message TO genvej_app, genvej_worker
    USING (plan_id IS NULL OR genvej_in_scope(plan_id));
ALTER TABLE contact ENABLE ROW LEVEL SECURITY;
ALTER TABLE message ENABLE ROW LEVEL SECURITY;
"""

# The worker must know what is due before it can look at any one plan's messages; and whoever follows the link in a
# message has shown nothing but its token.
FUNCTIONS = """
CREATE FUNCTION genvej_due_messages(moment timestamptz, ways text[], night boolean, most int)
RETURNS TABLE (id uuid, plan_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT m.id, m.plan_id FROM message m
    WHERE m.state = 'queued' AND m.next_at <= moment AND m.channel = ANY (ways) AND NOT (night AND m.quiet)
      AND (m.claimed_until IS NULL OR m.claimed_until <= moment)
    ORDER BY m.next_at, m.created_at, m.id LIMIT most
$$;

CREATE FUNCTION genvej_plan_of_stop_token(token uuid) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT plan_id FROM contact WHERE stop_token = token
$$;
"""

GRANTS = """
REVOKE EXECUTE ON FUNCTION genvej_due_messages, genvej_plan_of_stop_token FROM PUBLIC;
GRANT EXECUTE ON FUNCTION genvej_due_messages TO genvej_worker;
GRANT EXECUTE ON FUNCTION genvej_plan_of_stop_token TO genvej_app;
"""


class Migration(migrating.Migration):
    dependencies = [("genvej", "0012_reference_sites_checked")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Contact",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "plan",
                    fields.ForeignKeyField(
                        "genvej.Plan",
                        source_field="plan_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="contacts",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("email", fields.BinaryField(null=True)),
                ("mobile", fields.BinaryField(null=True)),
                ("language", fields.CharField(max_length=2)),
                ("stop_token", fields.UUIDField()),
                ("changed_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "contact",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "How the citizen of a plan wants to be told; both addresses are sealed. `stop_token` is the way out of it.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint("Contact", UniqueConstraint(fields=("plan_id",), name="contact_one_per_plan")),
        ops.AddConstraint("Contact", UniqueConstraint(fields=("stop_token",), name="contact_stop_token_once")),
        ops.CreateModel(
            name="Message",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid4, unique=True, db_index=True)),
                ("once", fields.CharField(max_length=120)),
                ("template", fields.CharField(max_length=40)),
                (
                    "channel",
                    fields.CharEnumField(
                        description="EMAIL: email\nSMS: sms\nDIGITAL_POST: digital_post\nDOCTOR: doctor\nPRINT: print",
                        enum_type=Channel,
                        max_length=16,
                    ),
                ),
                (
                    "recipient",
                    fields.CharEnumField(
                        description="CITIZEN: citizen\nDOCTOR: doctor\nSITE: site\nACCOUNT: account\nADDRESS: address",
                        enum_type=Recipient,
                        max_length=16,
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
                        related_name="messages",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "booking",
                    fields.ForeignKeyField(
                        "genvej.Booking",
                        source_field="booking_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="messages",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "site",
                    fields.ForeignKeyField(
                        "genvej.Site",
                        source_field="site_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="messages",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "account",
                    fields.ForeignKeyField(
                        "genvej.Account",
                        source_field="account_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="messages",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("content", fields.BinaryField(null=True)),
                ("quiet", fields.BooleanField(db_default=False)),
                (
                    "state",
                    fields.CharEnumField(
                        description="QUEUED: queued\nSENT: sent\nREFUSED: refused\nGIVEN_UP: given_up\nDROPPED: dropped",
                        enum_type=MessageState,
                        max_length=16,
                    ),
                ),
                ("attempts", fields.IntField(db_default=0)),
                ("due_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("next_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("until", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("claimed_until", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("answer", fields.CharField(null=True, max_length=300)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("sent_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "message",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "The outbox of words to people. `once` names the occasion, so that nobody is told of it twice.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint("Message", UniqueConstraint(fields=("once",), name="message_once")),
        ops.AddConstraint(
            "Message",
            CheckConstraint(
                check="CASE recipient WHEN 'site' THEN site_id IS NOT NULL WHEN 'account' THEN account_id IS NOT NULL"
                " WHEN 'address' THEN content IS NOT NULL OR state <> 'queued' ELSE plan_id IS NOT NULL END",
                name="message_recipient_known",
            ),
        ),
        ops.AddConstraint(
            "Message",
            CheckConstraint(check="(state = 'sent') = (sent_at IS NOT NULL)", name="message_sent_at_if_sent"),
        ),
        ops.RunSQL("CREATE INDEX message_due ON message (next_at) WHERE state = 'queued'"),
        migrating.StateField("Site", "notice_email", fields.CharField(null=True, max_length=254)),
        migrating.StateField("Site", "change_notice_hours", fields.SmallIntField(null=True)),
        migrating.StateConstraint(
            "Site",
            CheckConstraint(check="change_notice_hours BETWEEN 0 AND 336", name="site_change_notice_reasonable"),
        ),
        ops.RunSQL(SITE),
        ops.RunSQL(POLICIES),
        ops.RunSQL(FUNCTIONS),
        ops.RunSQL(GRANTS),
    ]
