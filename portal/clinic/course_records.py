"""What the clinic records of a course that it gives: begun, each contact, who did not come, and the end."""

from starlette.requests import Request
from starlette.responses import Response

from matching import course
from matching.states import StopReason
from portal.clinic.course_doing import done
from portal.clinic.course_forms import Sent, chosen, contact_of
from portal.request_facts import actor_of, now_of, settings_of
from providers.words import N_


async def begun(request: Request) -> Response:
    return await done(request, "begyndt", _start, N_("Forløbet er begyndt."))


async def contact(request: Request) -> Response:
    return await done(request, "kontakt", _contact, N_("Kontakten er gemt."))


async def not_come(request: Request) -> Response:
    return await done(request, "udeblevet", _no_show, N_("Det er gemt, at borgeren udeblev."))


async def level(request: Request) -> Response:
    return await done(request, "niveau", _level, N_("Kommunen er bedt om at se på niveauet igen."))


async def stopped(request: Request) -> Response:
    return await done(request, "stop", _stop, N_("Forløbet er stoppet. Kommunen har fået besked."))


async def completed(request: Request) -> Response:
    return await done(request, "afslut", _complete, N_("Forløbet er afsluttet. Kommunen har fået besked."))


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
