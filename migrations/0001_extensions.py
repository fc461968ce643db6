"""What the tables need from PostgreSQL: geometry, plain types in GiST indexes, and the three roles.

A server's administrator may create the extensions and roles beforehand; then nothing happens here. Roles belong to
the whole server, so another database may make them at the same moment.
"""

from tortoise.migrations import operations as ops

from providers import migrating

ROLE = """
DO $$ BEGIN
    CREATE ROLE {role} NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$
"""

GRANT = "GRANT {role} TO CURRENT_USER"


class Migration(migrating.Migration):
    initial = True
    operations = [
        ops.RunSQL("CREATE EXTENSION IF NOT EXISTS postgis"),
        ops.RunSQL("CREATE EXTENSION IF NOT EXISTS btree_gist"),
        ops.RunSQL([ROLE.format(role="genvej_app"), ROLE.format(role="genvej_worker")]),
        ops.RunSQL([GRANT.format(role="genvej_app"), GRANT.format(role="genvej_worker")]),
    ]
