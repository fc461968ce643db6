"""Packages and levels of many rows in one statement: PostgreSQL takes no array of arrays of different lengths."""

from collections.abc import Collection


def levels_text(numbers: Collection[int] | None) -> str | None:
    """`{4,5}`, to be cast to an array there; None for all that the site is approved for."""
    return None if numbers is None else f"{{{','.join(map(str, numbers))}}}"
