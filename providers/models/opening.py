"""When a site is open: weekly patterns that times are made of, and the days on which none are."""

from enum import StrEnum

from tortoise import fields
from tortoise.contrib.postgres.fields import ArrayField
from tortoise.migrations.constraints import CheckConstraint
from tortoise.models import Model

from providers.models.capacity import SlotMode
from providers.models.organisations import Site


class ClosureKind(StrEnum):
    CLOSED = "closed"
    HOLIDAY = "holiday"
    ILL = "ill"


class OpeningPattern(Model):
    """First contacts on one weekday (Monday is 0) of each week between two local days, both included.

    `starts_minute` and `ends_minute` count from the local midnight, by the clock on the wall. Between two contacts lie
    `buffer_minutes`. Times are put up `horizon_days` ahead, and nobody gets one sooner than `notice_hours` ahead.
    `lane` is the person or the room: in one lane no two patterns overlap (`opening_pattern_no_overlap`).

    Of a `whole_week` the site agrees day and hour with each citizen (`providers.weeks`): `seats` begin in each week,
    `notice_hours` count from its beginning, weekday and minutes of the day say nothing, and `lane` is the packages, so
    that nothing is said twice (`opening_pattern_weekly_starts_once`).
    """

    id = fields.BigIntField(primary_key=True)
    site: fields.ForeignKeyRelation[Site] = fields.ForeignKeyField(
        "genvej.Site", related_name="patterns", on_delete=fields.RESTRICT
    )
    site_id: int
    lane = fields.CharField(max_length=60, db_default="")
    weekday = fields.SmallIntField()
    starts_minute = fields.SmallIntField()
    ends_minute = fields.SmallIntField()
    minutes = fields.SmallIntField()
    buffer_minutes = fields.SmallIntField(db_default=0)
    mode = fields.CharEnumField(SlotMode, max_length=16)
    seats = fields.SmallIntField()
    package_levels: fields.Field[list[int]] = ArrayField(element_type="smallint", null=True)
    valid_from = fields.DateField()
    valid_to = fields.DateField(null=True)
    notice_hours = fields.SmallIntField(db_default=0)
    horizon_days = fields.SmallIntField(db_default=56)
    whole_week = fields.BooleanField(db_default=False)

    class Meta:
        table = "opening_pattern"
        constraints = (
            CheckConstraint("weekday BETWEEN 0 AND 6", "opening_pattern_weekday"),
            CheckConstraint(
                "starts_minute >= 0 AND starts_minute < ends_minute AND ends_minute <= 1440",
                "opening_pattern_within_a_day",
            ),
            CheckConstraint(
                "minutes BETWEEN 5 AND 480 AND buffer_minutes BETWEEN 0 AND 240"
                " AND starts_minute + minutes <= ends_minute",
                "opening_pattern_has_room",
            ),
            CheckConstraint(
                "seats BETWEEN 1 AND 100 AND notice_hours BETWEEN 0 AND 336 AND horizon_days BETWEEN 7 AND 365",
                "opening_pattern_reasonable",
            ),
            CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", "opening_pattern_period"),
            CheckConstraint(
                "NOT whole_week OR (weekday = 0 AND starts_minute = 0 AND ends_minute = 1440 AND buffer_minutes = 0)",
                "opening_pattern_whole_week",
            ),
        )


class Closure(Model):
    """Local days, both included, on which a site has no times."""

    id = fields.BigIntField(primary_key=True)
    site: fields.ForeignKeyRelation[Site] = fields.ForeignKeyField(
        "genvej.Site", related_name="closures", on_delete=fields.RESTRICT, db_index=True
    )
    site_id: int
    first_day = fields.DateField()
    last_day = fields.DateField()
    kind = fields.CharEnumField(ClosureKind, max_length=16)

    class Meta:
        table = "closure"
        constraints = (CheckConstraint("last_day BETWEEN first_day AND first_day + 366", "closure_period"),)
