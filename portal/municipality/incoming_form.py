"""A plan written in by hand: one that came on paper, or a message that could not be read, completed."""

from collections.abc import Mapping
from typing import cast
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import Response

from matching.intake.columns import HEADINGS, form_body, values_of
from matching.intake.directory import load_directory
from matching.intake.findings import Finding, Problem
from matching.intake.kinds import level_of, plan_type_of
from matching.intake.listing import ArrivalUnknown, set_aside, unread_draft
from matching.intake.reading import read_message
from matching.intake.storing import File
from matching.models import MessageSource
from portal.admission import member_of
from portal.language import language_of
from portal.municipality.incoming import bring, say_what_became
from portal.municipality.room import show
from portal.presenting.findings import say_finding
from portal.presenting.forms import Problem as Fault
from portal.presenting.forms import by_field
from portal.presenting.incoming import kind_options, level_options, package_options
from portal.reading import text_of, whole_number
from portal.request_facts import now_of, saw, settings_of
from providers.clock import local_date

FORM = "/kommune/planer/ind/skema"
_LONGEST = 20_000

_FIELD: Mapping[Problem, str] = {
    Problem.CPR_MISSING: "cpr",
    Problem.CPR_WRONG: "cpr",
    Problem.PLAN_TYPE_MISSING: "plan_type",
    Problem.PLAN_TYPE_UNKNOWN: "plan_type",
    Problem.DISCHARGE_MISSING: "discharge_date",
    Problem.DISCHARGE_AHEAD: "discharge_date",
    Problem.DISCHARGE_LONG_AGO: "discharge_date",
    Problem.DISCHARGE_BEFORE_LAW: "discharge_date",
}
_BY_HEADING = {headings[0]: name for name, headings in HEADINGS.items()}


async def show_form(request: Request) -> Response:
    """Empty, or with what an unread message says; that it was opened is written down."""
    number = whole_number(request.query_params.get("besked", ""))
    values = {"message_id": str(uuid4())}
    if number is not None:
        municipality = cast(str, member_of(request).post.municipality)
        draft = await unread_draft(number, municipality=municipality, vault=settings_of(request).vault())
        values |= values_of(draft)
        saw(request, "message_seen", None, purpose="import")
    return await _page(request, values, number, [])


async def take(request: Request) -> Response:
    """Take the plan in, or say beside the fields what is wrong; then nothing is kept."""
    form, member = await request.form(), member_of(request)
    values = {name: text_of(form, name)[:_LONGEST] for name in HEADINGS}
    number, body = whole_number(text_of(form, "besked")), form_body(values)
    directory = await load_directory()
    (reading,) = read_message(body, today=local_date(now_of(request)), directory=directory)
    if reading.faults:
        return await _page(request, values, number, reading.faults)
    items = await bring(request, [File("skema.csv", body)], MessageSource.FORM)
    if number is not None and items[0].plan_id is not None:
        await _replaced(number, cast(str, member.post.municipality), request)
    return say_what_became(request, items)


async def _replaced(number: int, municipality: str, request: Request) -> None:
    """The unread message has become this plan; somebody may have seen to it meanwhile."""
    try:
        await set_aside(number, municipality=municipality, actor=member_of(request).actor, now=now_of(request))
    except ArrivalUnknown:
        return


async def _page(
    request: Request, typed: Mapping[str, str], number: int | None, faults: tuple[Finding, ...] | list[Finding]
) -> Response:
    spoken, catalogue = language_of(request), request.app.state.catalogue
    problems = [Fault(say_finding(fault, spoken), _field(fault)) for fault in faults]
    values = {
        "title": spoken.say("Skriv en plan ind"),
        "problems": problems,
        "by_field": by_field(problems),
        "typed": {name: typed.get(name, "") for name in HEADINGS},
        "message": number or "",
        "kinds": kind_options(plan_type_of(typed.get("plan_type", "")), spoken),
        "levels": level_options(level_of(typed.get("level", "")), spoken),
        "packages": package_options(typed.get("package") or None, catalogue, spoken),
    }
    # What was typed about a citizen stands in the fields again, so that this is no error page, which others may keep.
    return await show(request, "municipality/incoming_form.html", values)


def _field(fault: Finding) -> str | None:
    return _FIELD.get(fault.problem) or _BY_HEADING.get(fault.place)
