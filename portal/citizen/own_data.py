"""Everything that is kept about the citizen: to read, and to take along."""

from starlette.requests import Request
from starlette.responses import Response

from matching.own_data import OwnData, own_data
from portal.language import language_of
from portal.presenting.own_data import own_data_page
from portal.presenting.own_data_file import own_data_file
from portal.rendering import render
from portal.request_facts import is_identified, now_of, plan_of, saw, settings_of

_PURPOSE = "own_case"


async def show_own_data(request: Request) -> Response:
    """As a page."""
    spoken, identified = language_of(request), is_identified(request)
    data = await _read(request, "own_data_seen")
    values = {
        "title": spoken.say("Det har vi gemt om dig"),
        "view": own_data_page(data, request.app.state.catalogue, spoken),
        "identified": identified,
    }
    return render(request, "own_data.html", values)


async def take_own_data(request: Request) -> Response:
    """As a file."""
    file = own_data_file(await _read(request, "own_data_taken"), now_of(request))
    headers = {"Content-Disposition": 'attachment; filename="genvej-mine-oplysninger.json"'}
    return Response(file, headers=headers, media_type="application/json")


async def _read(request: Request, action: str) -> OwnData:
    plan_id, vault = plan_of(request), settings_of(request).vault()
    data = await own_data(plan_id, vault=vault, now=now_of(request), identified=is_identified(request))
    saw(request, action, plan_id, purpose=_PURPOSE)
    return data
