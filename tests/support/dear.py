"""The order of tests: what takes seconds to start is started once, by one of the parallel workers.

They begin at different ends of the list, and take from each other's end when they have nothing left.
"""

from pathlib import Path

import pytest

_DEAR = ("browser", "judge", "served")
"""A browser, somebody else's validator, and servers: fixtures that live as long as the session."""


def in_good_order(items: list[pytest.Item]) -> None:
    """Whole files, those that need the dearest first; the rest stays as it was."""
    first: dict[Path, int] = {}
    for item in items:
        first[item.path] = min(first.get(item.path, len(_DEAR)), _place(item))
    items.sort(key=lambda item: first[item.path])


def _place(item: pytest.Item) -> int:
    wanted = getattr(item, "fixturenames", ())
    return next((place for place, name in enumerate(_DEAR) if name in wanted), len(_DEAR))
