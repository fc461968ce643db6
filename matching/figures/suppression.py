"""Which numbers of a table may be published, so that nobody can work out those that are too small.

A table counts each case once, in one row and one column, and stands with the sums of its rows and columns. Rows and
columns whose sum is below five are put together with others, so every sum may stand. A cell below five, zero as well,
is hidden; and with it the three others of a rectangle, in which a case more or less in one corner can be evened out in
the next without changing any sum. The rectangle is chosen so that the hidden number could be five, where one allows
that, and so that little else is hidden.

Tables that share nothing but sums of rows or columns, and do not close a circle (a by b, b by c, c by a), tell nothing
about each other's cells: given the sums, any filling of one goes with any filling of the other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SMALLEST = 5
"""The smallest number of cases that may be seen."""

OTHERS = "others"
"""The row of those whose sum is too small."""

JOINED = "+"
"""Between the names of columns that were put together."""

Rows = Mapping[str, tuple[int, ...]]
Cell = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Table:
    """The cells by row, in the order of `columns`."""

    columns: tuple[str, ...]
    rows: Rows


@dataclass(frozen=True, slots=True)
class Hidden:
    """A table that may be published, apart from the cells in `hidden`: row and number of the column."""

    table: Table
    hidden: frozenset[Cell]

    def cells(self, row: str) -> list[int | None]:
        """A row as it is published; None = hidden."""
        return [None if (row, n) in self.hidden else count for n, count in enumerate(self.table.rows[row])]


def suppressed(table: Table) -> Hidden:
    """The table made safe; without any row when it counts fewer than five cases in all."""
    if sum(map(sum, table.rows.values())) < SMALLEST:
        return Hidden(Table(table.columns, {}), frozenset())
    safe = _with_larger_rows(_with_larger_columns(table))
    hidden: set[Cell] = set()
    for row, cells in safe.rows.items():
        for column, count in enumerate(cells):
            if count < SMALLEST and len(safe.columns) > 1:
                hidden |= _rectangle(safe.rows, row, column, hidden)
    return Hidden(safe, frozenset(hidden))


def _with_larger_columns(table: Table) -> Table:
    """The smallest column joins the next smallest one until all are large enough."""
    names, columns = list(table.columns), [list(cells) for cells in zip(*table.rows.values(), strict=True)]
    while len(names) > 1 and min(map(sum, columns)) < SMALLEST:
        by_size = sorted(range(len(names)), key=lambda n: (sum(columns[n]), n))
        first, second = sorted(by_size[:2])
        names[first] += JOINED + names.pop(second)
        columns[first] = [a + b for a, b in zip(columns[first], columns.pop(second), strict=True)]
    return Table(tuple(names), dict(zip(table.rows, zip(*columns, strict=True), strict=True)))


def _with_larger_rows(table: Table) -> Table:
    """Small rows become one, with as many of the next smallest as it needs; those without any case are left out."""
    # Of two rows of one size always the same goes first: the tables of a run must not differ in it.
    size = {row: sum(cells) for row, cells in table.rows.items() if sum(cells)}
    by_size = sorted(size, key=lambda row: (size[row], row))
    small = [row for row in by_size if size[row] < SMALLEST]
    while small and sum(size[row] for row in small) < SMALLEST:
        small.append(by_size[len(small)])
    kept = {row: table.rows[row] for row in table.rows if row in by_size and row not in small}
    others = {OTHERS: _sum(table.rows[row] for row in small)} if small else {}
    return Table(table.columns, kept | others)


def _sum(rows: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*rows, strict=True)))


def _rectangle(rows: Rows, row: str, column: int, hidden: set[Cell]) -> set[Cell]:
    """The corners that are hidden with a small cell.

    Its row and its column sum up to five at least, so both have another cell that can give a case away.
    """
    count, wanted = rows[row][column], SMALLEST - rows[row][column]
    best: tuple[int, int, str, int] | None = None
    for other_row in rows:
        for other_column in range(len(rows[row])):
            if other_row == row or other_column == column:
                continue
            room = min(rows[row][other_column], rows[other_row][column])
            corners = _corners(row, column, other_row, other_column)
            lost = sum(rows[at][number] for at, number in corners if (at, number) not in hidden) - count
            if room and (best is None or (-min(room, wanted), lost) < best[:2]):
                best = (-min(room, wanted), lost, other_row, other_column)
    if best is None:
        raise ValueError("a small cell in a row or column whose sum is small too")
    return _corners(row, column, best[2], best[3])


def _corners(row: str, column: int, other_row: str, other_column: int) -> set[Cell]:
    return {(row, column), (row, other_column), (other_row, column), (other_row, other_column)}
