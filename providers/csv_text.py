"""CSV as spreadsheets write it: comma, semicolon or tab, and Excel's own first line that says which."""

import csv
from collections.abc import Iterator, Sequence

_DELIMITERS = ";,\t"
_MOST_BROKEN = 1000


def records_of(lines: Sequence[str], delimiter: str) -> Iterator[tuple[int, list[str] | None]]:
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


def delimiter_of(lines: Sequence[str]) -> str:
    """The sign that the headings are parted by: the one that there is most of."""
    headings = next((line for line in lines if line.strip() and not line.lower().startswith("sep=")), "")
    return max(_DELIMITERS, key=headings.count)
