"""The constraints of 0009 on the table of sessions hold for the rows that were there before it, too."""

from tortoise.migrations import operations as ops

from providers import migrating

CONSTRAINTS = ("session_account_id_fkey", "session_membership_id_fkey", "session_membership_has_account")


class Migration(migrating.Migration):
    dependencies = [("genvej", "0009_accounts")]
    operations = [ops.RunSQL([f"ALTER TABLE session VALIDATE CONSTRAINT {name}" for name in CONSTRAINTS])]
