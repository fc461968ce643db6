"""Budgets of failed attempts, shared by all processes: a bucket fills with each failure and drains with time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from providers.database import execute, fetch_one

_SPEND = """
INSERT INTO attempt_budget AS b (bucket, spent, updated_at) VALUES ($1, 1, $2)
ON CONFLICT (bucket) DO UPDATE SET
    spent = least($4 + 1, greatest(0, b.spent - extract(epoch FROM $2 - b.updated_at) / $3) + 1),
    updated_at = greatest(b.updated_at, $2)
RETURNING spent
"""

_REFUND = "UPDATE attempt_budget SET spent = greatest(0, spent - 1) WHERE bucket = $1"


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
    """Take one attempt before it is made, in one statement: two processes cannot both take the last one."""
    record = await fetch_one(_SPEND, budget.bucket, now, budget.pause.total_seconds(), float(budget.attempts))
    level: float = record["spent"] if record else 1.0
    return Spent(level, budget.pause * max(0.0, level - budget.attempts))


async def refund(budget: Budget) -> None:
    """Give an attempt back that turned out to be no failure."""
    await execute(_REFUND, budget.bucket)


async def forget_drained(now: datetime, *, after: timedelta = timedelta(days=1)) -> None:
    """Remove buckets that nobody has touched for a while; they are long empty."""
    await execute("DELETE FROM attempt_budget WHERE updated_at < $1", now - after)
