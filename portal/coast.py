"""The coast behind the map of a list: Denmark and its neighbours, cut from the countries of an installed package.

No tile server is asked, so nobody learns where people look. The package keeps borders as arcs that countries share,
in whole steps from the arc's first point (TopoJSON); the map wants rings of longitude and latitude (GeoJSON).
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

import orjson

Point = tuple[float, float]
Ring = list[Point]

HOME = "208"
NEIGHBOURS = ("752", "276", "578", "616")
"""ISO 3166: Denmark; Sweden, Germany, Norway and Poland."""

WEST, SOUTH, EAST, NORTH = 6.0, 53.5, 17.0, 58.8
"""Wider than the map can be moved, so that nobody sees where the land is cut."""

_DECIMALS = 3


def coast(file: Path) -> bytes:
    """GeoJSON, a feature for each country; `home` is Denmark's. About a hundred metres exact."""
    topology = orjson.loads(file.read_bytes())
    countries = {
        country["id"]: country for country in topology["objects"]["countries"]["geometries"] if "id" in country
    }
    features = [
        {
            "type": "Feature",
            "properties": {"home": code == HOME},
            "geometry": {"type": "MultiPolygon", "coordinates": list(_cut(_polygons(topology, countries[code])))},
        }
        for code in (*NEIGHBOURS, HOME)
    ]
    return orjson.dumps({"type": "FeatureCollection", "features": features})


def _polygons(topology: dict[str, Any], country: dict[str, Any]) -> Iterator[list[Ring]]:
    polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
    for polygon in polygons:
        yield [_ring(topology, arcs) for arcs in polygon]


def _ring(topology: dict[str, Any], arcs: Sequence[int]) -> Ring:
    """The arcs end to end; a negative number is an arc that is walked backwards."""
    points: Ring = []
    for number in arcs:
        arc = _arc(topology, number if number >= 0 else ~number)
        points += (arc if number >= 0 else arc[::-1])[1 if points else 0 :]
    return points


def _arc(topology: dict[str, Any], number: int) -> Ring:
    (wide, high), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    steps = accumulate(topology["arcs"][number], lambda at, step: [at[0] + step[0], at[1] + step[1]])
    return [(west + x * wide, south + y * high) for x, y in steps]


def _cut(polygons: Iterable[list[Ring]]) -> Iterator[list[list[Point]]]:
    """What of the polygons lies within the frame, with coordinates as short as they may be."""
    for rings in polygons:
        kept = [short for ring in rings if len(short := _shortened(_within(ring))) > 3]
        if kept:
            yield kept


def _within(ring: Ring) -> Ring:
    """One side of the frame after the other (Sutherland and Hodgman); `axis` 0 is the longitude."""
    for axis, limit, sign in ((0, WEST, 1), (0, EAST, -1), (1, SOUTH, 1), (1, NORTH, -1)):
        ring = list(_on_this_side(ring, axis, limit, sign))
    return ring


def _on_this_side(ring: Ring, axis: int, limit: float, sign: int) -> Iterator[Point]:
    before = ring[-1] if ring else (0.0, 0.0)
    for point in ring:
        inside, was_inside = sign * (point[axis] - limit) >= 0, sign * (before[axis] - limit) >= 0
        if inside != was_inside:
            share = (limit - before[axis]) / (point[axis] - before[axis])
            yield (before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1]))
        if inside:
            yield point
        before = point


def _shortened(ring: Ring) -> list[Point]:
    rounded = [(round(x, _DECIMALS), round(y, _DECIMALS)) for x, y in ring]
    kept = [point for at, point in enumerate(rounded) if at == 0 or point != rounded[at - 1]]
    return [*kept, kept[0]] if kept and kept[0] != kept[-1] else kept
