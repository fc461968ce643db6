"""The look-up log as a file for a spreadsheet. That somebody took it is an entry before the first line is read."""

from collections.abc import AsyncIterator
from typing import cast
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from matching.auditing import Look, export_looks
from portal.admission import member_of
from portal.municipality.look_up_question import asked_of
from portal.presenting.spreadsheets import BYTE_ORDER_MARK, MEDIA_TYPE, line
from portal.request_facts import now_of
from providers.clock import COPENHAGEN

_COLUMNS = (
    *("at", "person", "name", "role", "organisation", "organisation_name", "action", "case_reference"),
    *("criterion", "purpose", "result"),
)


async def export(request: Request) -> Response:
    """All that the question finds, as a file; what is wrong with the question is shown on the page."""
    asked, member = asked_of(await request.form()), member_of(request)
    if asked.errors:
        return RedirectResponse(f"/kommune/opslag?{urlencode(asked.typed)}", 303)
    looks = export_looks(cast(str, member.post.municipality), asked.question, actor=member.actor, now=now_of(request))
    headers = {"Content-Disposition": 'attachment; filename="opslag.csv"'}
    return StreamingResponse(_file(looks), media_type=MEDIA_TYPE, headers=headers)


async def _file(looks: AsyncIterator[Look]) -> AsyncIterator[str]:
    yield BYTE_ORDER_MARK + line(_COLUMNS)
    async for look in looks:
        at = look.at.astimezone(COPENHAGEN).isoformat()
        yield line([at, *(getattr(look, column) for column in _COLUMNS[1:])])
