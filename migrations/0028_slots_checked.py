"""The constraints of 0027 on the table of slots hold for the rows that were there before it, too."""

from tortoise.migrations import operations as ops

from providers import migrating

CONSTRAINTS = ("slot_seats_not_exceeded", "slot_closed_without_seats")


class Migration(migrating.Migration):
    dependencies = [("genvej", "0027_course_and_capacity")]
    operations = [ops.RunSQL([f"ALTER TABLE slot VALIDATE CONSTRAINT {name}" for name in CONSTRAINTS])]
