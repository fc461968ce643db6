"""Beginning anew after a password or an app was lost. The worker has no part in it, and what was done is not erased."""

from tortoise import fields
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from providers import migrating
from providers.models.accounts import ResetKind

GRANTS = """
REVOKE DELETE ON account_reset FROM genvej_app;
REVOKE ALL ON account_reset FROM genvej_worker;
"""


class Migration(migrating.Migration):
    dependencies = [("genvej", "0023_retention_of_exchange")]

    initial = False

    operations = [
        ops.CreateModel(
            name="AccountReset",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "account",
                    fields.ForeignKeyField(
                        "genvej.Account",
                        source_field="account_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="resets",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "kind",
                    fields.CharEnumField(
                        description="PASSWORD: password\nAPP: app", enum_type=ResetKind, max_length=16
                    ),
                ),
                ("digest", fields.CharField(null=True, max_length=64)),
                ("begun_by", fields.CharField(max_length=120)),
                ("begun_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("used_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("done_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "account_reset",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "Somebody let the owner of an account begin anew: with a password, by a link, or with an app, at once.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint(
            model_name="AccountReset",
            constraint=UniqueConstraint(fields=("digest",), name="account_reset_digest_once"),
        ),
        ops.AddConstraint(
            model_name="AccountReset",
            constraint=UniqueConstraint(
                fields=("account_id", "begun_by"),
                name="account_reset_one_by_one_person",
                condition="done_at IS NULL",
            ),
        ),
        ops.AddConstraint(
            model_name="AccountReset",
            constraint=CheckConstraint(
                check="(kind = 'password') = (digest IS NOT NULL)", name="account_reset_by_link_if_password"
            ),
        ),
        ops.RunSQL(GRANTS),
    ]
