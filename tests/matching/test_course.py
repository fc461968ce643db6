"""A course at a clinic, from the new booking to its end: each word is an event and a report, and nobody else writes."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import asyncpg
import orjson
import pytest
import pytest_asyncio

from matching import course
from matching.booking.errors import SlotNotBookable, SlotTaken
from matching.cases import PlanUnknown
from matching.course.errors import (
    ContactImpossible,
    CourseChanged,
    CourseClosed,
    CourseError,
    NoteMissing,
    NoteTooLong,
    NotYet,
    ReasonUnknown,
)
from matching.course.moving import own_times
from matching.course.notes import open_note
from matching.course.reading import Which, coming_on, courses, new_bookings, read_course
from matching.course_codes import CannotReceive, Intervention, Overbooked
from matching.models import CaseEvent, CourseNote, Message, Report
from matching.states import IllegalTransition, StopReason, StopReasonMissing
from providers.actors import Actor
from providers.approving.deciding import Decision, decide
from providers.clock import local_date
from providers.database import APP_ROLE, execute, fetch_value, transaction
from providers.models import Approval, Slot, SlotMode
from providers.roles import Role
from providers.scope import NOBODY, Scope
from tests.support.courses import SOON, Treated, a_treated, somebody_of
from tests.support.invariants import assert_invariants
from tests.support.rows import undone
from tests.support.worlds import NOW, VAULT, a_site, a_slot

pytestmark = pytest.mark.usefixtures("clean_world")


@pytest_asyncio.fixture
async def treated() -> AsyncIterator[Treated]:
    async with undone():
        yield await a_treated()


async def kinds(treated: Treated) -> list[str]:
    return [event.kind for event in await CaseEvent.filter(plan_id=treated.plan.id).order_by("sequence")]


async def test_a_course_from_the_booking_to_the_closing_note(treated: Treated) -> None:
    assert await new_bookings(treated.clinic.scope) == 1
    await treated.do(course.acknowledge)
    assert await new_bookings(treated.clinic.scope) == 0
    treated.at = SOON
    await treated.do(course.start)
    assert await treated.now() == ("started", "started")
    treated.at = SOON + timedelta(days=7)
    held = (treated.at - timedelta(hours=1), 45, SlotMode.GROUP, Intervention.PHYSICAL)
    await treated.do(course.record_contact, *held)
    await treated.do(course.no_show)
    await treated.say(course.question_level, "Borgeren har brug for mere, end vi kan give.")
    await treated.say(course.complete, " Går uden stok. ")
    assert await treated.now() == ("completed", "completed")
    assert await kinds(treated) == [
        *("booked", "booking_received", "started", "contact_held", "contact_missed", "level_questioned", "completed")
    ]
    found = await read_course(str(treated.plan.id), scope=treated.clinic.scope)
    assert [open_note(event.note, VAULT) for event in found.events if event.note] == [
        "Går uden stok.",
        "Borgeren har brug for mere, end vi kan give.",
    ]
    assert not found.line.open
    await assert_invariants(treated.at)


async def test_a_contact_is_reported_in_codes_and_words_are_not_in_the_outbox(treated: Treated) -> None:
    treated.at = SOON
    await treated.do(course.start)
    held = (SOON, 60, SlotMode.DIGITAL, Intervention.GUIDANCE)
    await treated.do(course.record_contact, *held)
    await treated.say(course.stop, StopReason.EVENT, "Indlagt igen")
    reports = await Report.filter(plan_id=treated.plan.id).order_by("sequence")
    contact, stopped = [orjson.loads(report.body) for report in reports[-2:]]
    assert contact["contact"] == {
        "starts_at": "2026-11-17T10:00:00+01:00",
        "minutes": 60,
        "mode": "digital",
        "intervention": "guidance",
    }
    assert stopped["stop_reason"]["display"] == "Hændelse medfører ophør"
    assert not any(b"Indlagt" in report.body for report in reports)


ENDS: list[tuple[Any, tuple[Any, ...], str, str]] = [
    (course.cannot_receive, (CannotReceive.COMPETENCE, "Vi har ikke bassin"), "cannot_receive", "cannot_receive"),
    (course.give_back, (), "cancelled_by_provider", "cancelled_by_provider"),
    (course.no_show, (), "no_show", "no_show"),
]


@pytest.mark.parametrize(("verb", "values", "state", "kind"), ENDS)
async def test_the_citizen_may_choose_again(
    treated: Treated, verb: Any, values: tuple[Any, ...], state: str, kind: str
) -> None:
    treated.at = SOON
    await (treated.say if values else treated.do)(verb, *values)
    assert await treated.now() == ("assessed", state)
    assert (await kinds(treated))[-1] == kind
    with pytest.raises(CourseClosed):
        await treated.do(course.acknowledge)
    await assert_invariants(treated.at)


async def test_moved_by_the_clinic_and_never_over_the_seats_unless_knowingly(treated: Treated) -> None:
    free, full = (
        await own_times(treated.plan.id, scope=treated.clinic.scope, now=NOW),
        await a_slot(treated.site, SOON + timedelta(hours=3), blocked_seats=1),
    )
    other = await a_slot(await a_site("private"), SOON + timedelta(hours=4))
    treated.booking = await treated.do(course.move_here, free[-1].id)
    assert (await kinds(treated))[-1] == "moved"
    for slot, error in ((full, SlotTaken), (other, SlotNotBookable)):
        with pytest.raises(error):
            await treated.do(course.move_here, slot.id)
    treated.booking = await treated.do(course.move_here, full.id, overbook=Overbooked.URGENT)
    slot, (line,) = await Slot.get(id=full.id), await coming_on(local_date(SOON), scope=treated.clinic.scope)
    assert (slot.taken, slot.seats, slot.extra_seats, line.overbooked) == (1, 1, 1, True)
    event = await CaseEvent.filter(plan_id=treated.plan.id).order_by("-sequence").first()
    assert event is not None
    assert event.changes == {"overbooked": [None, "urgent"]}
    await assert_invariants(NOW)


REFUSED: list[tuple[type[Exception], Any, tuple[Any, ...]]] = [
    (NotYet, course.start, ()),
    (NotYet, course.no_show, ()),
    (IllegalTransition, course.record_contact, (NOW, 45, SlotMode.GROUP, Intervention.PHYSICAL)),
    (ContactImpossible, course.record_contact, (NOW, 0, SlotMode.GROUP, Intervention.PHYSICAL)),
    (IllegalTransition, course.complete, ("Færdig",)),
    (NoteMissing, course.complete, (" ",)),
    (NoteMissing, course.question_level, ("",)),
    (NoteTooLong, course.question_level, ("x" * 2001,)),
    (StopReasonMissing, course.stop, (None, "")),
    (IllegalTransition, course.stop, (StopReason.EVENT, "")),
    (ReasonUnknown, course.cannot_receive, (None, "")),
]
WITH_WORDS = {course.complete, course.question_level, course.stop, course.cannot_receive}


@pytest.mark.parametrize(("error", "verb", "values"), REFUSED)
async def test_what_cannot_be_is_refused(
    treated: Treated, error: type[Exception], verb: Any, values: tuple[Any, ...]
) -> None:
    with pytest.raises(error):
        await (treated.say if verb in WITH_WORDS else treated.do)(verb, *values)
    assert await kinds(treated) == ["booked"]


async def test_a_contact_lies_between_the_beginning_and_now(treated: Treated) -> None:
    treated.at = SOON + timedelta(days=1)
    await treated.do(course.start)
    for at in (SOON - timedelta(hours=1), SOON + timedelta(days=2)):
        with pytest.raises(ContactImpossible):
            await treated.do(course.record_contact, at, 45, SlotMode.GROUP, Intervention.ADL)


async def test_whoever_has_not_seen_the_last_event_changes_nothing(treated: Treated) -> None:
    await treated.do(course.acknowledge)
    with pytest.raises(CourseChanged) as changed:
        await treated.do(course.give_back, seen=1)
    assert changed.value.details == {"since": 1}
    assert await treated.now() == ("booked", "confirmed")


async def test_a_clinic_that_nobody_chose_sees_and_writes_nothing(treated: Treated) -> None:
    stranger = somebody_of(await a_site("private"))
    await execute(f"SET LOCAL ROLE {APP_ROLE}")
    with pytest.raises(PlanUnknown):
        await read_course(str(treated.plan.id), scope=stranger.scope)
    treated.clinic = stranger
    await execute("SELECT set_config('genvej.provider', $1, true)", str(stranger.scope.provider))
    with pytest.raises((CourseError, PlanUnknown)):
        await treated.do(course.acknowledge, seen=1)


async def test_the_lists_and_the_words_are_the_clinics_own(treated: Treated) -> None:
    scope = treated.clinic.scope
    await treated.say(course.question_level, "Hemmeligt")
    assert [line.plan_id for line in await courses(Which.NEW, scope=scope, limit=9)] == [treated.plan.id]
    assert await courses(Which.UNDER_WAY, scope=scope, limit=9) == []
    (sealed,) = await CourseNote.all()
    assert b"Hemmeligt" not in sealed.text
    await execute(f"SET LOCAL ROLE {APP_ROLE}")
    for seen, shown in ((NOBODY, 0), (Scope(plan=treated.plan.id), 1)):
        async with transaction(seen):
            assert await fetch_value("SELECT count(*) FROM course_note") == shown


async def test_a_course_that_has_begun_goes_on_where_nobody_new_is_taken(treated: Treated) -> None:
    treated.at = SOON
    await treated.do(course.start)
    approver, reason = Actor("account:2", Role.APPROVER), "Tilsynet venter på svar."
    approval = await Approval.get(site_id=treated.site.pk)
    await decide(approval.id, Decision.SUSPEND, reason=reason, actor=approver, now=SOON)
    treated.at = SOON + timedelta(days=7)
    held = (treated.at - timedelta(hours=1), 45, SlotMode.GROUP, Intervention.PHYSICAL)
    await treated.do(course.record_contact, *held)
    await treated.say(course.complete, "Går uden stok.")
    assert await treated.now() == ("completed", "completed")


async def test_one_event_has_one_note(treated: Treated) -> None:
    await treated.say(course.question_level, "Først")
    again = "INSERT INTO course_note (plan_id, event_id, text) SELECT plan_id, event_id, text FROM course_note"
    with pytest.raises(asyncpg.UniqueViolationError) as refused:
        await execute(again)
    assert refused.value.constraint_name == "course_note_event_id_key"


async def test_nobody_who_cannot_be_told_is_told_and_the_others_are(treated: Treated) -> None:
    before = await Message.all().count()
    await treated.do(course.give_back)
    assert await Message.all().count() == before
