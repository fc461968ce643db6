"""Numbers over time: a line with a mark for each period, broken where there is no number."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from portal.charts.marks import WIDTH, Look, drawing, element, ticks

__all__ = ["Look", "Series", "line_chart"]

_LEFT, _RIGHT, _TOP, _HEIGHT, _BELOW, _KEY = 46, 14, 12, 170, 44, 22
_MARK, _MOST_LABELS = 3.5, 5
_SAMPLE = 34


@dataclass(frozen=True, slots=True)
class Series:
    """`values` has one entry for each period; None = there is no number."""

    name: str
    values: Sequence[int | None]
    look: Look = Look.OWN


@dataclass(frozen=True, slots=True)
class _Field:
    """Where a number is in the drawing: the periods across, from 0 to `largest` upwards."""

    periods: int
    largest: int

    def x(self, n: int) -> float:
        return _LEFT + (WIDTH - _LEFT - _RIGHT) * (n / max(self.periods - 1, 1))

    def y(self, value: float) -> float:
        return _TOP + _HEIGHT * (1 - value / self.largest)


def line_chart(
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    described_by: str,
    written: Callable[[int], str] = str,
    largest: int = 0,
) -> Markup:
    """`labels` are the periods' names, in order; `written` a number on the scale, which reaches `largest` at least."""
    known = [value for one in series for value in one.values if value is not None]
    scale = ticks(max([largest, 1, *known]))
    field = _Field(len(labels), scale[-1])
    below = _TOP + _HEIGHT + _BELOW
    parts = [*_scale(field, scale, written), *_periods(field, labels)]
    for n, one in enumerate(series):
        parts += [*_line(field, one), *_key(below + _KEY * n, one)]
    return drawing(below + _KEY * len(series), parts, described_by)


def _scale(field: _Field, scale: Sequence[int], written: Callable[[int], str]) -> Iterator[Markup]:
    for value in scale:
        y = field.y(value)
        yield element("line", class_="chart-grid", x1=_LEFT, x2=WIDTH - _RIGHT, y1=y, y2=y)
        yield element("text", written(value), class_="chart-text", x=_LEFT - 6, y=y + 4, text_anchor="end")


def _periods(field: _Field, labels: Sequence[str]) -> Iterator[Markup]:
    """As many names as have room, the last one always."""
    every = -(-len(labels) // _MOST_LABELS)
    for n in range(len(labels) - 1, -1, -every):
        anchor = "end" if n == len(labels) - 1 and n else "middle"
        x = field.x(n) + (_RIGHT if anchor == "end" else 0)
        yield element("text", labels[n], class_="chart-text", x=x, y=_TOP + _HEIGHT + 18, text_anchor=anchor)


def _line(field: _Field, one: Series) -> Iterator[Markup]:
    points = [(field.x(n), field.y(value)) for n, value in enumerate(one.values) if value is not None]
    if points:
        yield element("path", class_=f"chart-line chart-{one.look}", d=_path(field, one))
    for x, y in points:
        yield element("circle", class_=f"chart-mark chart-{one.look}", cx=x, cy=y, r=_MARK)


def _path(field: _Field, one: Series) -> str:
    steps, apart = [], True
    for n, value in enumerate(one.values):
        if value is not None:
            steps.append(f"{'M' if apart else 'L'}{field.x(n):.1f} {field.y(value):.1f}")
        apart = value is None
    return "".join(steps)


def _key(y: int, one: Series) -> Iterator[Markup]:
    """A sample of the line, with its name."""
    yield element("path", class_=f"chart-line chart-{one.look}", d=f"M{_LEFT} {y}h{_SAMPLE}")
    yield element("circle", class_=f"chart-mark chart-{one.look}", cx=_LEFT + _SAMPLE / 2, cy=y, r=_MARK)
    yield element("text", one.name, class_="chart-text", x=_LEFT + _SAMPLE + 8, y=y + 4)
