"""Counting the cases of one municipality in its own scope, and the country as the sum of its municipalities."""

from datetime import date
from functools import cache

from matching.figures.measures import COUNTED, FACTS, Counted, Measure
from matching.figures.periods import Span, Stretch
from providers.database import execute

_PERIODS = (
    "('week', date_trunc('week', f.day_zero)::date, $4::date, $5::date),"
    " ('month', date_trunc('month', f.day_zero)::date, $6, $7), ('year', $8::date, $8, $7)"
)

# What each municipality's cases come to is a number already, so the country is counted without a look at any case.
_COUNTRY = f"""
INSERT INTO figure_count (run_id, span, begins_on, measure, part, days, cases)
SELECT run_id, span, begins_on, measure, part, days, sum(cases) FROM figure_count
WHERE run_id = $1 AND municipality_id IS NOT NULL AND measure <> '{Measure.PROVIDER}'
GROUP BY run_id, span, begins_on, measure, part, days
"""


async def count_municipality(run: int, code: str, stretches: dict[Span, Stretch], as_of: date) -> None:
    """Write down every figure of a municipality, in a transaction that looks for it."""
    week, month, year = (stretches[span] for span in (Span.WEEK, Span.MONTH, Span.YEAR))
    first = min(week.first, month.first)
    bounds = (week.first, week.until, month.first, month.until, year.first)
    await execute(_statement(), as_of, run, code, *bounds, first)


async def count_country(run: int) -> None:
    """Add up what the run has counted. Who delivers in one municipality is that one's own, and is not added up."""
    await execute(_COUNTRY, run)


@cache
def _statement() -> str:
    """`$1` today, `$2` run, `$3` municipality, `$4`–`$8` the periods' bounds, `$9` the first day of them all."""
    facts = ", ".join(f"{sql} AS {name}" for name, sql in FACTS.items())
    return f"""
    WITH k AS (SELECT k.*, {facts} FROM genvej_case_facts($9) k),
    placed AS (
        SELECT p.span, p.begins_on, f.* FROM k f
        CROSS JOIN LATERAL (VALUES {_PERIODS}) p (span, begins_on, first, until)
        WHERE f.day_zero >= p.first AND f.day_zero < p.until
    )
    INSERT INTO figure_count (run_id, municipality_id, span, begins_on, measure, part, days, cases)
    SELECT $2::int, $3, k.span, k.begins_on, m.measure, m.part, m.days, count(*)
    FROM placed k CROSS JOIN LATERAL (VALUES {", ".join(map(_value, COUNTED))}) m (measure, part, days, counts)
    WHERE m.counts GROUP BY k.span, k.begins_on, m.measure, m.part, m.days
    """


def _value(counted: Counted) -> str:
    which = f"k.span = 'year' AND ({counted.which})" if counted.by_year else counted.which
    return f"('{counted.measure}', {counted.part}, {counted.days}::int, {which})"
