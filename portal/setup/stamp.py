"""Stamps: a folder that the set-up builds counts as done only when it holds a stamp of what it was built from.

The stamp is written last, so a folder whose making was broken off has none and is built again.
"""

import hashlib
from pathlib import Path


def digest(folder: Path, *sources: Path) -> str:
    """A hash over the contents of the sources and the place of the folder: its scripts name that place."""
    total = hashlib.sha256(str(folder.resolve()).encode())
    for source in sources:
        total.update(hashlib.sha256(source.read_bytes()).digest())
    return total.hexdigest()


def has(folder: Path, wanted: str) -> bool:
    """Whether the folder was finished from what `wanted` is the digest of."""
    path = _path(folder)
    return path.exists() and wanted in path.read_text().split()


def write(folder: Path, digests: list[str]) -> None:
    """Stamp a finished folder with all that it satisfies; whole or not at all."""
    unfinished = folder / "stamp.new"
    unfinished.write_text("\n".join(digests) + "\n")
    unfinished.rename(_path(folder))


def remove(folder: Path) -> None:
    """Take the stamp away before the folder is changed."""
    _path(folder).unlink(missing_ok=True)


def _path(folder: Path) -> Path:
    return folder / "genvej-stamp"
