"""Files with plans in a folder: which ones, in portions, and read one by one."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from matching.intake.reading import LARGEST
from matching.intake.storing import File
from matching.intake.taking import BATCH

_PORTION = 2 * LARGEST
"""Bytes that are held in memory at once: two of the largest files, or hundreds of ordinary ones."""


def plan_files(path: Path) -> list[Path]:
    """The file itself, or every file in the folder and the folders below, but for the hidden ones, by name."""
    if not path.is_dir():
        return [path]
    found = (file for file in path.rglob("*") if file.is_file() and not _hidden(file.relative_to(path)))
    return sorted(found)


def portions(paths: Iterable[Path]) -> Iterator[list[Path]]:
    """The files in their order, as many at once as fit into the memory and into one transaction."""
    portion: list[Path] = []
    size = 0
    for path in paths:
        weight = _size(path)
        if portion and (len(portion) == BATCH or size + weight > _PORTION):
            yield portion
            portion, size = [], 0
        portion.append(path)
        size += weight
    if portion:
        yield portion


def read_file(path: Path, *, called: str | None = None) -> File:
    """The file with what it holds. One that is too large is cut off just behind the limit, and refused for that.

    Raises OSError.
    """
    with path.open("rb") as file:
        return File(called or path.name, file.read(LARGEST + 1))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)
