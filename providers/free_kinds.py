"""Which kinds of free times a site has, in one number: who wishes for something rare passes over everybody else.

A bit for each mode and part of the day; starts that have a week and no hour (`providers.weeks`) are one more part.
"""

from collections.abc import Collection

from providers.models import SlotMode

PARTS = (range(12), range(12, 16), range(16, 24))
"""Hours of the Danish clock: before noon, from noon, and from 16 o'clock."""

_WEEK = len(PARTS)
_MODES = ", ".join(f"'{mode}'" for mode in SlotMode)
_PART = " ".join(f"WHEN extract(hour FROM local.at) < {hours.stop} THEN {part}" for part, hours in enumerate(PARTS))

FREE_KINDS = f"""
bit_or(1 << ((array_position(ARRAY[{_MODES}], slot.mode::text) - 1) * {_WEEK + 1}
             + CASE WHEN slot.whole_week THEN {_WEEK} {_PART} END))
"""
"""SQL: of times `slot`, which begin at `local.at` by the Danish clock."""


def free_kinds(modes: Collection[SlotMode], hours: Collection[int], *, whole_weeks: bool) -> int:
    """The bits of times in one of these modes that begin in one of these hours; empty = any."""
    parts = [part for part, of_part in enumerate(PARTS) if not hours or not set(hours).isdisjoint(of_part)]
    asked = [*parts, _WEEK] if whole_weeks else parts
    places = [place for place, mode in enumerate(SlotMode) if not modes or mode in modes]
    return sum(1 << (place * (_WEEK + 1) + part) for place in places for part in asked)
