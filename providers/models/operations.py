"""What the running parts tell each other."""

from tortoise import fields
from tortoise.models import Model


class Heartbeat(Model):
    """When a part of the system, for instance `worker`, was last seen alive."""

    name = fields.CharField(max_length=40, primary_key=True)
    seen_at = fields.DatetimeField()

    class Meta:
        table = "heartbeat"


class Milestone(Model):
    """Something that happens once in the life of a database, for instance `demo_built`."""

    name = fields.CharField(max_length=80, primary_key=True)
    reached_at = fields.DatetimeField()

    class Meta:
        table = "milestone"
