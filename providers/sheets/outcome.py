"""What taking a file in does, or would do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from providers.errors import GenvejError
from providers.sheets.reading import Bad, Line, Sheet

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many lines are new, change something, or are known as they stand. With any `bad` nothing is done."""

    new: int = 0
    changed: int = 0
    same: int = 0
    bad: Sequence[Bad] = ()


def read_each(sheet: Sheet, read: Callable[[Line], T]) -> tuple[dict[int, T], list[Bad]]:
    """Every line as `read` has it, by its number, and those of which it has raised why not."""
    found, bad = dict[int, T](), list(sheet.broken)
    for line in sheet.lines:
        try:
            found[line.number] = read(line)
        except GenvejError as error:
            bad.append(Bad(line.number, error))
    return found, bad


def in_order(bad: Sequence[Bad]) -> list[Bad]:
    """By line."""
    return sorted(bad, key=lambda one: one.line)
