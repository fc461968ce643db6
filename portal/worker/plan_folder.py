"""The watched folder: what others put there is taken in and moved, whole, to `done` or to `failed`.

A file in a folder that is named by a municipality's code is that municipality's; any other must say it itself. Whoever
writes a file gives it its name when it is whole, or a hidden one until then. Two workers may see the same file: it
makes one case all the same, and whoever comes second finds it moved.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path

import structlog

from matching.intake.directory import Directory, load_directory
from matching.intake.items import Item
from matching.intake.storing import File
from matching.intake.taking import take_in
from matching.models import ArrivalState, MessageSource
from portal.language import language
from portal.plan_files import plan_files, portions, read_file
from portal.presenting.findings import say_faults
from providers.actors import SYSTEM
from providers.vault import Vault

log = structlog.get_logger(__name__)

DONE, FAILED = "done", "failed"

# What was touched a moment ago may still be on its way.
_AT_REST = timedelta(seconds=5)
_UNFINISHED = frozenset({".part", ".tmp", ".partial", ".filepart"})


async def take_in_folder(folder: Path, *, now: datetime, vault: Vault) -> Counter[str]:
    """Take in every file that is at rest there; the answer counts plans by what became of them."""
    counted = Counter[str]()
    waiting = list(_waiting(folder, now))
    if not waiting:
        return counted
    directory = await load_directory()
    for code, paths in groupby(waiting, key=lambda path: _municipality(path, folder, directory)):
        for portion in portions(paths):
            counted.update(await _take(portion, code, folder, directory, now=now, vault=vault))
    log.info("plan_folder", **counted)
    return counted


async def _take(
    paths: Sequence[Path], code: str | None, folder: Path, directory: Directory, *, now: datetime, vault: Vault
) -> Counter[str]:
    found = {path: file for path in paths if (file := _read(path))}
    taken = await take_in(
        list(found.values()),
        municipality=code,
        source=MessageSource.FOLDER,
        directory=directory,
        actor=SYSTEM,
        now=now,
        vault=vault,
    )
    for path, items in zip(found, taken, strict=True):
        _put_away(path, items, folder, now)
    return Counter(item.state.value for items in taken for item in items)


def _waiting(folder: Path, now: datetime) -> Iterator[Path]:
    """The files that nobody has dealt with, and that nobody is writing any more."""
    for path in plan_files(folder) if folder.is_dir() else ():
        if path.relative_to(folder).parts[0] in {DONE, FAILED} or path.suffix.lower() in _UNFINISHED:
            continue
        with suppress(FileNotFoundError):
            if now - datetime.fromtimestamp(path.stat().st_mtime, UTC) >= _AT_REST:
                yield path


def _municipality(path: Path, folder: Path, directory: Directory) -> str | None:
    return next((part for part in path.relative_to(folder).parts[:-1] if part in directory.names), None)


def _read(path: Path) -> File | None:
    """The file; None when another worker has moved it, or when it cannot be opened, which is tried again."""
    try:
        return read_file(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        log.warning("plan_file_not_opened", error=type(error).__name__)
        return None


def _put_away(path: Path, items: Sequence[Item], folder: Path, now: datetime) -> None:
    """Move a file that was taken in; beside one that was not, or not wholly, stands why."""
    faults = [fault for item in items if item.state is ArrivalState.FAILED for fault in _sentences(item)]
    target = folder / (FAILED if faults else DONE) / path.relative_to(folder)
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists():
        target = target.with_name(f"{now:%Y%m%dT%H%M%S%f}-{target.name}")
    with suppress(FileNotFoundError):
        path.rename(target)
        if faults:
            target.with_name(f"{target.name}.txt").write_text("\n".join(faults) + "\n", encoding="utf-8")


def _sentences(item: Item) -> list[str]:
    name = f"{item.reading.message_id}: " if item.reading.message_id else ""
    return [name + sentence for sentence in say_faults(item.findings, language("da"))]
