"""The figures: what they are counted from, and what was counted last.

A worker counts for one municipality at a time, from the facts of its cases alone: days, package, level, basis and
outcome, never a person. What was counted is shown to that municipality, and the sums of the country to everybody.
"""

from orjson import loads
from tortoise import fields
from tortoise.fields.base import OnDelete
from tortoise.fields.data import JSON_DUMPS
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint

from providers import migrating

# The whole country is no municipality, so two NULLs count as equal here. It is also how the figures are looked up.
ONCE = (
    "CREATE UNIQUE INDEX figure_count_once ON figure_count"
    " (run_id, municipality_id, span, begins_on, measure, part, days) NULLS NOT DISTINCT"
)

# The first contact that was held, by the event that said so: what becomes of the booking later does not undo it.
FACTS = """
CREATE FUNCTION genvej_case_facts(since date) RETURNS TABLE (
    package_id text, level text, day_zero date, offer_date date, offer_recorded_on date, cannot_offer_recorded_on date,
    over_on date, stop_reason text, started_on date, started_basis text, provider_id int,
    private boolean, handed boolean, refused boolean, cannot_receive boolean
)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT p.package_id::text, p.level::text, greatest(p.discharge_date, p.earliest_start), p.offer_date,
        p.offer_recorded_on, p.cannot_offer_recorded_on, stop.day, stop.reason, begun.day, begun.basis,
        begun.provider_id, b.private, b.handed, b.refused, b.cannot_receive
    FROM plan p
    LEFT JOIN LATERAL (
        SELECT (t.starts_at AT TIME ZONE 'Europe/Copenhagen')::date AS day, b.basis::text, s.provider_id
        FROM case_event e
        JOIN booking b ON b.id = e.booking_id JOIN slot t ON t.id = b.slot_id JOIN site s ON s.id = t.site_id
        WHERE e.plan_id = p.id AND e.kind = 'started' ORDER BY e.sequence LIMIT 1
    ) begun ON true
    LEFT JOIN LATERAL (
        SELECT (e.at AT TIME ZONE 'Europe/Copenhagen')::date AS day, e.reason::text FROM case_event e
        WHERE e.plan_id = p.id AND e.kind = 'stopped' AND p.state = 'stopped' ORDER BY e.sequence DESC LIMIT 1
    ) stop ON true
    CROSS JOIN LATERAL (
        SELECT
            coalesce(bool_or(basis = 'extended' AND state IN ('confirmed', 'started', 'completed', 'no_show')), false)
                AS private,
            coalesce(bool_or(
                basis = 'other_municipality' AND state IN ('requested', 'confirmed', 'started', 'completed')
            ), false) AS handed,
            coalesce(bool_or(state = 'refused'), false) AS refused,
            coalesce(bool_or(state = 'cannot_receive'), false) AS cannot_receive
        FROM booking WHERE plan_id = p.id
    ) b
    WHERE p.municipality_id = genvej_scope('municipality') AND p.plan_type = 'general' AND p.state <> 'error'
      AND greatest(p.discharge_date, p.earliest_start) >= since
    UNION ALL
    SELECT c.package_id, c.level, greatest(c.discharge_date, c.earliest_start), c.offer_date,
        c.offer_recorded_on, c.cannot_offer_recorded_on,
        CASE WHEN c.state = 'stopped' THEN c.last_day END, CASE WHEN c.state = 'stopped' THEN c.stop_reason END,
        CASE WHEN c.booking_state IN ('started', 'completed') THEN c.first_contact END,
        CASE WHEN c.booking_state IN ('started', 'completed') THEN c.basis END, NULL,
        coalesce(c.basis = 'extended' AND c.booking_state IN ('confirmed', 'started', 'completed', 'no_show'), false),
        coalesce(c.basis = 'other_municipality'
            AND c.booking_state IN ('requested', 'confirmed', 'started', 'completed'), false),
        coalesce(c.booking_state = 'refused', false), coalesce(c.booking_state = 'cannot_receive', false)
    FROM case_figure c
    WHERE c.municipality_id = genvej_scope('municipality') AND c.plan_type = 'general' AND c.state <> 'error'
      AND greatest(c.discharge_date, c.earliest_start) >= since
$$;
REVOKE EXECUTE ON FUNCTION genvej_case_facts FROM PUBLIC;
GRANT EXECUTE ON FUNCTION genvej_case_facts TO genvej_worker;
"""

ROWS = """
ALTER TABLE figure_count ENABLE ROW LEVEL SECURITY;
CREATE POLICY figure_count_shown ON figure_count FOR SELECT TO genvej_app
    USING (municipality_id IS NULL OR municipality_id = genvej_scope('municipality'));
CREATE POLICY figure_count_made ON figure_count TO genvej_worker USING (true) WITH CHECK (true);
REVOKE INSERT, UPDATE, DELETE ON figure_run, figure_count FROM genvej_app;
"""


class Migration(migrating.Migration):
    dependencies = [("genvej", "0032_withdrawn_approvals")]

    initial = False

    operations = [
        ops.CreateModel(
            name="FigureRun",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("as_of", fields.DateField()),
                ("started_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("finished_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("published", fields.JSONField(null=True, encoder=JSON_DUMPS, decoder=loads)),
            ],
            options={
                "table": "figure_run",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "One counting of everything, as it stood on the local day `as_of`. Without `finished_at` nobody reads it.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="FigureCount",
            fields=[
                ("id", fields.BigIntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "run",
                    fields.ForeignKeyField(
                        "genvej.FigureRun",
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
                        related_name="figure_counts",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("span", fields.CharField(max_length=8)),
                ("begins_on", fields.DateField()),
                ("measure", fields.CharField(max_length=24)),
                ("part", fields.CharField(max_length=40)),
                ("days", fields.IntField(null=True)),
                ("cases", fields.IntField()),
            ],
            options={
                "table": "figure_count",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "So many `cases` of one municipality (none = of the whole country) in the period that begins on `begins_on`.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            "FigureRun",
            CheckConstraint(
                check="(finished_at IS NULL) = (published IS NULL)", name="figure_run_published_when_finished"
            ),
        ),
        ops.AddConstraint("FigureCount", CheckConstraint(check="cases > 0", name="figure_count_positive")),
        ops.RunSQL(f"-- squawk-ignore require-concurrent-index-creation\n{ONCE};"),
        ops.RunSQL(FACTS),
        ops.RunSQL(ROWS),
    ]
