"""Reading the newest figures that are whole: a municipality's own beside the country's, and those for anybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from orjson import loads

from matching.figures.measures import Measure
from matching.figures.periods import Span, Stretch, stretches
from matching.figures.publishing import Published
from matching.figures.tally import Tally, tallies
from providers.database import fetch, fetch_one

_NEWEST = """
SELECT id, as_of, finished_at, published FROM figure_run
WHERE finished_at IS NOT NULL ORDER BY finished_at DESC, id DESC LIMIT 1
"""
_COUNTS = """
SELECT municipality_id IS NULL AS country, span, begins_on, measure, part, days, cases FROM figure_count
WHERE run_id = $1 AND (municipality_id = $2 OR municipality_id IS NULL) AND span = ANY ($3)
"""
_NAMES = "SELECT id, name FROM provider WHERE id = ANY ($1)"
_NOTHING = Tally()


@dataclass(frozen=True, slots=True)
class Side:
    """What was counted of a municipality, or of the country; a period without any case has no entry."""

    periods: Mapping[date, Tally]
    year: Tally

    def of(self, begins_on: date) -> Tally:
        return self.periods.get(begins_on, _NOTHING)


@dataclass(frozen=True, slots=True)
class Figures:
    """`stretch`: the periods asked for; `year`: the newest twelve months; `providers`: names by number."""

    as_of: date
    counted_at: datetime
    stretch: Stretch
    year: Stretch
    own: Side
    country: Side
    providers: Mapping[int, str]


async def figures_of(municipality: str, span: Span) -> Figures | None:
    """The figures of a municipality by week or month, in its own scope; None while nothing has been counted."""
    run = await fetch_one(_NEWEST)
    if run is None:
        return None
    rows = await fetch(_COUNTS, run["id"], municipality, [span, Span.YEAR])
    heaps = tallies(rows, lambda row: (bool(row["country"]), str(row["span"]), row["begins_on"]))
    known = stretches(run["as_of"])
    own, country = (_side(heaps, whose, span) for whose in (False, True))
    delivered = [int(part) for part in own.year.parts(Measure.PROVIDER)]
    names = {row["id"]: row["name"] for row in await fetch(_NAMES, delivered)}
    return Figures(run["as_of"], run["finished_at"], known[span], known[Span.YEAR], own, country, names)


async def published_figures() -> tuple[datetime, Published] | None:
    """When they were counted, and what anybody may see of them; None while nothing has been."""
    run = await fetch_one(_NEWEST)
    if run is None:
        return None
    published = loads(run["published"])
    # What was published before 22 November 2026 does not say itself when it was counted.
    return datetime.fromisoformat(published.get("counted_at") or run["finished_at"].isoformat()), published


def _side(heaps: Mapping[tuple[bool, str, date], Tally], country: bool, span: Span) -> Side:
    mine: dict[Any, Tally] = {(kind, day): tally for (whose, kind, day), tally in heaps.items() if whose is country}
    year = next((tally for (kind, _), tally in mine.items() if kind == Span.YEAR), _NOTHING)
    return Side({day: tally for (kind, day), tally in mine.items() if kind == span}, year)
