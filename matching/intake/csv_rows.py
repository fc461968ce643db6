"""CSV as spreadsheets write it: comma, semicolon or tab; a line that cannot be read does not harm the next one."""

import csv
from collections.abc import Iterator, Sequence
from io import StringIO

from matching.intake.columns import column_of, draft_of, missing_columns
from matching.intake.draft import Draft
from matching.intake.elements import Unreadable
from matching.intake.findings import Finding, Problem

_DELIMITERS = ";,\t"
_MOST_BROKEN = 1000


def drafts(text: str) -> Iterator[Draft]:
    """One for each line that is not empty; a single one, with the fault, when a heading is not there.

    Raises Unreadable when no heading is one of ours: then it is no such file.
    """
    lines = StringIO(text, newline="").readlines()
    records = _records(lines, _delimiter(lines))
    columns = [column_of(heading) for heading in next((cells for _, cells in records if cells and any(cells)), [])]
    if not any(columns):
        raise Unreadable(Problem.UNKNOWN_FORMAT)
    if missing := missing_columns(columns):
        yield Draft(findings=[Finding(Problem.COLUMN_MISSING, heading) for heading in missing])
        return
    for number, cells in records:
        if cells is None or len(cells) > len(columns):
            yield Draft(findings=[Finding(Problem.ROW_BROKEN, str(number))])
        elif any(cell.strip() for cell in cells):
            yield draft_of(_named(columns, cells))


def _records(lines: Sequence[str], delimiter: str) -> Iterator[tuple[int, list[str] | None]]:
    """Each record with the number of its first line; None for cells that cannot be told apart.

    A quotation mark that is never closed would swallow the rest of the file, so reading begins again on the next line.
    """
    begin = 1 if lines and lines[0].lower().startswith("sep=") else 0
    for _ in range(_MOST_BROKEN):
        reader, read = csv.reader(lines[begin:], delimiter=delimiter, strict=True), 0
        try:
            for cells in reader:
                yield begin + read + 1, cells
                read = reader.line_num
        except csv.Error:
            yield begin + read + 1, None
            begin += read + 1
        else:
            return


def _delimiter(lines: Sequence[str]) -> str:
    """The sign that the headings are parted by: the one that there is most of."""
    headings = next((line for line in lines if line.strip() and not line.lower().startswith("sep=")), "")
    return max(_DELIMITERS, key=headings.count)


def _named(columns: Sequence[str | None], cells: Sequence[str]) -> dict[str, str]:
    """The cells under headings that we know; of two under the same heading the first that is filled."""
    values: dict[str, str] = {}
    for name, cell in zip(columns, cells, strict=False):
        if name and cell.strip():
            values.setdefault(name, cell)
    return values
