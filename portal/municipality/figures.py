"""A municipality's figures beside the country's: the page, and each of them as a file."""

from itertools import chain
from typing import cast

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from matching.figures import Span, figures_of
from portal.admission import member_of
from portal.language import language_of
from portal.municipality.room import show
from portal.presenting.dates import day_and_time
from portal.presenting.figure_panels import age_words, year_words
from portal.presenting.figures import panels_of_year, panels_over_time
from portal.presenting.spreadsheets import BYTE_ORDER_MARK, MEDIA_TYPE, line
from portal.request_facts import now_of
from providers.words import N_

PATH = "/kommune/tal"
_SPANS = {"uge": (Span.WEEK, N_("Uge for uge")), "maaned": (Span.MONTH, N_("Måned for måned"))}
_USUAL = "maaned"


async def show_figures(request: Request) -> Response:
    """Numbers of cases and nothing of anybody, so nothing is written to the look-up log."""
    spoken, asked = language_of(request), _asked(request)
    figures = await figures_of(_municipality(request), _SPANS[asked][0])
    values = {
        "title": spoken.say("Tal"),
        "counted": day_and_time(figures.counted_at, spoken) if figures else "",
        "age": age_words(figures.counted_at, now_of(request), spoken) if figures else "",
        "spans": [(f"{PATH}?pr={name}", spoken.say(words), name == asked) for name, (_, words) in _SPANS.items()],
        "asked": asked,
        "heading": spoken.say(_SPANS[asked][1]),
        "over_time": panels_over_time(figures, spoken) if figures else [],
        "of_year": panels_of_year(figures, request.app.state.catalogue, spoken) if figures else [],
        "year": year_words(figures, spoken) if figures else "",
    }
    return await show(request, "municipality/figures.html", values)


async def figure_file(request: Request) -> Response:
    """The table of one figure, for a spreadsheet."""
    spoken, asked = language_of(request), _asked(request)
    figures = await figures_of(_municipality(request), _SPANS[asked][0])
    if figures is None:
        raise HTTPException(404)
    panels = chain(panels_over_time(figures, spoken), panels_of_year(figures, request.app.state.catalogue, spoken))
    panel = next((panel for panel in panels if panel.name == request.path_params["name"]), None)
    if panel is None:
        raise HTTPException(404)
    lines = [line([head.label for head in panel.heads]), *(line(row) for row in panel.rows)]
    headers = {"Content-Disposition": f'attachment; filename="{panel.name}.csv"'}
    return Response(BYTE_ORDER_MARK + "".join(lines), media_type=MEDIA_TYPE, headers=headers)


def _asked(request: Request) -> str:
    given = request.query_params.get("pr", "")
    return given if given in _SPANS else _USUAL


def _municipality(request: Request) -> str:
    return cast(str, member_of(request).post.municipality)
