"""Before times are closed that citizens have: which, and that nobody loses one by it."""

from collections.abc import Mapping, Sequence

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from matching.capacity.times import Time
from portal.clinic.room import show
from portal.language import language_of
from portal.presenting.closing import closing_lines
from portal.reading import text_of
from providers.models import Site

_SURE = "set"


def was_seen(form: FormData) -> bool:
    """Whether the form comes from the page that shows what it will do."""
    return bool(text_of(form, _SURE))


async def look(
    request: Request, site: Site, times: Sequence[Time], *, path: str, back: str, fields: Mapping[str, str]
) -> Response:
    """The page; its button sends the same `fields` to the same address, as seen."""
    spoken = language_of(request)
    values = {
        "title": spoken.say("Før I lukker"),
        "site": site,
        "lines": closing_lines(times, spoken),
        "path": path,
        "back": back,
        "fields": dict(fields) | {_SURE: "ja"},
    }
    return await show(request, "clinic/close_look.html", values)
