"""The job queue's own tables, as the installed pgqueuer defines them. Jobs are wake-ups: losing one loses nothing."""

from pgqueuer.adapters.persistence.schema_ddl import render_install
from pgqueuer.domain.settings import DBSettings
from tortoise.migrations import operations as ops

from providers import migrating


class Migration(migrating.Migration):
    dependencies = [("genvej", "0004_roles_and_append_only")]
    operations = [ops.RunSQL(render_install(DBSettings(), create_schema=False))]
