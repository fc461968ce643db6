"""Files that people open in a spreadsheet, in which no cell can become a formula or spill into the next one."""

import csv
from collections.abc import Sequence
from io import StringIO

# What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection), the full-width forms included.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")

BYTE_ORDER_MARK = "\ufeff"
"""Before the first line of a file for people: without it Excel reads UTF-8 as Windows-1252."""

MEDIA_TYPE = "text/csv; charset=utf-8"


def cell(value: object) -> str:
    """The value as text, empty for None; an apostrophe goes before whatever could be read as a formula."""
    text = "" if value is None else str(value)
    if isinstance(value, int | float):
        return text
    return f"'{text}" if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA) else text


def line(values: Sequence[object]) -> str:
    """A line of a file for people: semicolons, as Danish spreadsheets expect, and every cell in quotation marks.

    The quotation marks keep a comma or a semicolon in a name from ending the cell where another program counts by it.
    """
    written = StringIO()
    csv.writer(written, delimiter=";", quoting=csv.QUOTE_ALL).writerow([cell(value) for value in values])
    return written.getvalue()
