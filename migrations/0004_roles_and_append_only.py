"""What the app and the worker may do. Events and audit entries can be added and read, by nobody changed."""

from tortoise.migrations import operations as ops

from providers import migrating

APPEND_ONLY = ("case_event", "audit_entry")

GRANTS = """
GRANT USAGE ON SCHEMA public TO genvej_app, genvej_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO genvej_app, genvej_worker;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO genvej_app, genvej_worker;
ALTER DEFAULT PRIVILEGES IN SCHEMA public
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO genvej_app, genvej_worker;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO genvej_app, genvej_worker;
REVOKE UPDATE, DELETE ON case_event, audit_entry FROM genvej_app, genvej_worker;
REVOKE INSERT, UPDATE, DELETE ON tortoise_migrations FROM genvej_app, genvej_worker;
"""

REFUSE = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""

TRIGGER = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION refuse_change()
"""


class Migration(migrating.Migration):
    dependencies = [("genvej", "0003_geometry_and_indexes")]
    operations = [
        ops.RunSQL(GRANTS),
        ops.RunSQL(REFUSE),
        ops.RunSQL([TRIGGER.format(table=table) for table in APPEND_ONLY]),
    ]
