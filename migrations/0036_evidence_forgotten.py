"""Papers of applications that came to nothing go when their time is up: by the worker, which cannot read them."""

from tortoise.migrations import operations as ops

from providers import migrating

GRANTS = "GRANT SELECT (id, approval_id), DELETE ON evidence TO genvej_worker;"


class Migration(migrating.Migration):
    dependencies = [("genvej", "0035_answers_read_later")]
    operations = [ops.RunSQL(GRANTS)]
