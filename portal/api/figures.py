"""GET figures: what anybody may see of how quickly training begins, and how the private choice is used."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, ClassVar

import orjson
from pydantic import Field, with_config
from starlette.requests import Request
from starlette.responses import Response
from typing_extensions import TypedDict

from matching.figures import NAMES, published_figures
from portal.api.answers import CLOSED
from portal.api.conditional import kept
from portal.api.questions import Nothing
from portal.presenting.spreadsheets import BYTE_ORDER_MARK, MEDIA_TYPE, line
from providers.errors import GenvejError
from providers.words import N_

Days = Annotated[
    int | None,
    Field(description="Within so many days of day 0 training has begun; null where it would tell of too few."),
]


@with_config(CLOSED)
class FigureRow(TypedDict):
    """The cases of one row: a municipality's code, the first day of a month, a package and its level, …"""

    key: Annotated[str, Field(description="`others` are rows with too few cases, put together.")]
    plans: int
    cells: Annotated[list[int | None], Field(description="In the order of `columns`; null is hidden.")]
    median: Days
    ninetieth: Days


@with_config(CLOSED)
class FigureTable(TypedDict):
    """Each case is counted once, in one row and one column."""

    name: Annotated[str, Field(json_schema_extra={"enum": list(NAMES)})]
    columns: Annotated[list[str], Field(description="Joined by `+` where one alone has too few cases.")]
    rows: list[FigureRow]
    sums: Annotated[list[int], Field(description="Of each column, all rows together.")]
    plans: int


@with_config(CLOSED)
class OpenFigures(TypedDict):
    """Of the plans whose day 0 lies from `first` to `last`; null and empty while nothing has been counted.

    Made anew once a month, when the year moves on.
    """

    as_of: date | None
    counted_at: datetime | None
    first: date | None
    last: date | None
    smallest: Annotated[int, Field(description="Smaller numbers are hidden, and others that would give them away.")]
    tables: list[FigureTable]


class FigureUnknown(GenvejError):
    code: ClassVar[str] = "figure_unknown"
    message: ClassVar[str] = N_("Tabellen findes ikke, eller tallene er ikke gjort op endnu.")


_NOTHING: Mapping[str, Any] = dict.fromkeys(("counted_at", "as_of", "first", "last")) | {"smallest": 5, "tables": []}


async def get_figures(request: Request, asked: Nothing) -> Response:
    """All tables in one document."""
    counted_at, published = await published_figures() or (None, _NOTHING)
    return kept(request, orjson.dumps({**published, "counted_at": counted_at}))


async def get_figure_file(request: Request, asked: Nothing) -> Response:
    """One of the tables for a spreadsheet; raises FigureUnknown, also while nothing has been counted."""
    _, published = await published_figures() or (None, _NOTHING)
    name = request.path_params["name"]
    table = next((table for table in published["tables"] if table["name"] == name), None)
    if table is None:
        raise FigureUnknown
    heads = ["key", "plans", *table["columns"], "median", "ninetieth"]
    rows = [[row["key"], row["plans"], *row["cells"], row["median"], row["ninetieth"]] for row in table["rows"]]
    rows.append(["all", table["plans"], *table["sums"], None, None])
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(BYTE_ORDER_MARK + "".join(map(line, [heads, *rows])), media_type=MEDIA_TYPE, headers=headers)
