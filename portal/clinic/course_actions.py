"""What the clinic writes in a course. What cannot be is said on its page, with everything that was typed.

A colleague, the citizen or the municipality may have been there meanwhile: then nothing is saved, and the page shows
what is new.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching import course
from matching.capacity.errors import MinuteReserved, TimeOver
from matching.cases import PlanUnknown
from matching.course.errors import (
    AgreedTimeMissing,
    ContactImpossible,
    CourseChanged,
    GroundsMissing,
    OverbookingUnexplained,
    ReasonUnknown,
)
from matching.course.reading import read_course
from matching.course.refusing import check_refusal
from matching.course_codes import CannotReceive, Overbooked, RefusalGround
from matching.states import StopReason, StopReasonMissing
from portal.admission import member_of
from portal.clinic.course_forms import Sent, chosen, contact_of, sent_of
from portal.clinic.course_page import course_page
from portal.clinic.course_times import times_page
from portal.days_typed import DayUnreadable, typed_day
from portal.municipality.case_times import NoTimeChosen
from portal.reading import whole_number
from portal.refusing import letter_of_refusal
from portal.request_facts import actor_of, now_of, settings_of
from portal.settings_messages import channels_of
from portal.statuses import status_of
from portal.telling import tell
from providers.clock import COPENHAGEN
from providers.errors import GenvejError
from providers.words import N_
from providers.written import typed_time

_Act = Callable[[Request, int, Sent], Awaitable[object]]

_FIELD: dict[type[GenvejError], str] = {
    ContactImpossible: "dag",
    DayUnreadable: "dag",
    AgreedTimeMissing: "dag",
    MinuteReserved: "klokken",
    TimeOver: "dag",
    ReasonUnknown: "grund",
    GroundsMissing: "grunde",
    StopReasonMissing: "stopaarsag",
    NoTimeChosen: "tid-1",
    OverbookingUnexplained: "overbook",
}
_WORDS = {
    "niveau": "niveauord",
    "afslut": "afslutning",
    "stop": "stopord",
    "kan-ikke": "grundord",
    "afvis": "afvisning",
}
"""Of each form its field for words, which sentences about words stand beside."""


async def acknowledged(request: Request) -> Response:
    return await _done(request, "modtaget", _acknowledge, N_("Bookingen er modtaget. Kommunen har fået besked."))


async def cannot(request: Request) -> Response:
    return await _done(request, "kan-ikke", _cannot, N_("Kommunen og borgeren har fået besked. Pladsen er fri."))


async def refused(request: Request) -> Response:
    return await _done(request, "afvis", _refuse, N_("I har sagt nej. Borgeren får brev, og kommunen har fået besked."))


async def given_back(request: Request) -> Response:
    return await _done(request, "giv-tilbage", _give_back, N_("Tiden er aflyst. Borgeren kan vælge igen."))


async def moved(request: Request) -> Response:
    return await _done(request, "flyt", _move, N_("Tiden er flyttet. Borgeren og kommunen har fået besked."))


async def agreed(request: Request) -> Response:
    return await _done(request, "aftal", _agree, N_("Tiden er aftalt. Borgeren og kommunen har fået besked."))


async def overbooked(request: Request) -> Response:
    return await _done(request, "flyt", _overbook, N_("Tiden er flyttet og overbooket. Borgeren har fået besked."))


async def begun(request: Request) -> Response:
    return await _done(request, "begyndt", _start, N_("Forløbet er begyndt."))


async def contact(request: Request) -> Response:
    return await _done(request, "kontakt", _contact, N_("Kontakten er gemt."))


async def not_come(request: Request) -> Response:
    return await _done(request, "udeblevet", _no_show, N_("Det er gemt, at borgeren udeblev."))


async def level(request: Request) -> Response:
    return await _done(request, "niveau", _level, N_("Kommunen er bedt om at se på niveauet igen."))


async def stopped(request: Request) -> Response:
    return await _done(request, "stop", _stop, N_("Forløbet er stoppet. Kommunen har fået besked."))


async def completed(request: Request) -> Response:
    return await _done(request, "afslut", _complete, N_("Forløbet er afsluttet. Kommunen har fået besked."))


async def _done(request: Request, form: str, act: _Act, words: str) -> Response:
    sent = await sent_of(request)
    found = await read_course(request.path_params["plan_id"], scope=member_of(request).post.scope)
    try:
        await act(request, found.plan.id, sent)
    except PlanUnknown:
        raise
    except GenvejError as error:
        return await _again(request, form, sent, error)
    tell(request, words)
    return RedirectResponse(f"/klinik/forloeb/{found.plan.id}", 303)


async def _again(request: Request, form: str, sent: Sent, error: GenvejError) -> Response:
    """Nothing was saved; what is wrong stands beside its field, or on top."""
    status, seen = status_of(type(error)), sent.seen if isinstance(error, CourseChanged) else None
    beside = _WORDS.get(form, "") if error.code.startswith("course_note") else _FIELD.get(type(error), "")
    if form in {"flyt", "aftal"} and seen is None:
        return await times_page(request, typed=sent.typed, errors={beside: error}, status=status)
    return await course_page(request, form=form, sent=sent, errors={beside: error}, seen=seen, status=status)


async def _acknowledge(request: Request, plan_id: int, sent: Sent) -> None:
    await course.acknowledge(plan_id, actor=actor_of(request), now=now_of(request), seen=sent.seen)


async def _cannot(request: Request, plan_id: int, sent: Sent) -> None:
    reason, vault = chosen(CannotReceive, sent["grund"]), settings_of(request).vault()
    actor, now = actor_of(request), now_of(request)
    await course.cannot_receive(plan_id, reason, sent["grundord"], actor=actor, now=now, seen=sent.seen, vault=vault)


async def _refuse(request: Request, plan_id: int, sent: Sent) -> None:
    grounds = {RefusalGround(text) for text in sent.ticked if text in set(RefusalGround)}
    letter = await letter_of_refusal(request, plan_id, check_refusal(grounds, sent["afvisning"]))
    settings, actor, now = settings_of(request), actor_of(request), now_of(request)
    channels, vault = channels_of(settings), settings.vault()
    words = sent["afvisning"]
    await course.refuse(
        plan_id, grounds, words, letter, channels=channels, actor=actor, now=now, seen=sent.seen, vault=vault
    )


async def _give_back(request: Request, plan_id: int, sent: Sent) -> None:
    await course.give_back(plan_id, actor=actor_of(request), now=now_of(request), seen=sent.seen)


async def _move(request: Request, plan_id: int, sent: Sent) -> None:
    slot_id = whole_number(sent["tid"])
    if slot_id is None:
        raise NoTimeChosen
    await course.move_here(plan_id, slot_id, actor=actor_of(request), now=now_of(request), seen=sent.seen)


async def _agree(request: Request, plan_id: int, sent: Sent) -> None:
    day, clock = typed_day(sent["dag"]), typed_time(sent["klokken"])
    if day is None or clock is None:
        raise AgreedTimeMissing
    at = datetime.combine(day, clock, COPENHAGEN)
    await course.agree(plan_id, at, actor=actor_of(request), now=now_of(request), seen=sent.seen)


async def _overbook(request: Request, plan_id: int, sent: Sent) -> None:
    slot_id, why = whole_number(sent["tid"]), chosen(Overbooked, sent["overbook"])
    if slot_id is None or why is None:
        raise OverbookingUnexplained
    actor, now = actor_of(request), now_of(request)
    await course.move_here(plan_id, slot_id, actor=actor, now=now, seen=sent.seen, overbook=why)


async def _start(request: Request, plan_id: int, sent: Sent) -> None:
    await course.start(plan_id, actor=actor_of(request), now=now_of(request), seen=sent.seen)


async def _contact(request: Request, plan_id: int, sent: Sent) -> None:
    held, actor, now = contact_of(sent), actor_of(request), now_of(request)
    await course.record_contact(
        plan_id, held.at, held.minutes, held.mode, held.intervention, actor=actor, now=now, seen=sent.seen
    )


async def _no_show(request: Request, plan_id: int, sent: Sent) -> None:
    await course.no_show(plan_id, actor=actor_of(request), now=now_of(request), seen=sent.seen)


async def _level(request: Request, plan_id: int, sent: Sent) -> None:
    actor, now, vault = actor_of(request), now_of(request), settings_of(request).vault()
    await course.question_level(plan_id, sent["niveauord"], actor=actor, now=now, seen=sent.seen, vault=vault)


async def _stop(request: Request, plan_id: int, sent: Sent) -> None:
    actor, now, vault = actor_of(request), now_of(request), settings_of(request).vault()
    reason = chosen(StopReason, sent["stopaarsag"])
    await course.stop(plan_id, reason, sent["stopord"], actor=actor, now=now, seen=sent.seen, vault=vault)


async def _complete(request: Request, plan_id: int, sent: Sent) -> None:
    actor, now, vault = actor_of(request), now_of(request), settings_of(request).vault()
    await course.complete(plan_id, sent["afslutning"], actor=actor, now=now, seen=sent.seen, vault=vault)
