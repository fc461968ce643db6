"""The figures that anybody may see: open data, and where a program finds it."""

from starlette.requests import Request
from starlette.responses import Response

from matching.figures import published_figures
from portal.citizen.guides import Guide
from portal.language import language_of
from portal.presenting.dates import day_and_time
from portal.presenting.open_figures import open_panels, year_of
from portal.rendering import render
from providers.words import N_

FIGURES = Guide(
    "/tal",
    "guide/figures.html",
    N_("Genoptræning i tal"),
    N_("Hvor hurtigt genoptræning begynder, og hvordan det frie valg bruges, i hele landet og i hver kommune."),
)


async def show(request: Request) -> Response:
    """What was counted last, with how it is counted."""
    spoken = language_of(request)
    counted_at, published = await published_figures() or (None, None)
    values = {
        "title": spoken.say(FIGURES.title),
        "description": spoken.say(FIGURES.about),
        "beside": [],
        "counted": day_and_time(counted_at, spoken) if counted_at else "",
        "year": year_of(published, spoken) if published else "",
        "panels": list(open_panels(published, request.app.state.catalogue, spoken)) if published else [],
    }
    return render(request, FIGURES.template, values)
