"""One line at the end of any test that booked, held, moved or cancelled."""

from datetime import datetime

from matching.invariants import broken_invariants


async def assert_invariants(now: datetime) -> None:
    """Everything that must hold of the cases at any moment holds now."""
    assert await broken_invariants(now) == []
