"""The keys with which an organisation's own programs come."""

from enum import StrEnum

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint
from tortoise.models import Model

from providers.models.geography import Municipality
from providers.models.organisations import Provider


class ApiScope(StrEnum):
    """What a key opens. REPORTS: a municipality fetches its reports, and answers them. PLANS: it sends plans in.

    SLOTS: a provider says what is free.
    """

    REPORTS = "reports"
    PLANS = "plans"
    SLOTS = "slots"


class ApiKey(Model):
    """A program's key, of one municipality or one provider. Only its digest is kept.

    It works until `expires_at`, and no longer than until `revoked_at`. `created_by` and `revoked_by` are actors.
    """

    id = fields.IntField(primary_key=True)
    name = fields.CharField(max_length=80)
    digest = fields.CharField(max_length=64)
    municipality: fields.ForeignKeyNullableRelation[Municipality] = fields.ForeignKeyField(
        "genvej.Municipality", related_name="api_keys", on_delete=fields.RESTRICT, null=True
    )
    municipality_id: str | None
    provider: fields.ForeignKeyNullableRelation[Provider] = fields.ForeignKeyField(
        "genvej.Provider", related_name="api_keys", on_delete=fields.RESTRICT, null=True
    )
    provider_id: int | None
    scopes: fields.Field[list[str]] = ArrayField(element_type="varchar(16)")
    created_at = fields.DatetimeField()
    created_by = fields.CharField(max_length=120)
    expires_at = fields.DatetimeField()
    revoked_at = fields.DatetimeField(null=True)
    revoked_by = fields.CharField(max_length=120, null=True)
    last_used_at = fields.DatetimeField(null=True)

    class Meta:
        table = "api_key"
        constraints = (
            UniqueConstraint(("digest",), "api_key_digest_once"),
            CheckConstraint("(municipality_id IS NULL) <> (provider_id IS NULL)", "api_key_has_one_organisation"),
            CheckConstraint(
                "cardinality(scopes) > 0 AND CASE WHEN provider_id IS NULL"
                " THEN scopes <@ ARRAY['reports','plans']::varchar[] ELSE scopes <@ ARRAY['slots']::varchar[] END",
                "api_key_scopes_fit_organisation",
            ),
            CheckConstraint("expires_at > created_at", "api_key_expires"),
            CheckConstraint("(revoked_at IS NULL) = (revoked_by IS NULL)", "api_key_revoked_by_somebody"),
        )
