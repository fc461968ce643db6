"""Messages as they came, what became of each, and plans that are linked to an earlier one."""

from orjson import loads
from tortoise import fields
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from matching.models.intake import ArrivalState, MessageSource
from matching.plan_facts import PlanLink
from providers import migrating

# The columns come without a value and their constraints without a look at the plans that are there; 0017 looks.
PLAN = [
    "ALTER TABLE plan ADD COLUMN residence_id varchar(4), ADD COLUMN linked_to_id bigint, ADD COLUMN link varchar(16)",
    "ALTER TABLE plan"
    " ADD CONSTRAINT plan_residence_id_fkey"
    " FOREIGN KEY (residence_id) REFERENCES municipality (code) ON DELETE RESTRICT NOT VALID,"
    " ADD CONSTRAINT plan_linked_to_id_fkey"
    " FOREIGN KEY (linked_to_id) REFERENCES plan (id) ON DELETE RESTRICT NOT VALID,"
    " ADD CONSTRAINT plan_link_complete CHECK ((linked_to_id IS NULL) = (link IS NULL)) NOT VALID,"
    " ADD CONSTRAINT plan_link_to_another CHECK (linked_to_id <> id) NOT VALID",
]

# Whoever took a message in first would else decide for every municipality whether its number is taken.
# The table is locked while the index is built; dropped and made in one step, the number is unique at every moment.
MESSAGE_ONCE = (
    "-- squawk-ignore ban-drop-constraint, constraint-missing-not-valid, disallowed-unique-constraint\n"
    "ALTER TABLE plan DROP CONSTRAINT plan_message_once,"
    " ADD CONSTRAINT plan_message_once UNIQUE (municipality_id, message_id);"
)

INDEXES = [
    # No plan is linked and nothing has arrived yet: both are there in an instant.
    "-- squawk-ignore require-concurrent-index-creation\n"
    "CREATE INDEX plan_linked_to ON plan (linked_to_id) WHERE linked_to_id IS NOT NULL;",
    "-- squawk-ignore require-concurrent-index-creation\n"
    "CREATE INDEX arrival_failed ON arrival (municipality_id, id) WHERE state = 'failed';",
]

# What nobody has been named for yet is only for the worker, who files it.
POLICIES = """
CREATE POLICY raw_message_in_scope ON raw_message TO genvej_app, genvej_worker
    USING (municipality_id = genvej_scope('municipality'));
CREATE POLICY raw_message_for_nobody ON raw_message TO genvej_worker USING (municipality_id IS NULL);
CREATE POLICY arrival_in_scope ON arrival TO genvej_app, genvej_worker
    USING (municipality_id = genvej_scope('municipality'));
CREATE POLICY arrival_for_nobody ON arrival TO genvej_worker USING (municipality_id IS NULL);
ALTER TABLE raw_message ENABLE ROW LEVEL SECURITY;
ALTER TABLE arrival ENABLE ROW LEVEL SECURITY;
"""

# Retention goes across municipalities, which no scope does. A message waits longer while one of its plans is unread.
FORGETTING = """
CREATE FUNCTION forget_raw_messages(before timestamptz, unread_before timestamptz) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH old AS (
        SELECT m.id FROM raw_message m WHERE m.received_at < before AND (
            m.received_at < unread_before
            OR NOT EXISTS (SELECT FROM arrival a WHERE a.raw_message_id = m.id AND a.state = 'failed')
        )
    ), unlinked AS (
        DELETE FROM arrival a USING old WHERE a.raw_message_id = old.id
    ), gone AS (
        DELETE FROM raw_message m USING old WHERE m.id = old.id RETURNING m.id
    ) SELECT count(*) FROM gone
$$;
REVOKE EXECUTE ON FUNCTION forget_raw_messages FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_raw_messages TO genvej_worker;
"""


class Migration(migrating.Migration):
    dependencies = [("genvej", "0015_identities")]

    initial = False

    operations = [
        ops.CreateModel(
            name="RawMessage",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "municipality",
                    fields.ForeignKeyField(
                        "genvej.Municipality",
                        source_field="municipality_id",
                        null=True,
                        db_index=True,
                        db_constraint=True,
                        to_field="code",
                        related_name="raw_messages",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "source",
                    fields.CharEnumField(
                        description="API: api\nUPLOAD: upload\nFORM: form\nFOLDER: folder\nCOMMAND: command",
                        enum_type=MessageSource,
                        max_length=16,
                    ),
                ),
                ("name", fields.BinaryField()),
                ("body", fields.BinaryField()),
                ("digest", fields.CharField(max_length=64)),
                ("received_at", fields.DatetimeField(db_index=True, auto_now=False, auto_now_add=False)),
                ("actor", fields.CharField(max_length=120)),
            ],
            options={
                "table": "raw_message",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "A file as it came. `name` and `body` (compressed) are sealed; a file's name may hold a CPR number.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Arrival",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "raw_message",
                    fields.ForeignKeyField(
                        "genvej.RawMessage",
                        source_field="raw_message_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="arrivals",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("position", fields.IntField()),
                (
                    "municipality",
                    fields.ForeignKeyField(
                        "genvej.Municipality",
                        source_field="municipality_id",
                        null=True,
                        db_constraint=True,
                        to_field="code",
                        related_name="arrivals",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("message_id", fields.CharField(null=True, max_length=80)),
                (
                    "plan",
                    fields.ForeignKeyField(
                        "genvej.Plan",
                        source_field="plan_id",
                        null=True,
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="arrivals",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "state",
                    fields.CharEnumField(
                        description="TAKEN: taken\nCHANGED: changed\nKNOWN: known\nFAILED: failed\nDISCARDED: discarded",
                        enum_type=ArrivalState,
                        max_length=16,
                    ),
                ),
                ("findings", fields.JSONField(encoder=JSON_DUMPS, decoder=loads)),
                ("at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "arrival",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "One plan of a message: which one it became, or why it could not be read.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="RawMessage", constraint=UniqueConstraint(fields=("digest",), name="raw_message_once")
        ),
        ops.AddConstraint(
            model_name="Arrival",
            constraint=UniqueConstraint(fields=("raw_message_id", "position"), name="arrival_once_per_position"),
        ),
        ops.AddConstraint(
            model_name="Arrival",
            constraint=CheckConstraint(
                check="(plan_id IS NULL) = (state IN ('failed', 'discarded'))", name="arrival_read_has_plan"
            ),
        ),
        ops.RunSQL([*PLAN, MESSAGE_ONCE, *INDEXES]),
        ops.RunSQL(POLICIES),
        ops.RunSQL(FORGETTING),
        ops.AddField(
            model_name="CaseEvent",
            name="changes",
            field=fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=loads),
        ),
        migrating.StateRemoval(model_name="Plan", name="plan_message_once"),
        migrating.StateField(
            model_name="Plan",
            name="link",
            field=fields.CharEnumField(
                null=True,
                description="REPLACES: replaces\nRESTARTS: restarts\nPARALLEL: parallel",
                enum_type=PlanLink,
                max_length=16,
            ),
        ),
        migrating.StateField(
            model_name="Plan",
            name="linked_to",
            field=fields.ForeignKeyField(
                "genvej.Plan",
                source_field="linked_to_id",
                null=True,
                db_constraint=True,
                to_field="id",
                related_name="linked_from",
                on_delete=OnDelete.RESTRICT,
            ),
        ),
        migrating.StateField(
            model_name="Plan",
            name="residence",
            field=fields.ForeignKeyField(
                "genvej.Municipality",
                source_field="residence_id",
                null=True,
                db_constraint=True,
                to_field="code",
                related_name="residents",
                on_delete=OnDelete.RESTRICT,
            ),
        ),
        migrating.StateConstraint(
            model_name="Plan",
            constraint=UniqueConstraint(fields=("municipality_id", "message_id"), name="plan_message_once"),
        ),
        migrating.StateConstraint(
            model_name="Plan",
            constraint=CheckConstraint(check="(linked_to_id IS NULL) = (link IS NULL)", name="plan_link_complete"),
        ),
        migrating.StateConstraint(
            model_name="Plan",
            constraint=CheckConstraint(check="linked_to_id <> id", name="plan_link_to_another"),
        ),
    ]
