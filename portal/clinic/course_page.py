"""One course: who comes and to what, what the hospital and the municipality sent, and what can be written."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from matching.citizens import open_citizen
from matching.contents import open_contents
from matching.course.reading import Found, read_course
from matching.course_codes import CANNOT_RECEIVE_WORDS, INTERVENTION_WORDS, CannotReceive, Intervention
from matching.reports.untold import untold_by
from portal.admission import member_of
from portal.clinic.course_forms import FIELDS, NOTHING_SENT, Sent
from portal.clinic.room import show
from portal.language import Language, language_of
from portal.presenting.case_page import person_rows, stop_reason_options
from portal.presenting.course_page import can_of, course_events, course_rows, event_heads, plan_parts
from portal.presenting.courses import mode_words, state_of
from portal.presenting.forms import options, problem_values
from portal.presenting.requests import ground_options
from portal.presenting.untold import untold_lines
from portal.request_facts import now_of, saw, settings_of
from providers.clock import local_date
from providers.database import looking
from providers.errors import GenvejError
from providers.models import SlotMode
from providers.roles import Permission


async def show_course(request: Request) -> Response:
    """The course as it stands; that it was seen is written down."""
    return await course_page(request)


async def course_page(
    request: Request,
    *,
    form: str = "",
    sent: Sent = NOTHING_SENT,
    errors: Mapping[str, GenvejError] | None = None,
    seen: int | None = None,
    status: int = 200,
) -> Response:
    """The same page after a `form` that was not taken: with what was typed, and what is wrong.

    With `seen`, what has happened here after that event stands on top. Where else the citizen has been, and what the
    municipality does with the case, is not this clinic's to see, whatever number a form brings.
    """
    member, spoken = member_of(request), language_of(request)
    async with looking(member.post.scope):
        found = await read_course(request.path_params["plan_id"], scope=member.post.scope)
        untold = await untold_by(member.post.provider or 0, now=now_of(request), plan_id=found.plan.id)
    saw(request, "course_seen", found.plan.id, purpose="treatment")
    values = {
        "title": spoken.say("Forløb %(case)s", case=found.plan.case_reference),
        "path": f"/klinik/forloeb/{found.plan.id}",
        "state": state_of(found.line, spoken),
        "rows": course_rows(found, request.app.state.catalogue, spoken),
        "can": can_of(found, now_of(request)),
        "may": {one.value: member.may(one) for one in (Permission.ANSWER_BOOKING, Permission.RECORD_COURSE)},
        "seen": found.seen,
        "stale": seen is not None,
        "news": course_events([one for one in found.events if seen is not None and one.sequence > seen], None, spoken),
        "untold": untold_lines(untold, spoken),
        "form": form,
        **problem_values(errors, spoken),
        **_sealed(request, found, spoken, named=status == 200),
        **_fields(request, sent.typed, spoken),
        "refusals": ground_options(sent.ticked, spoken),
    }
    return await show(request, "clinic/course.html", values, status=status)


def _sealed(request: Request, found: Found, spoken: Language, *, named: bool) -> dict[str, Any]:
    """What is opened for those who treat. Pages of errors may be kept on the way, so that nobody is `named` there."""
    vault, treats = settings_of(request).vault(), member_of(request).may(Permission.RECORD_COURSE)
    person = open_citizen(found.plan.citizen, vault) if named and found.line.here else None
    contents = found.plan.contents if named and treats and found.line.here else None
    if contents is not None:
        saw(request, "contents_seen", found.plan.id, purpose="treatment")
    return {
        "person": person_rows(person, spoken) if person else [],
        "parts_of_plan": plan_parts(open_contents(contents, vault), spoken) if contents else [],
        "heads": event_heads(spoken),
        "events": course_events(found.events, vault if named else None, spoken),
    }


def _fields(request: Request, typed: Mapping[str, str], spoken: Language) -> dict[str, Any]:
    """The fields of the forms: what was typed, or else what is likely."""
    grounds = {reason.value: spoken.say(CANNOT_RECEIVE_WORDS[reason]) for reason in CannotReceive}
    done = {one.value: spoken.say(words) for one, words in INTERVENTION_WORDS.items()}
    modes = {mode.value: mode_words(mode, spoken) for mode in SlotMode}
    return {
        "typed": dict.fromkeys(FIELDS, "")
        | {"dag": f"{local_date(now_of(request)):%d.%m.%Y}", "minutter": "45"}
        | dict(typed),
        "reasons": stop_reason_options(typed.get("stopaarsag", ""), spoken),
        "grounds": options(grounds, typed.get("grund", ""), none=spoken.say("Vælg en årsag")),
        "interventions": options(done, typed.get("indsats", Intervention.PHYSICAL)),
        "modes": options(modes, typed.get("form", SlotMode.INDIVIDUAL)),
    }
