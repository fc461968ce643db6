"""The staff who may sign in, and what they are where. Passwords, codes and invitations are kept as hashes only."""

from enum import StrEnum

from tortoise import fields
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint
from tortoise.models import Model

from providers.models.geography import Municipality
from providers.models.organisations import Provider
from providers.roles import Role

_ROLE_FITS = (
    "(municipality_id IS NOT NULL) = (role IN ('visitator', 'manager'))"
    " AND (provider_id IS NOT NULL) = (role IN ('clinic_owner', 'planner', 'therapist'))"
    " AND (municipality_id IS NULL AND provider_id IS NULL) = (role IN ('approver', 'operator'))"
)


class Account(Model):
    """A person on the staff, known by an e-mail address and a password, by an OpenID Connect issuer, or by both.

    `totp_secret` is sealed; `totp_pending` is one that its owner has not yet shown a code of. `totp_last_step` is
    the newest 30-second step whose code was used, so that no code counts twice.
    """

    id = fields.IntField(primary_key=True)
    email = fields.CharField(max_length=254, null=True)
    name = fields.CharField(max_length=120)
    password_hash = fields.CharField(max_length=200, null=True)
    totp_secret = fields.BinaryField(null=True)
    totp_pending = fields.BinaryField(null=True)
    totp_last_step = fields.BigIntField(null=True)
    oidc_issuer = fields.CharField(max_length=200, null=True)
    oidc_subject = fields.CharField(max_length=255, null=True)
    created_at = fields.DatetimeField()
    disabled_at = fields.DatetimeField(null=True)
    disabled_by = fields.CharField(max_length=120, null=True)

    class Meta:
        table = "account"
        constraints = (
            UniqueConstraint(("email",), "account_email_once"),
            UniqueConstraint(("oidc_issuer", "oidc_subject"), "account_oidc_once"),
            CheckConstraint("email = lower(email)", "account_email_lower_case"),
            CheckConstraint("email IS NOT NULL OR oidc_subject IS NOT NULL", "account_can_be_known"),
            CheckConstraint("email IS NOT NULL OR password_hash IS NULL", "account_password_has_email"),
            CheckConstraint("(oidc_issuer IS NULL) = (oidc_subject IS NULL)", "account_oidc_whole"),
            CheckConstraint("(totp_secret IS NULL) = (totp_last_step IS NULL)", "account_totp_whole"),
            CheckConstraint("(disabled_at IS NULL) = (disabled_by IS NULL)", "account_disabled_by_somebody"),
        )


class RecoveryCode(Model):
    """One of the codes that stand in for a lost telephone, once."""

    id = fields.IntField(primary_key=True)
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "genvej.Account", related_name="recovery_codes", on_delete=fields.RESTRICT
    )
    account_id: int
    digest = fields.CharField(max_length=64)
    used_at = fields.DatetimeField(null=True)

    class Meta:
        table = "recovery_code"
        constraints = (UniqueConstraint(("account_id", "digest"), "recovery_code_once"),)


class Invitation(Model):
    """A post offered to whoever reads the mail of one address; withdrawing it moves `expires_at`."""

    id = fields.IntField(primary_key=True)
    digest = fields.CharField(max_length=64)
    email = fields.CharField(max_length=254)
    role = fields.CharEnumField(Role, max_length=16)
    municipality: fields.ForeignKeyNullableRelation[Municipality] = fields.ForeignKeyField(
        "genvej.Municipality", related_name="invitations", on_delete=fields.RESTRICT, null=True
    )
    municipality_id: str | None
    provider: fields.ForeignKeyNullableRelation[Provider] = fields.ForeignKeyField(
        "genvej.Provider", related_name="invitations", on_delete=fields.RESTRICT, null=True
    )
    provider_id: int | None
    invited_by = fields.CharField(max_length=120)
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    used_at = fields.DatetimeField(null=True)

    class Meta:
        table = "invitation"
        constraints = (
            UniqueConstraint(("digest",), "invitation_digest_once"),
            CheckConstraint("email = lower(email)", "invitation_email_lower_case"),
            CheckConstraint(_ROLE_FITS, "invitation_role_fits_organisation"),
        )


class Membership(Model):
    """What an account is, and where, until it ended.

    The index `membership_live_once` (in the migration, for its NULLS NOT DISTINCT) keeps the same post from being
    held twice at once.
    """

    id = fields.IntField(primary_key=True)
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "genvej.Account", related_name="memberships", on_delete=fields.RESTRICT
    )
    account_id: int
    role = fields.CharEnumField(Role, max_length=16)
    municipality: fields.ForeignKeyNullableRelation[Municipality] = fields.ForeignKeyField(
        "genvej.Municipality", related_name="memberships", on_delete=fields.RESTRICT, null=True
    )
    municipality_id: str | None
    provider: fields.ForeignKeyNullableRelation[Provider] = fields.ForeignKeyField(
        "genvej.Provider", related_name="memberships", on_delete=fields.RESTRICT, null=True
    )
    provider_id: int | None
    created_at = fields.DatetimeField()
    created_by = fields.CharField(max_length=120)
    ended_at = fields.DatetimeField(null=True)
    ended_by = fields.CharField(max_length=120, null=True)

    class Meta:
        table = "membership"
        constraints = (
            CheckConstraint(_ROLE_FITS, "membership_role_fits_organisation"),
            CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", "membership_ended_by_somebody"),
        )


class ResetKind(StrEnum):
    PASSWORD = "password"  # noqa: S105 - a word, and no secret # nosec B105
    APP = "app"


class AccountReset(Model):
    """Somebody let the owner of an account begin anew: with a password, by a link, or with an app, at once.

    `begun_by` is the person, whatever their post. Until the owner has signed in again, `done_at`, the same person
    cannot reset the other factor, for with both the account would be theirs.
    """

    id = fields.IntField(primary_key=True)
    account: fields.ForeignKeyRelation[Account] = fields.ForeignKeyField(
        "genvej.Account", related_name="resets", on_delete=fields.RESTRICT
    )
    account_id: int
    kind = fields.CharEnumField(ResetKind, max_length=16)
    digest = fields.CharField(max_length=64, null=True)
    begun_by = fields.CharField(max_length=120)
    begun_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    used_at = fields.DatetimeField(null=True)
    done_at = fields.DatetimeField(null=True)

    class Meta:
        table = "account_reset"
        constraints = (
            UniqueConstraint(("digest",), "account_reset_digest_once"),
            UniqueConstraint(
                ("account_id", "begun_by"), "account_reset_one_by_one_person", condition="done_at IS NULL"
            ),
            CheckConstraint("(kind = 'password') = (digest IS NOT NULL)", "account_reset_by_link_if_password"),
        )
