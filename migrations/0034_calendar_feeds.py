"""A site's booked times can be subscribed to, at an address with a secret that can be exchanged."""

from tortoise import fields
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import UniqueConstraint

from providers import migrating


class Migration(migrating.Migration):
    dependencies = [("genvej", "0033_requests_and_settlement")]

    initial = False

    operations = [
        ops.CreateModel(
            name="CalendarFeed",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "site",
                    fields.ForeignKeyField(
                        "genvej.Site",
                        source_field="site_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="feeds",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("digest", fields.CharField(max_length=64)),
                ("made_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("made_by", fields.CharField(max_length=120)),
                ("last_used_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "calendar_feed",
                "app": "genvej",
                "pk_attr": "id",
                "table_description": "A site's booked times for whoever has the address with the secret, of which only the digest is kept.",
            },
            bases=["Model"],
        ),
        ops.AddConstraint("CalendarFeed", UniqueConstraint(fields=("site_id",), name="calendar_feed_one_per_site")),
        ops.AddConstraint("CalendarFeed", UniqueConstraint(fields=("digest",), name="calendar_feed_digest_once")),
    ]
