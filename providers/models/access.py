"""Who is here: server-side sessions, and the budgets that slow guessing down."""

from tortoise import fields
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model


class Session(Model):
    """A visit. The cookie holds the random id; the table only its digest."""

    digest = fields.CharField(max_length=64, primary_key=True)
    data: fields.Field[dict[str, object]] = fields.JSONField()
    created_at = fields.DatetimeField()
    seen_at = fields.DatetimeField()
    expires_at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "session"


class AttemptBudget(Model):
    """Failed attempts of one kind (`bucket`) that have not been forgotten yet; shared by all processes."""

    bucket = fields.CharField(max_length=120, primary_key=True)
    spent = fields.FloatField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "attempt_budget"
        constraints = (CheckConstraint("spent >= 0", "attempt_budget_not_negative"),)
