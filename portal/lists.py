"""Lists that come in by a page: first what the file would do, then doing it; and the same lists to take away.

A room has a form with the file and a page to look at; both are sent to the same address. What was looked at comes back
as text in the second form, and is read and held against the database once more.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from portal.language import language_of
from portal.presenting.lists import bad_lines, outcome_lines
from portal.presenting.spreadsheets import BYTE_ORDER_MARK, MEDIA_TYPE, line
from portal.reading import text_of
from portal.request_facts import now_of
from portal.telling import tell
from portal.uploads import MEGABYTE, Kind, uploads_of
from portal.uploads.errors import UploadRefused
from providers.encodings import decode
from providers.errors import GenvejError
from providers.sheets import columns
from providers.sheets.columns import headings_of
from providers.sheets.errors import SheetError
from providers.sheets.exporting import rows_of
from providers.sheets.outcome import Outcome
from providers.sheets.reading import Sheet, read_sheet
from providers.words import N_

LARGEST = MEGABYTE
LARGEST_FORM = 4 * MEGABYTE
"""Bytes of the second form: a letter of the list may take three there."""

NAMES: Mapping[str, columns.Kind] = {
    "steder": columns.Kind.SITES,
    "godkendelser": columns.Kind.APPROVALS,
    "tider": columns.Kind.SLOTS,
}
"""As the addresses and the files name them."""

Show = Callable[..., Awaitable[Response]]
Import = Callable[[Sheet, bool], Awaitable[Outcome]]
"""Takes the list in, or, when the second is true, only looks."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a list is taken in: the room's page of files, and how the room shows a page."""

    path: str
    show: Show
    page: Callable[[Request, Mapping[str, GenvejError]], Awaitable[Response]]


async def take(request: Request, name: str, desk: Desk, take_in: Import) -> Response:
    """Show what the list would do, or do it, if that was seen before and nothing is wrong with it."""
    form = await request.form()
    text, sure = text_of(form, "liste"), "liste" in form
    try:
        body = text.encode("utf-8", "replace") if sure else await _file(form, name)
        # A large list takes a while to be read, and others go on meanwhile.
        sheet = await asyncio.to_thread(read_sheet, body, NAMES[name])
        outcome = await take_in(sheet, not sure)
    except (UploadRefused, SheetError) as error:
        return await desk.page(request, {name: error})
    if sure and not outcome.bad:
        new, changed = str(outcome.new), str(outcome.changed)
        tell(request, N_("Listen er læst ind. Nye: %(new)s. Ændrede: %(changed)s."), new=new, changed=changed)
        return RedirectResponse(desk.path, 303)
    spoken = language_of(request)
    values = {
        "title": spoken.say("Ret listen") if outcome.bad else spoken.say("Før du gemmer"),
        "path": f"{desk.path}/{name}",
        "back": desk.path,
        "lines": outcome_lines(outcome, spoken),
        "bad": bad_lines(outcome.bad, spoken),
        "changes": bool(outcome.new or outcome.changed),
        "fields": {"liste": decode(body)[0]},
    }
    return await desk.show(request, "staff/list_look.html", values, status=400 if outcome.bad else 200)


def export(request: Request, provider: int | None, allowed: frozenset[str]) -> Response:
    """`steder.csv`: everything of one provider, or of all; raises 404 for any other name."""
    name = request.path_params["name"].removesuffix(".csv")
    if name not in allowed or not request.path_params["name"].endswith(".csv"):
        raise HTTPException(404)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return StreamingResponse(_lines(NAMES[name], provider, now_of(request)), media_type=MEDIA_TYPE, headers=headers)


async def _lines(kind: columns.Kind, provider: int | None, now: datetime) -> AsyncIterator[str]:
    yield BYTE_ORDER_MARK + line(headings_of(kind))
    async for row in rows_of(kind, provider, now):
        yield line(row)


async def _file(form: Any, name: str) -> bytes:
    (upload,) = await uploads_of(form, name, kinds={Kind.CSV}, largest=LARGEST)
    return upload.content
