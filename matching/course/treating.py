"""The course under way: begun, a contact held, a citizen who did not come, a level that no longer fits."""

from datetime import datetime, timedelta

from matching.booking.taking import step, step_plan
from matching.course.errors import ContactImpossible, NotYet
from matching.course.notes import checked, keep_note
from matching.course.opening import record, taken_up
from matching.course_codes import Intervention
from matching.states import BookingState, IllegalTransition, PlanState
from providers.actors import Actor
from providers.clock import local_date
from providers.models import SlotMode
from providers.vault import Vault
from providers.weeks import earliest

_LONGEST = 480


async def start(plan_id: int, *, actor: Actor, now: datetime, seen: int) -> None:
    """The first contact is being held, on its day or later. Raises the errors of `taken_up`, NotYet, and
    IllegalTransition."""
    async with taken_up(plan_id, actor=actor, now=now, seen=seen) as course:
        if local_date(earliest(course.starts_at)) > local_date(now):
            raise NotYet
        await step(course.booking, BookingState.STARTED)
        await step_plan(course.case, PlanState.STARTED)
        await record(course, "started", actor=actor, now=now)


async def record_contact(
    plan_id: int,
    at: datetime,
    minutes: int,
    mode: SlotMode,
    intervention: Intervention,
    *,
    actor: Actor,
    now: datetime,
    seen: int,
) -> None:
    """A contact after the first one was carried out, from `at`. Its facts are codes, and become an Encounter.

    Raises the errors of `taken_up`, ContactImpossible, and IllegalTransition before the course has begun.
    """
    if not 5 <= minutes <= _LONGEST:
        raise ContactImpossible
    facts = {"starts_at": at.isoformat(), "minutes": str(minutes), "mode": mode.value, "intervention": intervention}
    async with taken_up(plan_id, actor=actor, now=now, seen=seen) as course:
        if not course.begun:
            raise IllegalTransition(current=course.booking.state.value, target="contact_held")
        if not earliest(course.starts_at) <= at <= now + timedelta(minutes=5):
            raise ContactImpossible
        await record(
            course,
            "contact_held",
            actor=actor,
            now=now,
            changes={name: [None, str(value)] for name, value in facts.items()},
        )


async def no_show(plan_id: int, *, actor: Actor, now: datetime, seen: int) -> None:
    """The citizen did not come. To the first contact: the seat was wasted, and they may choose again; to a later
    one: it is noted, and the course goes on.

    Raises the errors of `taken_up`, NotYet, and IllegalTransition.
    """
    async with taken_up(plan_id, actor=actor, now=now, seen=seen) as course:
        if course.starts_at > now:
            raise NotYet
        if not course.begun:
            await step(course.booking, BookingState.NO_SHOW)
            await step_plan(course.case, PlanState.ASSESSED)
        kind = "contact_missed" if course.begun else "no_show"
        await record(course, kind, actor=actor, now=now)


async def question_level(plan_id: int, note: str, *, actor: Actor, now: datetime, seen: int, vault: Vault) -> None:
    """Ask the municipality to assess anew, for the level no longer fits; the course goes on until it has answered.

    Raises the errors of `taken_up`, NoteMissing and NoteTooLong.
    """
    words = checked(note, needed=True)
    async with taken_up(plan_id, actor=actor, now=now, seen=seen) as course:
        event = await record(course, "level_questioned", actor=actor, now=now)
        await keep_note(event, words, vault)
