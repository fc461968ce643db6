"""Budgets of failed attempts, shared by all processes: a bucket fills with each failure and drains with time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from providers.database import execute, fetch, fetch_value

# Seconds since the bucket's last attempt; processes' clocks may differ a little.
_PASSED = "greatest(0, extract(epoch FROM $2 - b.updated_at))::float8"

# What is left of a bucket at $2, when one attempt is forgotten every `forget` seconds.
_DRAINED = f"greatest(0, b.spent - {_PASSED} / {{forget}})"
_LEFT = _DRAINED.format(forget="$3::float8")

# Seconds until one more may be made: there is room again, or the pause since the last one is over. The pause doubles
# with each failure beyond the budget, and never gets longer than a failure is remembered.
_PAUSE = "least({forget}, {pause} * power(2, least(60, greatest(0, b.spent - {attempts}))))"
_WAIT = f"greatest(0, least({{forget}} * ({_DRAINED} + 1 - {{attempts}}), {_PAUSE} - {_PASSED}))"

_OWN = {"forget": "$3::float8", "attempts": "$4::float8", "pause": "$5::float8"}
_ASKED = {name: f"asked.{name}" for name in _OWN}

# Ten microseconds for rounding: whoever waits exactly as long as they were told is let in.
ROUNDING = 1e-5

_SPEND = f"""
INSERT INTO attempt_budget AS b (bucket, spent, updated_at) VALUES ($1, 1, $2)
ON CONFLICT (bucket) DO UPDATE SET spent = {_LEFT} + 1, updated_at = greatest(b.updated_at, $2)
WHERE {_WAIT.format(**_OWN)} <= {ROUNDING}
RETURNING spent
"""

WEIGH = f"""
SELECT asked.place, coalesce({_DRAINED.format(**_ASKED)}, 0) + 1 AS level, coalesce({_WAIT.format(**_ASKED)}, 0) AS wait
FROM unnest($1::text[], $3::float8[], $4::float8[], $5::float8[])
    WITH ORDINALITY AS asked(bucket, forget, attempts, pause, place)
LEFT JOIN attempt_budget b USING (bucket) ORDER BY asked.place
"""
"""What one attempt of each budget would come to, for a statement that goes on from there; $1 to $5 are `to_weigh`."""

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
    """`attempts` may fail at once; one is forgotten each `forget`, or each `pause` when that is left out.

    Beyond the budget there is a `pause` before each further attempt, and it doubles each time, up to `forget`.
    """

    bucket: str
    attempts: int
    pause: timedelta
    forget: timedelta | None = None

    @property
    def numbers(self) -> tuple[float, int, float]:
        """`forget`, `attempts` and `pause` as the statements take them, in seconds."""
        return (self.forget or self.pause).total_seconds(), self.attempts, self.pause.total_seconds()


@dataclass(frozen=True, slots=True)
class Spent:
    """`level`: attempts not forgotten yet, this one included. `wait` is zero when the attempt may be made."""

    level: float
    wait: timedelta

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> "Spent":
        """A row of WEIGH."""
        return cls(record["level"], _told(record["wait"]))


async def spend(budget: Budget, now: datetime) -> Spent:
    """Take one attempt before it is made, in one statement: two processes cannot both take the last one.

    An attempt that has to wait is not made, so it costs nothing either.
    """
    taken = await fetch_value(_SPEND, budget.bucket, now, *budget.numbers)
    if taken is not None:
        return Spent(taken, timedelta(0))
    (refused,) = await weigh([budget], now)
    # Somebody may have given an attempt back since; this one was still refused, so it waits, however briefly.
    return Spent(refused.level, max(timedelta.resolution, refused.wait))


async def weigh(budgets: Sequence[Budget], now: datetime) -> list[Spent]:
    """What one attempt of each would come to. Nothing is taken, and nobody waits for anybody else's attempt."""
    return [Spent.of(record) for record in await fetch(WEIGH, *to_weigh(budgets, now))]


def to_weigh(budgets: Sequence[Budget], now: datetime) -> tuple[object, ...]:
    """The values that WEIGH asks for."""
    numbers = zip(*(budget.numbers for budget in budgets), strict=True)
    return [budget.bucket for budget in budgets], now, *map(list, numbers)


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


def _told(wait: float) -> timedelta:
    return timedelta(seconds=wait) if wait > ROUNDING else timedelta(0)
