"""What is measured: pairs before, figures afterwards."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Turn:
    """What one turn of one side gave: the value, and how long each piece of work took, in milliseconds."""

    value: float
    latencies: Sequence[float] = ()


Side = Callable[[], Awaitable[Turn]]
"""One side of a pair: each call is a turn."""


@dataclass(frozen=True, slots=True)
class Budget:
    """A limit for the ratio of ours to the reference, or for ours alone."""

    of: Literal["ratio", "ours"]
    kind: Literal[">=", "<="]
    limit: float

    def holds(self, *, ours: float, ratio: float | None) -> bool:
        """Whether the limit is kept; a ratio that could not be measured keeps none."""
        value = ours if self.of == "ours" else ratio
        return value is not None and (value >= self.limit if self.kind == ">=" else value <= self.limit)

    def __str__(self) -> str:
        return f"{self.of} {self.kind} {self.limit:.2f}"


def at_least(limit: float) -> Budget:
    """The ratio, for what should be large."""
    return Budget("ratio", ">=", limit)


def at_most(limit: float) -> Budget:
    """The ratio, for what should be small."""
    return Budget("ratio", "<=", limit)


def ours_at_most(limit: float) -> Budget:
    """Our own side, in the unit of the pair."""
    return Budget("ours", "<=", limit)


@dataclass(frozen=True, slots=True)
class Point:
    """A place in the drawing: on the curve of that name, at that many sites."""

    curve: str
    sites: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two ways of doing the same. `against` says in a few words what the reference is.

    Without a reference the figure is ours alone, and `ours_at_most` is the only budget there can be. A figure with a
    `point` is drawn, by its latencies.
    """

    name: str
    unit: str
    ours: Side
    reference: Side | None = None
    against: str = ""
    budget: Budget | None = None
    point: Point | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """Medians over all turns. `ratio` is the median of the turns' ratios, `spread` the largest minus the smallest."""

    name: str
    ours: float
    reference: float | None
    unit: str
    ratio: float | None
    spread: float | None
    budget: Budget | None
    against: str = ""
    p50: float | None = None
    p99: float | None = None
    point: Point | None = None

    @property
    def holds(self) -> bool | None:
        """Whether the budget is kept; None where there is none."""
        return self.budget.holds(ours=self.ours, ratio=self.ratio) if self.budget else None

    def as_json(self) -> dict[str, Any]:
        """The figure for programs."""
        return {
            "name": self.name,
            "ours": _rounded(self.ours),
            "reference": _rounded(self.reference),
            "unit": self.unit,
            "ratio": _rounded(self.ratio),
            "spread": _rounded(self.spread),
            "budget": str(self.budget) if self.budget else None,
            "holds": self.holds,
        }


def _rounded(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.4g}")
