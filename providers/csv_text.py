"""CSV as spreadsheets write it: comma, semicolon or tab, and Excel's own first line that says which."""

import csv
from collections.abc import Iterator, Sequence

_DELIMITERS = ";,\t"
_MOST_BROKEN = 1000

MOST_COLUMNS = 200
"""More headings than any list has, several times over; a file with more of them is none."""

LONGEST_RECORD = 128 * 1024
"""Letters of a record that goes over several lines: more than a form can send, for what was typed there is kept so."""


class _Fed:
    """The lines from one on, for a reader; a record that takes too many of them ends in a csv.Error.

    Else each of a thousand quotation marks that are never closed would have the rest of the file read once more.
    """

    def __init__(self, lines: Sequence[str], begin: int) -> None:
        self._lines = lines
        self._next = begin
        self._taken = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._next >= len(self._lines):
            raise StopIteration
        if self._taken > LONGEST_RECORD:
            raise csv.Error("the record is too long")
        line = self._lines[self._next]
        self._next += 1
        self._taken += len(line)
        return line

    def record_ended(self) -> None:
        self._taken = 0


def records_of(lines: Sequence[str], delimiter: str) -> Iterator[tuple[int, list[str] | None]]:
    """Each record with the number of its first line; None for cells that cannot be told apart.

    A quotation mark that is never closed would swallow the rest of the file, so reading begins again on the next line.
    """
    begin = 1 if lines and lines[0].lower().startswith("sep=") else 0
    for _ in range(_MOST_BROKEN):
        fed, read = _Fed(lines, begin), 0
        reader = csv.reader(fed, delimiter=delimiter, strict=True)
        try:
            for cells in reader:
                fed.record_ended()
                yield begin + read + 1, cells
                read = reader.line_num
        except csv.Error:
            yield begin + read + 1, None
            begin += read + 1
        else:
            return


def delimiter_of(lines: Sequence[str]) -> str:
    """The sign that the headings are parted by: the one that there is most of."""
    headings = next((line for line in lines if line.strip() and not line.lower().startswith("sep=")), "")
    return max(_DELIMITERS, key=headings.count)
