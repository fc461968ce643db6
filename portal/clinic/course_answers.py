"""What the clinic answers to a booking: received, cannot, no, given back, or another time."""

from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from matching import course
from matching.course.errors import AgreedTimeMissing, OverbookingUnexplained
from matching.course.refusing import check_refusal
from matching.course_codes import CannotReceive, Overbooked, RefusalGround
from portal.clinic.course_doing import done
from portal.clinic.course_forms import Sent, chosen
from portal.days_typed import typed_day
from portal.municipality.case_times import NoTimeChosen
from portal.reading import whole_number
from portal.refusing import letter_of_refusal
from portal.request_facts import actor_of, now_of, settings_of
from portal.settings_messages import channels_of
from providers.clock import COPENHAGEN
from providers.words import N_
from providers.written import typed_time


async def acknowledged(request: Request) -> Response:
    return await done(request, "modtaget", _acknowledge, N_("Bookingen er modtaget. Kommunen har fået besked."))


async def cannot(request: Request) -> Response:
    return await done(request, "kan-ikke", _cannot, N_("Kommunen og borgeren har fået besked. Pladsen er fri."))


async def refused(request: Request) -> Response:
    return await done(request, "afvis", _refuse, N_("I har sagt nej. Borgeren får brev, og kommunen har fået besked."))


async def given_back(request: Request) -> Response:
    return await done(request, "giv-tilbage", _give_back, N_("Tiden er aflyst. Borgeren kan vælge igen."))


async def moved(request: Request) -> Response:
    return await done(request, "flyt", _move, N_("Tiden er flyttet. Borgeren og kommunen har fået besked."))


async def agreed(request: Request) -> Response:
    return await done(request, "aftal", _agree, N_("Tiden er aftalt. Borgeren og kommunen har fået besked."))


async def overbooked(request: Request) -> Response:
    return await done(request, "flyt", _overbook, N_("Tiden er flyttet og overbooket. Borgeren har fået besked."))


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
