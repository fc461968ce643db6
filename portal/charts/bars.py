"""Numbers side by side: for each row its name, and below it a bar for each number, with the number written after it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from portal.charts.marks import Look, drawing, element

_NAME, _BAR, _GAP, _KEY, _LONGEST = 20, 16, 10, 24, 270


@dataclass(frozen=True, slots=True)
class Bar:
    """`words` stand after the bar. `mark` is another number on the same scale, drawn as a stroke at its place."""

    value: int | None
    words: str
    look: Look = Look.OWN
    mark: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    bars: Sequence[Bar]


def bar_chart(rows: Sequence[Row], key: Sequence[tuple[Look, str]], *, described_by: str, largest: int = 0) -> Markup:
    """`key` says whose bars look how; the scale reaches `largest` at least."""
    values = [number for row in rows for bar in row.bars for number in (bar.value, bar.mark) if number is not None]
    unit = _LONGEST / max([largest, 1, *values])
    parts: list[Markup] = []
    for n, (look, name) in enumerate(key):
        parts += _key(n * _KEY, look, name)
    y = len(key) * _KEY + _GAP
    for row in rows:
        parts.append(element("text", row.name, class_="chart-text chart-name", x=0, y=y + 14))
        for n, bar in enumerate(row.bars):
            parts += _bar(y + _NAME + n * _BAR, bar, unit)
        y += _NAME + len(row.bars) * _BAR + _GAP
    return drawing(y, parts, described_by)


def _bar(y: int, bar: Bar, unit: float) -> Iterator[Markup]:
    length = (bar.value or 0) * unit
    end = max(length, (bar.mark or 0) * unit)
    if length:
        yield element("rect", class_=f"chart-bar chart-{bar.look}", x=0.5, y=y + 2, width=length, height=_BAR - 5)
    if bar.mark is not None:
        path = f"M{length:.1f} {y + 7}H{end:.1f}M{end:.1f} {y + 2}v{_BAR - 6}"
        yield element("path", class_=f"chart-stroke chart-{bar.look}", d=path)
    yield element("text", bar.words, class_="chart-text", x=end + 6, y=y + 12)


def _key(y: int, look: Look, name: str) -> Iterator[Markup]:
    yield element("rect", class_=f"chart-bar chart-{look}", x=0.5, y=y + 5, width=34, height=_BAR - 5)
    yield element("text", name, class_="chart-text", x=44, y=y + 15)
