"""From the bytes of a file to its lines: UTF-8 or Windows-1252, with commas, semicolons or tabs."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from providers.csv_text import MOST_COLUMNS, delimiter_of, records_of
from providers.encodings import decode
from providers.errors import GenvejError
from providers.sheets.columns import COLUMNS, REQUIRED, Kind, column_of, headings_of
from providers.sheets.errors import (
    ColumnsMissing,
    LineBroken,
    SheetEmpty,
    SheetOfAnotherKind,
    SheetOfApprovals,
    SheetOfSites,
    SheetOfSlots,
    SheetTooLong,
)

MOST_LINES = 5_000
_FORMULA = "=+-@\t\r\n"
_KINDS: Mapping[Kind, type[SheetOfAnotherKind]] = {
    Kind.SITES: SheetOfSites,
    Kind.APPROVALS: SheetOfApprovals,
    Kind.SLOTS: SheetOfSlots,
}


@dataclass(frozen=True, slots=True)
class Line:
    """`number` as an editor shows it; a column that the file does not have is empty."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


@dataclass(frozen=True, slots=True)
class Bad:
    """What is wrong with one line."""

    line: int
    error: GenvejError


@dataclass(frozen=True, slots=True)
class Sheet:
    """`columns` are those that the file has; `broken` lines could not be taken apart."""

    columns: frozenset[str]
    lines: Sequence[Line]
    broken: Sequence[Bad]


def read_sheet(body: bytes, kind: Kind) -> Sheet:
    """The lines of a file; raises SheetEmpty, SheetTooLong, ColumnsMissing or SheetOfAnotherKind."""
    text, _ = decode(body)
    rows = StringIO(text.removeprefix("\ufeff"), newline="").readlines()
    records = [(number, cells) for number, cells in records_of(rows, delimiter_of(rows)) if cells is None or any(cells)]
    headings = records[0][1] if records else None
    if not headings:
        raise SheetEmpty
    if sum(map(bool, headings)) > MOST_COLUMNS:
        raise SheetOfAnotherKind(headings=", ".join(headings_of(kind, REQUIRED[kind])))
    columns = [column_of(heading, kind) for heading in headings]
    _check(headings, frozenset(filter(None, columns)), kind)
    if len(records) < 2:
        raise SheetEmpty
    if len(records) > MOST_LINES + 1:
        raise SheetTooLong(most=MOST_LINES)
    lines = list(_lines(records[1:], columns))
    read = [line for line in lines if isinstance(line, Line)]
    return Sheet(frozenset(filter(None, columns)), read, [line for line in lines if isinstance(line, Bad)])


def _check(headings: Sequence[str], columns: frozenset[str], kind: Kind) -> None:
    """Another of our lists has more of its own headings than this one."""
    wanted = ", ".join(headings_of(kind, REQUIRED[kind]))
    fitting = Counter({each: len({column_of(heading, each) for heading in headings} - {None}) for each in Kind})
    best, count = fitting.most_common(1)[0]
    if count < 2 or (best is not kind and count > fitting[kind]):
        raise (_KINDS[best] if count >= 2 else SheetOfAnotherKind)(headings=wanted)
    if missing := tuple(name for name in REQUIRED[kind] if name not in columns):
        raise ColumnsMissing(headings=", ".join(headings_of(kind, missing)))


def _lines(records: Sequence[tuple[int, list[str] | None]], columns: Sequence[str | None]) -> Iterator[Line | Bad]:
    for number, cells in records:
        if cells is None or len(cells) > len(columns):
            yield Bad(number, LineBroken())
        elif any(cell.strip() for cell in cells):
            named = zip(columns, cells, strict=False)
            yield Line(number, {name: _plain(cell) for name, cell in named if name})


def _plain(cell: str) -> str:
    """Without the apostrophe that our own files have before what a spreadsheet would take for a formula."""
    text = cell.strip()
    return text[1:] if text[:1] == "'" and text[1:2] in _FORMULA and len(text) > 1 else text


def heading_of(name: str, kind: Kind) -> str:
    """As it is shown in a sentence about the column."""
    return COLUMNS[kind][name][0]
