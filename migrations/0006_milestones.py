from tortoise import fields
from tortoise.migrations import operations as ops

from providers import migrating


class Migration(migrating.Migration):
    dependencies = [("genvej", "0005_job_queue")]

    initial = False

    operations = [
        ops.CreateModel(
            name="Milestone",
            fields=[
                ("name", fields.CharField(primary_key=True, unique=True, db_index=True, max_length=80)),
                ("reached_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "milestone",
                "app": "genvej",
                "pk_attr": "name",
                "table_description": "Something that happens once in the life of a database, for instance `demo_built`.",
            },
            bases=["Model"],
        ),
    ]
