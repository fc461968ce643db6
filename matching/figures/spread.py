"""Of how many cases something took how many days: the median, and within how many days nine of ten were there."""

from collections.abc import Mapping
from dataclasses import dataclass

Histogram = Mapping[int, int]
"""Days → cases that took so many."""


@dataclass(frozen=True, slots=True)
class Spread:
    """`median` and `ninetieth` are whole days; None where there is no case."""

    cases: int
    median: int | None
    ninetieth: int | None


def spread_of(histogram: Histogram) -> Spread:
    """Both percentiles of the same cases."""
    return Spread(sum(histogram.values()), nearest_rank(histogram, 50), nearest_rank(histogram, 90))


def nearest_rank(histogram: Histogram, percent: int) -> int | None:
    """The fewest days within which at least `percent` of the cases lie (nearest rank, as `percentile_disc`).

    It is always a number of days that a case has taken; nothing is interpolated. None where there is no case.
    """
    rank, seen = -(-percent * sum(histogram.values()) // 100), 0
    for days in sorted(histogram):
        seen += histogram[days]
        if seen >= rank and seen:
            return days
    return None
