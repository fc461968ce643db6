"""The country in squares of ten kilometres: what a circle touches can be read square by square.

They are those of the Danish square grid (Det Danske Kvadratnet), which lies in the same plane as our distances: its
`10km_615_72` begins 6,150 km north and 720 km east, and has the number 615072 here. Each offer has its cell's number
(`offer.cell`, which the database computes).
"""

from math import floor, sqrt

from matching.finding.search import Origin

SIDE = 10_000
"""Metres."""

SETTLED, MUCH_SETTLED = 10, 400
"""How many postal codes, of a thousand, a circle must have for the country's times to be read in their order: as many
more as it has fewer cells, since those are then soon read. Measured with half a million sites.
"""

_WHOLE_COUNTRY = 1_000_000.0
_WIDEST = 150_000.0
"""Metres. A larger circle has most of the country in it, wherever it is."""


def circle(origin: Origin, radius: float | None) -> dict[str, object]:
    """Where a search looks, by the names that the statements have for it; `radius` None = the whole country."""
    metres = _WHOLE_COUNTRY if radius is None else radius
    cells = [] if metres > _WIDEST else cells_within(origin, metres)
    return {
        "easting": origin.easting,
        "northing": origin.northing,
        "radius": metres,
        "whole": metres > _WIDEST,
        "cells": cells,
        "settled": max(SETTLED, MUCH_SETTLED // max(len(cells), 1)),
    }


def cells_within(origin: Origin, radius: float) -> list[int]:
    """Numbers of the cells of which some part is no more than `radius` metres away."""
    # A metre more than was asked for: rounding must lose nobody who stands on the line.
    radius += 1
    return [
        north * 1000 + east
        for north in _span(origin.northing, radius)
        for east in _span(origin.easting, _reach(radius, _gap(origin.northing, north)))
    ]


def _span(middle: float, reach: float) -> range:
    return range(floor((middle - reach) / SIDE), floor((middle + reach) / SIDE) + 1)


def _reach(radius: float, gap: float) -> float:
    """How far the circle goes to either side at that distance from its middle; a row that it only touches, not at all.

    There the gap may be the larger by a rounding.
    """
    return sqrt(max(0.0, radius**2 - gap**2))


def _gap(northing: float, north: int) -> float:
    """Metres from a point northwards or southwards to a row of cells."""
    return max(north * SIDE - northing, northing - (north + 1) * SIDE, 0.0)
