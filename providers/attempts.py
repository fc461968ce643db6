"""Budgets of failed attempts, shared by all processes: a bucket fills with each failure and drains with time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from providers.database import execute, fetch, fetch_value

# What is left of a bucket at $2, when one attempt is forgotten every `pause` seconds. Processes' clocks may differ a
# little.
_DRAINED = "greatest(0, b.spent - greatest(0, extract(epoch FROM $2 - b.updated_at))::float8 / {pause})"
_LEFT = _DRAINED.format(pause="$3::float8")

# A millionth of an attempt for rounding: whoever waits exactly as long as they were told is let in.
_ROUNDING = 1e-6

_SPEND = f"""
INSERT INTO attempt_budget AS b (bucket, spent, updated_at) VALUES ($1, 1, $2)
ON CONFLICT (bucket) DO UPDATE SET spent = {_LEFT} + 1, updated_at = greatest(b.updated_at, $2)
WHERE {_LEFT} + 1 <= $4::float8 + {_ROUNDING}
RETURNING spent
"""

_LEVEL = f"SELECT {_LEFT} + 1 FROM attempt_budget b WHERE bucket = $1"

_WEIGH = f"""
SELECT coalesce({_DRAINED.format(pause="asked.pause")}, 0) + 1 AS level
FROM unnest($1::text[], $3::float8[]) WITH ORDINALITY AS asked(bucket, pause, place)
LEFT JOIN attempt_budget b USING (bucket) ORDER BY asked.place
"""

_REFUND = "UPDATE attempt_budget SET spent = greatest(0, spent - 1) WHERE bucket = $1"


# In one order, so that two processes that tell of the same buckets never wait for each other.
_SHARE = f"""
INSERT INTO attempt_budget AS b (bucket, spent, updated_at)
SELECT told.bucket, told.spent, $2 FROM unnest($1::text[], $4::float8[]) AS told(bucket, spent) ORDER BY told.bucket
ON CONFLICT (bucket) DO UPDATE SET spent = {_LEFT} + excluded.spent, updated_at = greatest(b.updated_at, $2)
RETURNING bucket, spent
"""


@dataclass(frozen=True, slots=True)
class Budget:
    """`attempts` may fail at once; one is forgotten each `pause`."""

    bucket: str
    attempts: int
    pause: timedelta


@dataclass(frozen=True, slots=True)
class Spent:
    """`level`: attempts not forgotten yet, this one included. `wait` is zero when the attempt may be made."""

    level: float
    wait: timedelta


async def spend(budget: Budget, now: datetime) -> Spent:
    """Take one attempt before it is made, in one statement: two processes cannot both take the last one.

    An attempt that has to wait is not made, so it costs nothing either.
    """
    pause = budget.pause.total_seconds()
    taken = await fetch_value(_SPEND, budget.bucket, now, pause, budget.attempts)
    if taken is not None:
        return Spent(taken, timedelta(0))
    level: float = await fetch_value(_LEVEL, budget.bucket, now, pause) or 1.0
    # Somebody may have given an attempt back since; this one was still refused, so it waits, however briefly.
    return Spent(level, max(timedelta.resolution, budget.pause * (level - budget.attempts)))


async def weigh(budgets: Sequence[Budget], now: datetime) -> list[Spent]:
    """What one attempt of each would come to. Nothing is taken, and nobody waits for anybody else's attempt."""
    buckets, pauses = [budget.bucket for budget in budgets], [budget.pause.total_seconds() for budget in budgets]
    records = await fetch(_WEIGH, buckets, now, pauses)
    return [_weighed(budget, record["level"]) for budget, record in zip(budgets, records, strict=True)]


async def refund(budget: Budget) -> None:
    """Give an attempt back that turned out to be no failure."""
    await execute(_REFUND, budget.bucket)


async def share(spent: Mapping[str, float], pause: timedelta, now: datetime) -> dict[str, float]:
    """Add what was spent elsewhere to each bucket, however full it is; the answer is what has been spent in all."""
    records = await fetch(_SHARE, list(spent), now, pause.total_seconds(), list(spent.values()))
    return {record["bucket"]: record["spent"] for record in records}


async def forget_drained(now: datetime, *, after: timedelta = timedelta(days=1)) -> None:
    """Remove buckets that nobody has touched for a while; they are long empty."""
    await execute("DELETE FROM attempt_budget WHERE updated_at < $1", now - after)


def _weighed(budget: Budget, level: float) -> Spent:
    may = level <= budget.attempts + _ROUNDING
    return Spent(level, timedelta(0) if may else budget.pause * (level - budget.attempts))
