"""A B A B: the two sides of a pair take turns, so that a machine that gets slower gets slower for both."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from portal.bench.figures import Figure, Pair, Side, Turn


@dataclass(frozen=True, slots=True)
class Effort:
    """How many turns each side has, and about how long one is."""

    rounds: int
    seconds: float


async def measure(pair: Pair, effort: Effort) -> Figure:
    """The figure of a pair; a turn of each side goes before, and is not counted."""
    await pair.ours()
    if pair.reference is None:
        turns = [await pair.ours() for _ in range(effort.rounds)]
        return _figure(pair, turns, None)
    await pair.reference()
    ours, theirs = list[Turn](), list[Turn]()
    for _ in range(effort.rounds):
        ours.append(await pair.ours())
        theirs.append(await pair.reference())
    return _figure(pair, ours, theirs)


def _figure(pair: Pair, ours: Sequence[Turn], theirs: Sequence[Turn] | None) -> Figure:
    ratios = [one.value / other.value for one, other in zip(ours, theirs, strict=True) if other.value] if theirs else []
    taken = [latency for turn in ours for latency in turn.latencies]
    return Figure(
        name=pair.name,
        ours=median(turn.value for turn in ours),
        reference=median(turn.value for turn in theirs) if theirs else None,
        unit=pair.unit,
        ratio=median(ratios) if ratios else None,
        spread=max(ratios) - min(ratios) if ratios else None,
        budget=pair.budget,
        against=pair.against,
        p50=percentile(taken, 50),
        p99=percentile(taken, 99),
        point=pair.point,
    )


def percentile(values: Sequence[float], per_cent: int) -> float | None:
    """The value below which so many in a hundred lie; None of fewer than two values."""
    return quantiles(values, n=100, method="inclusive")[per_cent - 1] if len(values) > 1 else None


def worst(side: Side, per_cent: int = 99) -> Side:
    """The same side, measured by its slow pieces of work instead of by its middle one."""

    async def turn() -> Turn:
        done = await side()
        return Turn(percentile(done.latencies, per_cent) or done.value, done.latencies)

    return turn
