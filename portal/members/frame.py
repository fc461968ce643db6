"""A page of the members, in the room of whoever asks."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse

from portal.admission import member_of
from portal.entrances import ROOMS
from portal.language import language_of
from portal.presenting.dates import day_and_time
from portal.request_facts import settings_of
from portal.rooms import show_in


async def show(request: Request, template: str, values: Mapping[str, Any], *, status: int = 200) -> HTMLResponse:
    """The page, in the frame that the asker's role has."""
    return await show_in(ROOMS[member_of(request).post.role], request, template, values, status=status)


async def link_page(
    request: Request, title: str, who: str, path: str, until: datetime, *, back: str, mailed: bool = False
) -> HTMLResponse:
    """A link that ends with a token: shown to whoever hands it on, in the answer to their form and nowhere else.

    `mailed`: it is on its way by mail as well.
    """
    spoken = language_of(request)
    values = {
        "title": spoken.say(title),
        "who": who,
        "link": f"{settings_of(request).public_url}{path}",
        "until": day_and_time(until, spoken),
        "back": back,
        "mailed": mailed,
    }
    return await show(request, "members/link.html", values)
