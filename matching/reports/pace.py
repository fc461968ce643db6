"""By which clock reports go out: how long an attempt, a claim and each pause last."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Pace:
    """What a worker keeps to; another one is for trying out a long outage in a short time.

    `attempt` is the time limit of one sending, in seconds, and `lease` how long a claim lasts, which is longer than any
    attempt. `rounds` lie between two looks at everything that is due, each of which takes up nothing new after
    `longest_round`. What failed is tried again after `first_pause`, and later ever more rarely, up to `longest_pause`;
    a recipient that is away, after `longest_rest` at the latest. A message that nobody acknowledges within
    `acknowledged_within` is sent again.
    """

    attempt: float = 15.0
    lease: timedelta = timedelta(minutes=1)
    rounds: timedelta = timedelta(minutes=1)
    longest_round: timedelta = timedelta(seconds=45)
    first_pause: timedelta = timedelta(seconds=30)
    longest_pause: timedelta = timedelta(hours=6)
    longest_rest: timedelta = timedelta(minutes=5)
    acknowledged_within: timedelta = timedelta(minutes=30)


PACE = Pace()
"""Everyday's."""
