"""Calendars that other programs subscribe to."""

from tortoise import fields
from tortoise.migrations.constraints import UniqueConstraint
from tortoise.models import Model

from providers.models.organisations import Site


class CalendarFeed(Model):
    """A site's booked times for whoever has the address with the secret, of which only the digest is kept."""

    id = fields.IntField(primary_key=True)
    site: fields.ForeignKeyRelation[Site] = fields.ForeignKeyField(
        "genvej.Site", related_name="feeds", on_delete=fields.RESTRICT
    )
    site_id: int
    digest = fields.CharField(max_length=64)
    made_at = fields.DatetimeField()
    made_by = fields.CharField(max_length=120)
    last_used_at = fields.DatetimeField(null=True)

    class Meta:
        table = "calendar_feed"
        constraints = (
            UniqueConstraint(("site_id",), "calendar_feed_one_per_site"),
            UniqueConstraint(("digest",), "calendar_feed_digest_once"),
        )
