"""CSV as spreadsheets write it: comma, semicolon or tab; a line that cannot be read does not harm the next one."""

from collections.abc import Iterator, Sequence
from io import StringIO

from matching.intake.columns import column_of, draft_of, missing_columns
from matching.intake.draft import Draft
from matching.intake.elements import Unreadable
from matching.intake.findings import Finding, Problem
from providers.csv_text import MOST_COLUMNS, delimiter_of, records_of


def drafts(text: str) -> Iterator[Draft]:
    """One for each line that is not empty; a single one, with the fault, when a heading is not there.

    Raises Unreadable when no heading is one of ours: then it is no such file.
    """
    lines = StringIO(text, newline="").readlines()
    records = records_of(lines, delimiter_of(lines))
    headings = next((cells for _, cells in records if cells and any(cells)), [])
    if sum(map(bool, headings)) > MOST_COLUMNS:
        raise Unreadable(Problem.UNKNOWN_FORMAT)
    columns = [column_of(heading) for heading in headings]
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


def _named(columns: Sequence[str | None], cells: Sequence[str]) -> dict[str, str]:
    """The cells under headings that we know; of two under the same heading the first that is filled."""
    values: dict[str, str] = {}
    for name, cell in zip(columns, cells, strict=False):
        if name and cell.strip():
            values.setdefault(name, cell)
    return values
