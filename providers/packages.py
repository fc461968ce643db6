"""Packages and levels as the numbers that approvals, slots and searches use."""

_TRACKS = ("kirurgisk", "medicinsk")
_LEVELS = ("basic", "advanced")


def package_level_id(package: str, level: str) -> int:
    """The number of one package at one level: `01-kirurgisk`, `basic` → 4. Raises ValueError for anything else."""
    area, _, track = package.partition("-")
    return int(area) * 4 + _TRACKS.index(track) * 2 + _LEVELS.index(level)
