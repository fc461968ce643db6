"""Percentiles, periods and hidden numbers: pure functions, held against what anybody could work out by hand."""

from datetime import date, timedelta
from math import ceil

from hypothesis import given, settings
from hypothesis import strategies as st

from matching.figures.periods import Span, stretches
from matching.figures.spread import nearest_rank
from matching.figures.suppression import OTHERS, SMALLEST, Hidden, Table, suppressed

DAY = timedelta(days=1)
COUNTS = st.one_of(st.integers(0, 6), st.integers(0, 40))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    columns, rows = draw(st.integers(1, 5)), draw(st.integers(1, 9))
    cells = st.tuples(*[COUNTS] * columns)
    return Table(tuple("abcde"[:columns]), {f"r{n}": draw(cells) for n in range(rows)})


@settings(max_examples=60)
@given(st.lists(st.integers(0, 60)), st.integers(1, 100))
def test_a_percentile_is_the_case_at_its_rank(days: list[int], percent: int) -> None:
    histogram = {day: days.count(day) for day in days}
    at = ceil(percent * len(days) / 100) - 1
    assert nearest_rank(histogram, percent) == (sorted(days)[at] if days else None)


@settings(max_examples=60)
@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_periods_follow_each_other_and_every_deadline_in_them_is_over(as_of: date) -> None:
    for stretch in stretches(as_of).values():
        ends = [*stretch.begins[1:], stretch.until]
        assert all(begin < end for begin, end in zip(stretch.begins, ends, strict=True))
        assert stretch.until - DAY + timedelta(days=7) < as_of
    week, month, year = (stretches(as_of)[span] for span in Span)
    assert (len(week.begins), len(month.begins), month.begins[1]) == (26, 13, year.first)
    assert {day.weekday() for day in (*week.begins, week.until)} == {0}
    # The next one would not be over: its last day's cases still have their deadline ahead, or today.
    assert week.until + 6 * DAY + timedelta(days=7) >= as_of
    assert (month.until + 31 * DAY).replace(day=1) - DAY + timedelta(days=7) >= as_of


def test_small_rows_and_columns_are_put_together_and_a_small_cell_takes_three_with_it() -> None:
    table = Table(("a", "b", "c"), {"x": (3, 40, 1), "y": (20, 30, 0), "z": (9, 50, 2), "small": (0, 4, 0)})
    safe = suppressed(table)
    assert safe.table == Table(("a+c", "b"), {"y": (20, 30), "z": (11, 50), OTHERS: (4, 44)})
    assert [safe.cells(row) for row in safe.table.rows] == [[None, None], [11, 50], [None, None]]
    assert suppressed(Table(("a",), {"x": (4,)})).table.rows == {}


@settings(max_examples=150)
@given(tables())
def test_what_is_published_is_true_and_nothing_small_is_seen(table: Table) -> None:
    safe = suppressed(table)
    assert sum(map(sum, safe.table.rows.values())) in (0, sum(map(sum, table.rows.values())))
    assert all(sum(cells) >= SMALLEST for cells in safe.table.rows.values())
    assert all(sum(column) >= SMALLEST for column in zip(*safe.table.rows.values(), strict=True))
    for row in safe.table.rows:
        assert all(shown is None or shown >= SMALLEST for shown in safe.cells(row))


@settings(max_examples=150)
@given(tables())
def test_nobody_can_work_out_a_hidden_number(table: Table) -> None:
    """Neither by narrowing it down from sums, nor at all: another table has the same sums and another number there."""
    safe = suppressed(table)
    assert all(low < high for low, high in narrowed_down(safe).values())
    assert {cell for cell in safe.hidden if not could_be_another(safe, *cell)} == set()


def narrowed_down(safe: Hidden) -> dict[tuple[str, int], tuple[int, int]]:
    """What a reader can say of each hidden number: its bounds, tightened by row and column until nothing changes."""
    bounds = dict.fromkeys(safe.hidden, (0, 10**6))
    lines = []
    for row, cells in safe.table.rows.items():
        lines.append(([(row, n) for n in range(len(cells))], sum(cells)))
    for n, column in enumerate(zip(*safe.table.rows.values(), strict=True)):
        lines.append(([(row, n) for row in safe.table.rows], sum(column)))
    before: object = None
    while before != bounds:
        before = dict(bounds)
        for line, total in lines:
            left = total - sum(safe.table.rows[row][n] for row, n in line if (row, n) not in bounds)
            unknown = [cell for cell in line if cell in bounds]
            for cell in unknown:
                rest = [bounds[other] for other in unknown if other != cell]
                low, high = left - sum(high for _, high in rest), left - sum(low for low, _ in rest)
                bounds[cell] = max(bounds[cell][0], low), min(bounds[cell][1], high)
    return bounds


def could_be_another(safe: Hidden, row: str, column: int) -> bool:
    """Whether a case can be moved round a circle of hidden cells, to here or from here, and none gets below 0."""
    return _circle(safe, row, column, up=True) or (
        safe.table.rows[row][column] > 0 and _circle(safe, row, column, up=False)
    )


def _circle(safe: Hidden, row: str, column: int, *, up: bool) -> bool:
    """A way from the column back to the row: over cells that give a case away, and cells that get one, in turn."""
    goal: object = ("row", row) if up else ("column", column)
    seen, waiting = set[object](), [("column", column) if up else ("row", row)]
    while waiting:
        place = waiting.pop()
        if place == goal:
            return True
        if place in seen:
            continue
        seen.add(place)
        for at, n in safe.hidden - {(row, column)}:
            if place == ("column", n) and safe.table.rows[at][n] > 0:
                waiting.append(("row", at))
            elif place == ("row", at):
                waiting.append(("column", n))
    return False
