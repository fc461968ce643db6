"""The figures as they were counted last: how many cases, by municipality, period and what is counted of them."""

from tortoise import fields
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from providers.models import Municipality


class FigureRun(Model):
    """One counting of everything, as it stood on the local day `as_of`. Without `finished_at` nobody reads it.

    `published` is what anybody may see of it: small numbers, and those that they could be worked out from, are not in
    it (`matching.figures.publishing`).
    """

    id = fields.IntField(primary_key=True)
    as_of = fields.DateField()
    started_at = fields.DatetimeField()
    finished_at = fields.DatetimeField(null=True)
    published: fields.Field[dict[str, object] | None] = fields.JSONField(null=True)

    class Meta:
        table = "figure_run"
        constraints = (
            CheckConstraint("(finished_at IS NULL) = (published IS NULL)", "figure_run_published_when_finished"),
        )


class FigureCount(Model):
    """So many `cases` of one municipality (none = of the whole country) in the period that begins on `begins_on`.

    `span` is a `matching.figures.periods.Span`, `measure` a `matching.figures.measures.Measure`; `part` says which
    reason, package, basis or provider, and `days` how many days these cases took, where the measure has such. The
    index `figure_count_once` (in the migration, for its NULLS NOT DISTINCT) keeps one row for each.
    """

    id = fields.BigIntField(primary_key=True)
    run: fields.ForeignKeyRelation[FigureRun] = fields.ForeignKeyField(
        "genvej.FigureRun", related_name="counts", on_delete=fields.RESTRICT
    )
    run_id: int
    municipality: fields.ForeignKeyNullableRelation[Municipality] = fields.ForeignKeyField(
        "genvej.Municipality", related_name="figure_counts", on_delete=fields.RESTRICT, null=True
    )
    municipality_id: str | None
    span = fields.CharField(max_length=8)
    begins_on = fields.DateField()
    measure = fields.CharField(max_length=24)
    part = fields.CharField(max_length=40)
    days = fields.IntField(null=True)
    cases = fields.IntField()

    class Meta:
        table = "figure_count"
        constraints = (CheckConstraint("cases > 0", "figure_count_positive"),)
