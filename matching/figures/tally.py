"""What was counted of some cases, in memory: a number for each measure and part, by days where it has such."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from matching.figures.measures import Measure
from matching.figures.spread import Histogram

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Tally:
    """`found` is by measure, part and days; 0 days where the measure has none."""

    found: dict[Measure, dict[str, dict[int, int]]] = field(default_factory=dict)

    @property
    def plans(self) -> int:
        return self.number(Measure.PLANS)

    def number(self, measure: Measure, part: str = "") -> int:
        """How many cases."""
        return sum(self.histogram(measure, part).values())

    def histogram(self, measure: Measure, part: str = "") -> Histogram:
        """How many cases took how many days."""
        return self.found.get(measure, {}).get(part, {})

    def parts(self, measure: Measure) -> dict[str, int]:
        """How many cases of each part that has any."""
        return {part: sum(days.values()) for part, days in self.found.get(measure, {}).items()}


def tallies(rows: Iterable[Mapping[str, Any]], key: Callable[[Mapping[str, Any]], Key]) -> dict[Key, Tally]:
    """Rows of `figure_count` in heaps, by what `key` says of a row."""
    heaps: dict[Key, Tally] = {}
    for row in rows:
        heap = heaps.setdefault(key(row), Tally())
        heap.found.setdefault(Measure(row["measure"]), {}).setdefault(row["part"], {})[row["days"] or 0] = row["cases"]
    return heaps
