"""Who found no time asks to be told when one comes, or to be rung up. Both are seen by scope only."""

from tortoise import fields
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from matching.models.asking import CallOutcome
from providers import migrating

# A site rings somebody who has no time there yet: its provider sees who, until the call is over.
POLICIES = """
CREATE POLICY watch_in_scope ON watch TO genvej_app, genvej_worker USING (genvej_in_scope(plan_id));
CREATE POLICY call_back_in_scope ON call_back TO genvej_app, genvej_worker USING (
    genvej_in_scope(plan_id)
    OR EXISTS (SELECT FROM site s WHERE s.id = site_id AND s.provider_id = genvej_scope('provider')::int)
);
ALTER TABLE watch ENABLE ROW LEVEL SECURITY;
ALTER TABLE call_back ENABLE ROW LEVEL SECURITY;
"""

# The worker must know which watches have waited longest before it can look at any one plan's.
DUE = """
CREATE FUNCTION genvej_due_watches(before timestamptz, most int) RETURNS TABLE (id bigint, plan_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT w.id, w.plan_id FROM watch w WHERE w.looked_at < before ORDER BY w.looked_at, w.id LIMIT most
$$;
REVOKE EXECUTE ON FUNCTION genvej_due_watches FROM PUBLIC;
GRANT EXECUTE ON FUNCTION genvej_due_watches TO genvej_worker;
"""


class Migration(migrating.Migration):
    dependencies = [("genvej", "0030_caseworkers_checked")]

    initial = False

    operations = [
        ops.CreateModel(
            name="CallBack",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "plan",
                    fields.ForeignKeyField(
                        "genvej.Plan",
                        source_field="plan_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="call_backs",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "site",
                    fields.ForeignKeyField(
                        "genvej.Site",
                        source_field="site_id",
                        db_index=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="call_backs",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("asked_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("due_on", fields.DateField()),
                ("person", fields.BinaryField()),
                (
                    "outcome",
                    fields.CharEnumField(
                        null=True,
                        description="REACHED: reached\nNOT_REACHED: not_reached\nWITHDRAWN: withdrawn",
                        enum_type=CallOutcome,
                        max_length=16,
                    ),
                ),
                ("done_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("done_by", fields.CharField(null=True, max_length=120)),
            ],
            options={
                "table": "call_back",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "A citizen has asked a site to ring by a local day. `person` is who, and the number: sealed, emptied afterwards.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Watch",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "plan",
                    fields.ForeignKeyField(
                        "genvej.Plan",
                        source_field="plan_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="watches",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("number", fields.SmallIntField()),
                (
                    "site",
                    fields.ForeignKeyField(
                        "genvej.Site",
                        source_field="site_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="watches",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "origin",
                    fields.ForeignKeyField(
                        "genvej.PostalCode",
                        source_field="origin_id",
                        null=True,
                        db_constraint=True,
                        to_field="code",
                        related_name="watches",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("radius", fields.SmallIntField(null=True)),
                ("weekdays", fields.SmallIntField(db_default=0)),
                ("known_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("looked_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("until", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "watch",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "Tell the citizen when a time comes: at one site, or within `radius` kilometres (None = the whole country) of",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            "CallBack",
            UniqueConstraint(fields=("plan_id",), name="call_back_one_open_per_plan", condition="done_at IS NULL"),
        ),
        ops.AddConstraint(
            "CallBack",
            CheckConstraint(
                check="(done_at IS NULL) = (outcome IS NULL) AND (done_at IS NULL) = (done_by IS NULL)",
                name="call_back_done_complete",
            ),
        ),
        ops.AddConstraint(
            "CallBack",
            CheckConstraint(check="(done_at IS NULL) = (octet_length(person) > 0)", name="call_back_forgets_person"),
        ),
        ops.AddConstraint("Watch", UniqueConstraint(fields=("plan_id", "number"), name="watch_number_once")),
        ops.AddConstraint("Watch", CheckConstraint(check="number BETWEEN 1 AND 3", name="watch_three_at_most")),
        ops.AddConstraint("Watch", CheckConstraint(check="weekdays BETWEEN 0 AND 127", name="watch_weekdays_known")),
        ops.AddConstraint(
            "Watch",
            CheckConstraint(
                check="site_id IS NULL OR (origin_id IS NULL AND radius IS NULL)", name="watch_site_or_area"
            ),
        ),
        ops.RunSQL(
            "-- squawk-ignore require-concurrent-index-creation\nCREATE INDEX watch_looked_at ON watch (looked_at);"
        ),
        ops.RunSQL(POLICIES),
        ops.RunSQL(DUE),
    ]
