"""How the making of demo data tells how far it is."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with the step's name, how much of it is done, and how much there is."""


def unseen(step: str, done: int, total: int) -> None:
    """For those who do not watch."""
