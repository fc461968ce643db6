"""How long is kept what, what a run of the retention job did, and the figures that outlast a case."""

from tortoise import fields
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from matching.national_codes import StopReason
from matching.plan_facts import Basis, Level, PlanType
from matching.states import BookingState, PlanState
from providers.models import Municipality, Package


class RetentionRule(Model):
    """From `valid_from` on, a municipality keeps one kind for `days`; without one, the portal or everybody else.

    `kind` is a `matching.retention.kinds.RetentionKind`, `source` is where that was decided. The index
    `retention_rule_once` (in the migration, for its NULLS NOT DISTINCT) keeps two rules from beginning on one day.
    """

    id = fields.IntField(primary_key=True)
    municipality: fields.ForeignKeyNullableRelation[Municipality] = fields.ForeignKeyField(
        "genvej.Municipality", related_name="retention_rules", on_delete=fields.RESTRICT, null=True
    )
    municipality_id: str | None
    kind = fields.CharField(max_length=16)
    days = fields.IntField()
    valid_from = fields.DateField()
    source = fields.CharField(max_length=200)
    decided_by = fields.CharField(max_length=120)
    decided_at = fields.DatetimeField()

    class Meta:
        table = "retention_rule"
        constraints = (
            CheckConstraint("days BETWEEN 0 AND 36500", "retention_rule_days_in_a_century"),
            CheckConstraint("source <> '' AND decided_by <> ''", "retention_rule_has_source"),
        )


class RetentionRun(Model):
    """One run of the job. A `dry_run` only counted; one without `finished_at` was broken off, or is under way."""

    id = fields.IntField(primary_key=True)
    started_at = fields.DatetimeField()
    finished_at = fields.DatetimeField(null=True)
    dry_run = fields.BooleanField()
    started_by = fields.CharField(max_length=120)

    class Meta:
        table = "retention_run"


class RetentionCount(Model):
    """Of one controller's one kind: `due` rows were older than `before`, `done` of them are gone.

    `days`, `source` and `demo` are the rule as it was that night. The index `retention_count_once` (in the migration)
    keeps one line for each.
    """

    id = fields.BigIntField(primary_key=True)
    run: fields.ForeignKeyRelation[RetentionRun] = fields.ForeignKeyField(
        "genvej.RetentionRun", related_name="counts", on_delete=fields.RESTRICT
    )
    run_id: int
    municipality: fields.ForeignKeyNullableRelation[Municipality] = fields.ForeignKeyField(
        "genvej.Municipality", related_name="retention_counts", on_delete=fields.RESTRICT, null=True
    )
    municipality_id: str | None
    kind = fields.CharField(max_length=16)
    days = fields.IntField()
    source = fields.CharField(max_length=200)
    demo = fields.BooleanField()
    before = fields.DatetimeField()
    due = fields.IntField()
    done = fields.IntField()

    class Meta:
        table = "retention_count"
        constraints = (CheckConstraint("due >= 0 AND done >= 0", "retention_count_not_negative"),)


class CaseFigure(Model):
    """What is left of a case for the figures: no person, no reference, no instant, and nothing that leads back to it.

    Dates are local days. `basis`, `booking_state` and `first_contact` are of the last time that was booked;
    `stop_reason` is the last one given.
    """

    id = fields.BigIntField(primary_key=True)
    municipality: fields.ForeignKeyRelation[Municipality] = fields.ForeignKeyField(
        "genvej.Municipality", related_name="case_figures", on_delete=fields.RESTRICT
    )
    municipality_id: str
    plan_type = fields.CharEnumField(PlanType, max_length=32)
    level = fields.CharEnumField(Level, max_length=16, null=True)
    package: fields.ForeignKeyNullableRelation[Package] = fields.ForeignKeyField(
        "genvej.Package", related_name="case_figures", on_delete=fields.RESTRICT, null=True
    )
    package_id: str | None
    discharge_date = fields.DateField()
    earliest_start = fields.DateField(null=True)
    received_on = fields.DateField()
    offer_date = fields.DateField(null=True)
    offer_recorded_on = fields.DateField(null=True)
    cannot_offer_recorded_on = fields.DateField(null=True)
    informed_on = fields.DateField(null=True)
    deferred_on = fields.DateField(null=True)
    booked_on = fields.DateField(null=True)
    first_contact = fields.DateField(null=True)
    basis = fields.CharEnumField(Basis, max_length=24, null=True)
    booking_state = fields.CharEnumField(BookingState, max_length=24, null=True)
    stop_reason = fields.CharEnumField(StopReason, max_length=40, null=True)
    state = fields.CharEnumField(PlanState, max_length=16)
    last_day = fields.DateField()
    erased_on = fields.DateField()

    class Meta:
        table = "case_figure"
        constraints = (CheckConstraint("erased_on >= last_day", "case_figure_erased_after_its_last_day"),)
