"""A drawing of how long a match takes in larger and larger countries, on logarithmic axes; readable in the dark too."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import log10

from portal.bench.figures import Figure

_WIDTH, _HEIGHT = 720, 400
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 20, 56, 52
_LEGEND_OF_SLOW = 470
_SITES = (300, 700_000)
_MS = (0.1, 20.0)
_TITLE = "Database time of one match, median, by the number of sites"
_STYLE = """
text { font: 13px system-ui, sans-serif; fill: #1f2933 } .title { font-size: 15px; font-weight: 600 }
.paper { fill: #ffffff } .grid { stroke: #cbd2d9 } .budget { stroke: #b42318; stroke-dasharray: 2 4 }
.line { fill: none; stroke-width: 2.5 } .slow { stroke-dasharray: 7 5 }
.either { stroke: #52606d } .c0 { stroke: #0b6e99 } .c1 { stroke: #9a5b00 } .d0 { fill: #0b6e99 } .d1 { fill: #9a5b00 }
@media (prefers-color-scheme: dark) {
  text { fill: #e4e7eb } .paper { fill: #14191f } .grid { stroke: #3e4c59 } .budget { stroke: #ff9b8e }
  .either { stroke: #9aa5b1 }
  .c0 { stroke: #5bc0eb } .c1 { stroke: #f0b429 } .d0 { fill: #5bc0eb } .d1 { fill: #f0b429 }
}
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """One size of country on a curve: its median and ninety-ninth percentile, in milliseconds."""

    sites: int
    p50: float
    p99: float


Curves = dict[str, list[Measured]]


def curves(figures: Iterable[Figure]) -> Curves:
    """The figures that belong into the drawing, by curve and in order of size."""
    found: defaultdict[str, list[Measured]] = defaultdict(list)
    for figure in figures:
        if figure.point and figure.p50 is not None and figure.p99 is not None:
            found[figure.point.curve].append(Measured(figure.point.sites, figure.p50, figure.p99))
    return {name: sorted(points, key=lambda point: point.sites) for name, points in found.items()}


def drawing(drawn: Curves, *, budget: float) -> str:
    """The SVG; `budget` is the limit of the ninety-ninth percentile, in milliseconds."""
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img"'
            ' aria-labelledby="title desc">',
            f'<title id="title">{_TITLE}</title>',
            f'<desc id="desc">{escape(description(drawn))}</desc>',
            f"<style>{_STYLE}</style>",
            f'<rect class="paper" width="{_WIDTH}" height="{_HEIGHT}" rx="8"/>',
            f'<text class="title" x="{_LEFT}" y="24">{_TITLE}</text>',
            *_grid(),
            f'<path class="line budget" d="M{_LEFT} {_y(budget):.1f}H{_WIDTH - _RIGHT}"/>',
            f'<text x="{_LEFT + 6}" y="{_y(budget) - 6:.1f}">budget of the 99th percentile, {budget:g} ms</text>',
            _legend(_LEGEND_OF_SLOW, "either slow", "99th percentile"),
            *(part for number, name in enumerate(drawn) for part in _curve(number, name, drawn[name])),
            "</svg>",
            "",
        ]
    )


def description(drawn: Curves) -> str:
    """The same in words, for those who do not see it."""
    return " ".join(
        f"{name[:1].upper()}{name[1:]}: "
        + "; ".join(f"{at.sites:,} sites: {at.p50:.2g} ms, 99th percentile {at.p99:.2g} ms" for at in points)
        + "."
        for name, points in drawn.items()
    )


def _grid() -> Iterator[str]:
    for sites in (1_000, 10_000, 100_000):
        yield f'<path class="grid" d="M{_x(sites):.1f} {_TOP}V{_HEIGHT - _BOTTOM}"/>'
        yield f'<text text-anchor="middle" x="{_x(sites):.1f}" y="{_HEIGHT - _BOTTOM + 20}">{sites:,}</text>'
    for ms in (0.1, 1.0, 10.0):
        yield f'<path class="grid" d="M{_LEFT} {_y(ms):.1f}H{_WIDTH - _RIGHT}"/>'
        yield f'<text text-anchor="end" x="{_LEFT - 8}" y="{_y(ms) + 4:.1f}">{ms:g} ms</text>'
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    yield f'<text text-anchor="middle" x="{middle}" y="{_HEIGHT - 10}">sites in the country</text>'


def _curve(number: int, name: str, points: Sequence[Measured]) -> Iterator[str]:
    """The medians as a line with dots, the slow ones as a broken line, and the name."""
    for kind, values in (("", [at.p50 for at in points]), (" slow", [at.p99 for at in points])):
        way = " ".join(f"{_x(at.sites):.1f},{_y(value):.1f}" for at, value in zip(points, values, strict=True))
        yield f'<polyline class="line c{number}{kind}" points="{way}"/>'
        yield from (
            f'<circle class="d{number}" r="3.5" cx="{_x(at.sites):.1f}" cy="{_y(value):.1f}"/>'
            for at, value in zip(points, values, strict=True)
        )
    yield _legend(number * 190, f"c{number}", name)


def _legend(left: int, kind: str, words: str) -> str:
    left += _LEFT
    return f'<path class="line {kind}" d="M{left} 40h26"/><text x="{left + 34}" y="44">{escape(words)}</text>'


def _x(sites: float) -> float:
    return _LEFT + (_WIDTH - _LEFT - _RIGHT) * _share(sites, *_SITES)


def _y(ms: float) -> float:
    return _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * _share(ms, *_MS)


def _share(value: float, least: float, most: float) -> float:
    """Where the value lies between two others, by its logarithm; what lies outside is drawn at the edge."""
    return min(1.0, max(0.0, log10(value / least) / log10(most / least)))
