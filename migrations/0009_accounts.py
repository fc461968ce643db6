"""Staff accounts, their invitations, posts and recovery codes. The worker, who writes to people, sees no secret."""

from tortoise import fields
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint

from providers import migrating
from providers.roles import Role

# The columns come without a value, and their constraints without a look at the rows that are there, so nobody waits for
# the table; 0010 looks.
SESSION = [
    "ALTER TABLE session ADD COLUMN account_id int, ADD COLUMN membership_id int, ADD COLUMN device varchar(80)",
    "ALTER TABLE session ADD CONSTRAINT session_account_id_fkey"
    " FOREIGN KEY (account_id) REFERENCES account (id) ON DELETE RESTRICT NOT VALID",
    "ALTER TABLE session ADD CONSTRAINT session_membership_id_fkey"
    " FOREIGN KEY (membership_id) REFERENCES membership (id) ON DELETE RESTRICT NOT VALID",
    "ALTER TABLE session ADD CONSTRAINT session_membership_has_account"
    " CHECK (membership_id IS NULL OR account_id IS NOT NULL) NOT VALID",
]

INDEXES = [
    # A post without a municipality or a provider is one post too, so two NULLs count as equal here.
    "CREATE UNIQUE INDEX membership_live_once ON membership (account_id, role, municipality_id, provider_id)"
    " NULLS NOT DISTINCT WHERE ended_at IS NULL",
    # No row has an account yet, and the table holds living visits only: the index is there in an instant.
    "-- squawk-ignore require-concurrent-index-creation\n"
    "CREATE INDEX session_account ON session (account_id) WHERE account_id IS NOT NULL;",
]

GRANTS = """
REVOKE DELETE ON account, membership FROM genvej_app, genvej_worker;
REVOKE ALL ON account, recovery_code FROM genvej_worker;
GRANT SELECT (id, email, name, created_at, disabled_at) ON account TO genvej_worker;
"""


class Migration(migrating.Migration):
    dependencies = [("genvej", "0008_audit_chain")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Account",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("email", fields.CharField(null=True, max_length=254)),
                ("name", fields.CharField(max_length=120)),
                ("password_hash", fields.CharField(null=True, max_length=200)),
                ("totp_secret", fields.BinaryField(null=True)),
                ("totp_pending", fields.BinaryField(null=True)),
                ("totp_last_step", fields.BigIntField(null=True)),
                ("oidc_issuer", fields.CharField(null=True, max_length=200)),
                ("oidc_subject", fields.CharField(null=True, max_length=255)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("disabled_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("disabled_by", fields.CharField(null=True, max_length=120)),
            ],
            options={
                "table": "account",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "A person on the staff, known by an e-mail address and a password, by an OpenID Connect issuer, or by both.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Invitation",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("digest", fields.CharField(max_length=64)),
                ("email", fields.CharField(max_length=254)),
                (
                    "role",
                    fields.CharEnumField(
                        description="VISITATOR: visitator\nMANAGER: manager\nCLINIC_OWNER: clinic_owner\nPLANNER: planner\nTHERAPIST: therapist\nAPPROVER: approver\nOPERATOR: operator",
                        enum_type=Role,
                        max_length=16,
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
                        related_name="invitations",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "provider",
                    fields.ForeignKeyField(
                        "genvej.Provider",
                        source_field="provider_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="invitations",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("invited_by", fields.CharField(max_length=120)),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("used_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "invitation",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "A post offered to whoever reads the mail of one address; withdrawing it moves `expires_at`.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Membership",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "account",
                    fields.ForeignKeyField(
                        "genvej.Account",
                        source_field="account_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="memberships",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "role",
                    fields.CharEnumField(
                        description="VISITATOR: visitator\nMANAGER: manager\nCLINIC_OWNER: clinic_owner\nPLANNER: planner\nTHERAPIST: therapist\nAPPROVER: approver\nOPERATOR: operator",
                        enum_type=Role,
                        max_length=16,
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
                        related_name="memberships",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "provider",
                    fields.ForeignKeyField(
                        "genvej.Provider",
                        source_field="provider_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="memberships",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("created_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("created_by", fields.CharField(max_length=120)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
                ("ended_by", fields.CharField(null=True, max_length=120)),
            ],
            options={
                "table": "membership",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "What an account is, and where, until it ended.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="RecoveryCode",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "account",
                    fields.ForeignKeyField(
                        "genvej.Account",
                        source_field="account_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="recovery_codes",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("digest", fields.CharField(max_length=64)),
                ("used_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "recovery_code",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "One of the codes that stand in for a lost telephone, once.",
            },
            bases=["Model"],
        ),
        migrating.StateField(
            model_name="Session",
            name="account",
            field=fields.ForeignKeyField(
                "genvej.Account",
                source_field="account_id",
                null=True,
                db_constraint=True,
                to_field="id",
                related_name="sessions",
                on_delete=OnDelete.RESTRICT,
            ),
        ),
        migrating.StateField(
            model_name="Session",
            name="device",
            field=fields.CharField(null=True, max_length=80),
        ),
        migrating.StateField(
            model_name="Session",
            name="membership",
            field=fields.ForeignKeyField(
                "genvej.Membership",
                source_field="membership_id",
                null=True,
                db_constraint=True,
                to_field="id",
                related_name="sessions",
                on_delete=OnDelete.RESTRICT,
            ),
        ),
        migrating.StateConstraint(
            model_name="Session",
            constraint=CheckConstraint(
                check="membership_id IS NULL OR account_id IS NOT NULL", name="session_membership_has_account"
            ),
        ),
        # The ORM leaves constraints out when it creates a table, so each is added by itself.
        ops.AddConstraint(
            model_name="Account", constraint=UniqueConstraint(fields=("email",), name="account_email_once")
        ),
        ops.AddConstraint(
            model_name="Account",
            constraint=UniqueConstraint(fields=("oidc_issuer", "oidc_subject"), name="account_oidc_once"),
        ),
        ops.AddConstraint(
            model_name="Account",
            constraint=CheckConstraint(check="email = lower(email)", name="account_email_lower_case"),
        ),
        ops.AddConstraint(
            model_name="Account",
            constraint=CheckConstraint(
                check="email IS NOT NULL OR oidc_subject IS NOT NULL", name="account_can_be_known"
            ),
        ),
        ops.AddConstraint(
            model_name="Account",
            constraint=CheckConstraint(
                check="email IS NOT NULL OR password_hash IS NULL", name="account_password_has_email"
            ),
        ),
        ops.AddConstraint(
            model_name="Account",
            constraint=CheckConstraint(
                check="(oidc_issuer IS NULL) = (oidc_subject IS NULL)", name="account_oidc_whole"
            ),
        ),
        ops.AddConstraint(
            model_name="Account",
            constraint=CheckConstraint(
                check="(totp_secret IS NULL) = (totp_last_step IS NULL)", name="account_totp_whole"
            ),
        ),
        ops.AddConstraint(
            model_name="Account",
            constraint=CheckConstraint(
                check="(disabled_at IS NULL) = (disabled_by IS NULL)", name="account_disabled_by_somebody"
            ),
        ),
        ops.AddConstraint(
            model_name="Invitation", constraint=UniqueConstraint(fields=("digest",), name="invitation_digest_once")
        ),
        ops.AddConstraint(
            model_name="Invitation",
            constraint=CheckConstraint(check="email = lower(email)", name="invitation_email_lower_case"),
        ),
        ops.AddConstraint(
            model_name="Invitation",
            constraint=CheckConstraint(
                check="(municipality_id IS NOT NULL) = (role IN ('visitator', 'manager')) AND (provider_id IS NOT NULL) = (role IN ('clinic_owner', 'planner', 'therapist')) AND (municipality_id IS NULL AND provider_id IS NULL) = (role IN ('approver', 'operator'))",
                name="invitation_role_fits_organisation",
            ),
        ),
        ops.AddConstraint(
            model_name="Membership",
            constraint=CheckConstraint(
                check="(municipality_id IS NOT NULL) = (role IN ('visitator', 'manager')) AND (provider_id IS NOT NULL) = (role IN ('clinic_owner', 'planner', 'therapist')) AND (municipality_id IS NULL AND provider_id IS NULL) = (role IN ('approver', 'operator'))",
                name="membership_role_fits_organisation",
            ),
        ),
        ops.AddConstraint(
            model_name="Membership",
            constraint=CheckConstraint(
                check="(ended_at IS NULL) = (ended_by IS NULL)", name="membership_ended_by_somebody"
            ),
        ),
        ops.AddConstraint(
            model_name="RecoveryCode",
            constraint=UniqueConstraint(fields=("account_id", "digest"), name="recovery_code_once"),
        ),
        ops.RunSQL(SESSION),
        ops.RunSQL(INDEXES),
        ops.RunSQL(GRANTS),
    ]
