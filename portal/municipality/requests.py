"""What other municipalities' citizens ask of the municipality's own institutions: the list, one request, the answer."""

from collections.abc import Mapping, Sequence
from typing import cast

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching import course
from matching.citizens import open_citizen
from matching.course.errors import GroundsMissing
from matching.course.notes import LONGEST
from matching.course.refusing import check_refusal
from matching.course_codes import RefusalGround
from matching.requests import Request as Asked
from matching.requests import for_the_place, list_requests, read_request
from portal.admission import member_of
from portal.language import language_of
from portal.municipality.room import show
from portal.presenting.case_page import person_rows
from portal.presenting.forms import problem_values
from portal.presenting.requests import PATH, clock_of, ground_options, request_heads, request_lines, request_rows
from portal.reading import text_of, whole_number
from portal.refusing import letter_of_refusal
from portal.request_facts import actor_of, now_of, saw, settings_of
from portal.settings_messages import channels_of
from portal.statuses import status_after
from portal.telling import tell
from providers.clock import local_date
from providers.errors import GenvejError
from providers.words import N_


async def show_requests(request: Request) -> Response:
    """Those that wait, with the day by which to answer, and what was answered lately: case numbers, nobody's name."""
    spoken, now, days = language_of(request), now_of(request), settings_of(request).policy.request_days
    found = await list_requests(_municipality(request), now=now)
    lines = request_lines(found, local_date(now), days, request.app.state.catalogue, spoken)
    values = {
        "title": spoken.say("Anmodninger fra andre kommuners borgere"),
        "heads": request_heads(spoken),
        "waiting": [line for line in lines if line.waits],
        "answered": [line for line in lines if not line.waits],
    }
    return await show(request, "municipality/requests.html", values)


async def show_request(request: Request) -> Response:
    """One request with who it is; that it was seen is written down."""
    return await _page(request)


async def accept(request: Request) -> Response:
    """Say yes: the time is the citizen's."""
    form, found = await request.form(), await _read(request)
    actor, seen = for_the_place(actor_of(request), found), whole_number(text_of(form, "kendt")) or 0
    try:
        await course.acknowledge(found.plan_id, actor=actor, now=now_of(request), seen=seen)
    except GenvejError as error:
        return await _page(request, error=error)
    tell(request, N_("I har sagt ja. Borgeren og bopælskommunen får besked, og forløbet står hos stedet."))
    return RedirectResponse(PATH, 303)


async def refuse(request: Request) -> Response:
    """Say no on both statutory grounds, in words that the citizen reads."""
    form, found = await request.form(), await _read(request)
    ticked = [text for text in form.getlist("grunde") if isinstance(text, str)]
    words = text_of(form, "afvisning").replace("\x00", "")[: LONGEST + 1]
    grounds = {RefusalGround(text) for text in ticked if text in set(RefusalGround)}
    settings, seen = settings_of(request), whole_number(text_of(form, "kendt")) or 0
    try:
        letter = await letter_of_refusal(request, found.plan_id, check_refusal(grounds, words))
        await course.refuse(
            found.plan_id,
            grounds,
            words,
            letter,
            channels=channels_of(settings),
            actor=for_the_place(actor_of(request), found),
            now=now_of(request),
            seen=seen,
            vault=settings.vault(),
        )
    except GenvejError as error:
        return await _page(request, error=error, typed={"afvisning": words}, ticked=ticked)
    tell(request, N_("I har sagt nej. Borgeren får brev om, hvad der er i stedet, og bopælskommunen har fået besked."))
    return RedirectResponse(PATH, 303)


async def _page(
    request: Request,
    *,
    error: GenvejError | None = None,
    typed: Mapping[str, str] | None = None,
    ticked: Sequence[str] = (),
) -> Response:
    """The request as it stands, after an answer that was not taken with what was typed and what is wrong."""
    spoken, settings = language_of(request), settings_of(request)
    found = await _read(request)
    saw(request, "request_seen", found.plan_id, purpose="treatment")
    # Pages of errors may be kept by others on the way, so that nobody is named there.
    citizen = open_citizen(found.citizen, settings.vault()) if found.citizen and error is None else None
    values = {
        "title": spoken.say("Anmodning %(case)s", case=found.case_reference),
        "path": f"{PATH}/{found.plan_id}",
        "clock": clock_of(found, local_date(now_of(request)), settings.policy.request_days, spoken),
        "rows": request_rows(found, request.app.state.catalogue, spoken),
        "person": person_rows(citizen, spoken) if citizen else [],
        "grounds": ground_options(ticked, spoken),
        "typed": {"afvisning": ""} | dict(typed or {}),
        "refusing": typed is not None,
        "waits": found.waits,
        "seen": found.seen,
        **problem_values({_field_of(error): error} if error else None, spoken),
    }
    return await show(request, "municipality/request.html", values, status=status_after(error))


def _field_of(error: GenvejError) -> str:
    if isinstance(error, GroundsMissing):
        return "grunde"
    return "afvisning" if error.code.startswith("course_note") else ""


async def _read(request: Request) -> Asked:
    return await read_request(request.path_params["plan_id"], _municipality(request), now=now_of(request))


def _municipality(request: Request) -> str:
    return cast(str, member_of(request).post.municipality)
