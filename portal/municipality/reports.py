"""What was sent about the municipality's cases, and whether it arrived: the list, one report, and what can be done."""

from collections.abc import Awaitable, Callable
from typing import cast
from urllib.parse import urlencode
from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from matching.reports.overseeing import failed_reports, report_detail, reports_of
from matching.reports.remedies import ReportUnknown, drop, resend, resend_failed
from portal.admission import member_of
from portal.language import language_of
from portal.municipality.room import show
from portal.presenting.report_lines import detail_lines, report_heads, report_lines
from portal.reading import words
from portal.request_facts import actor_of, now_of, saw, settings_of
from portal.telling import tell
from providers.errors import GenvejError
from providers.words import N_

_Act = Callable[[Request, UUID], Awaitable[None]]

PAGE = 50
PATH = "/kommune/rapporter"


async def show_all(request: Request) -> Response:
    """Those in trouble first of all; `vis=alle` shows every one. Case numbers only, so nothing is logged of persons."""
    spoken, municipality = language_of(request), cast(str, member_of(request).post.municipality)
    everything = request.query_params.get("vis") == "alle"
    after = _number(request.query_params.get("efter", ""))
    found = await reports_of(municipality, in_trouble=not everything, after=after, limit=PAGE + 1)
    question = {"vis": "alle"} if everything else {}
    values = {
        "title": spoken.say("Rapporter"),
        "everything": everything,
        "failed": await failed_reports(municipality),
        "heads": report_heads(spoken),
        "lines": report_lines(found[:PAGE], spoken),
        "following": f"{PATH}?{urlencode(question | {'efter': str(found[PAGE - 1].id)})}" if len(found) > PAGE else "",
        "first": f"{PATH}?{urlencode(question)}" if after else "",
    }
    return await show(request, "municipality/reports.html", values)


async def show_one(request: Request) -> Response:
    """Every sending with its exact bytes. What was sent may name the citizen, so it is a look at the case."""
    spoken, report_id = language_of(request), _number(request.path_params["report_id"])
    if report_id is None:
        raise HTTPException(404)
    try:
        detail = await report_detail(report_id, vault=settings_of(request).vault())
    except ReportUnknown as error:
        raise HTTPException(404) from error
    saw(request, "report_seen", detail.told.plan_id, purpose="reporting")
    title = spoken.say(
        "Rapport %(number)s i sag %(case)s", number=detail.told.sequence, case=detail.told.case_reference
    )
    return await show(request, "municipality/report.html", {"title": title, **detail_lines(detail, spoken)})


async def again(request: Request) -> Response:
    """Send one report again."""
    return await _done(request, _resend, N_("Rapporten bliver sendt igen."))


async def give_up(request: Request) -> Response:
    """Decide that a report need not be sent; a reason is asked for."""
    reason = await words(request, "grund")
    if not reason:
        tell(request, N_("Skriv en grund til, at rapporten ikke skal sendes."), refused=True)
        return RedirectResponse(f"{PATH}/{request.path_params['report_id']}", 303)
    return await _done(request, _drop, N_("Rapporten bliver ikke sendt. Grunden er gemt."))


async def all_again(request: Request) -> Response:
    """After an outage: everything that failed goes out again."""
    count = await resend_failed(actor=actor_of(request), now=now_of(request))
    tell(request, N_("%(count)s rapporter bliver sendt igen. Listen viser, hvor langt de er."), count=str(count))
    return RedirectResponse(PATH, 303)


async def _resend(request: Request, report_id: UUID) -> None:
    await resend(report_id, actor=actor_of(request), now=now_of(request))


async def _drop(request: Request, report_id: UUID) -> None:
    reason = await words(request, "grund")
    await drop(report_id, actor=actor_of(request), now=now_of(request), reason=reason)


async def _done(request: Request, act: _Act, words: str) -> Response:
    report_id = _number(request.path_params["report_id"])
    if report_id is None:
        raise HTTPException(404)
    try:
        await act(request, report_id)
        tell(request, words)
    except ReportUnknown as error:
        raise HTTPException(404) from error
    except GenvejError as error:
        tell(request, error.message, refused=True)
    return RedirectResponse(f"{PATH}/{report_id}", 303)


def _number(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
