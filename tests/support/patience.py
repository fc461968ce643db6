"""How long tests wait for what must come: long enough that a busy machine is not taken for a fault of the code."""

from providers import database

WAIT = 60.0
"""Seconds after which something that did not come is taken to be lost."""


def wait_for_locks() -> None:
    """In this process, from now on: a queue of twenty may take longer than people would wait for."""
    database.LOCK_TIMEOUT_MS = round(WAIT * 1000)
