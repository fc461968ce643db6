"""Chance that repeats itself: the same seed gives the same world."""

from random import Random


def chance(seed: int | str) -> Random:
    """A source of invented facts. Never of anything secret."""
    return Random(seed)  # noqa: S311
