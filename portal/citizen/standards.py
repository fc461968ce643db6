"""Each municipality's standard: the list of municipalities, and the page of one."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal.citizen.guides import STANDARDS, beside, show_guide
from portal.language import language_of
from portal.presenting.alphabet import alphabetical
from portal.presenting.forms import Option
from portal.presenting.standard import standard
from portal.rendering import render
from portal.request_facts import now_of
from providers.clock import local_date
from providers.reference.catalogue import MunicipalityEntry
from providers.standards import standard_of


async def choose_standard(request: Request) -> Response:
    """The list; a municipality that was chosen from it has a page of its own."""
    chosen = request.query_params.get("kommune", "")
    known = _municipalities(request)
    if chosen in known:
        return RedirectResponse(f"/standard/{chosen}", 303)
    options = [Option(code, entry.name) for code, entry in known.items()]
    return show_guide(request, STANDARDS, {"options": options})


async def show_standard(request: Request) -> Response:
    """The standard as it stands today; without one of its own, the template."""
    code, spoken = request.path_params["code"], language_of(request)
    home = _municipalities(request).get(code)
    if home is None:
        raise HTTPException(404)
    own = await standard_of(code, local_date(now_of(request)))
    values = {
        "title": spoken.say("Genoptræning i %(name)s", name=home.official_name),
        "description": spoken.say(
            "Frister, kontakt og klage: Det kan du forvente af %(name)s.", name=home.official_name
        ),
        "view": standard(home, own, spoken),
        "beside": beside(STANDARDS, spoken),
    }
    return render(request, "guide/standard.html", values)


def _municipalities(request: Request) -> dict[str, MunicipalityEntry]:
    """By code, in the order of the Danish alphabet."""
    entries: dict[str, MunicipalityEntry] = request.app.state.catalogue.municipalities
    ordered = sorted(entries.items(), key=lambda item: alphabetical(item[1].name))
    return {code: entry for code, entry in ordered if entry.is_municipality}
