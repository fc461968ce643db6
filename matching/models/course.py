"""What those who treat write in words; everything else about a course is an event."""

from tortoise import fields
from tortoise.models import Model

from matching.models.plan import Plan
from matching.models.trail import CaseEvent


class CourseNote(Model):
    """The words that belong to one event, sealed: a closing note, or why a level no longer fits."""

    id = fields.BigIntField(primary_key=True)
    plan: fields.ForeignKeyRelation[Plan] = fields.ForeignKeyField(
        "genvej.Plan", related_name="notes", on_delete=fields.RESTRICT, db_index=True
    )
    plan_id: int
    event: fields.OneToOneRelation[CaseEvent] = fields.OneToOneField(
        "genvej.CaseEvent", related_name="note", on_delete=fields.RESTRICT
    )
    event_id: int
    text = fields.BinaryField()

    class Meta:
        table = "course_note"
