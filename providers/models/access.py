"""Who is here: server-side sessions, and the budgets that slow guessing down."""

from tortoise import fields
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from providers.models.accounts import Account, Membership


class Session(Model):
    """A visit. The cookie holds the random id; the table only its digest.

    `account` is set once somebody on the staff has signed in, `membership` to the post they act in; `device` says
    in a word or two what they sit at, so that they know the visit again in the list of theirs.
    """

    digest = fields.CharField(max_length=64, primary_key=True)
    data: fields.Field[dict[str, object]] = fields.JSONField()
    created_at = fields.DatetimeField()
    seen_at = fields.DatetimeField()
    expires_at = fields.DatetimeField(db_index=True)
    account: fields.ForeignKeyNullableRelation[Account] = fields.ForeignKeyField(
        "genvej.Account", related_name="sessions", on_delete=fields.RESTRICT, null=True
    )
    account_id: int | None
    membership: fields.ForeignKeyNullableRelation[Membership] = fields.ForeignKeyField(
        "genvej.Membership", related_name="sessions", on_delete=fields.RESTRICT, null=True
    )
    membership_id: int | None
    device = fields.CharField(max_length=80, null=True)

    class Meta:
        table = "session"
        constraints = (
            CheckConstraint("membership_id IS NULL OR account_id IS NOT NULL", "session_membership_has_account"),
        )


class AttemptBudget(Model):
    """Failed attempts of one kind (`bucket`) that have not been forgotten yet; shared by all processes."""

    bucket = fields.CharField(max_length=120, primary_key=True)
    spent = fields.FloatField()
    updated_at = fields.DatetimeField()

    class Meta:
        table = "attempt_budget"
        constraints = (CheckConstraint("spent >= 0", "attempt_budget_not_negative"),)
