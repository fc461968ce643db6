"""The figures are what plain counting gives, for a municipality and the country; whole, or those of before."""

from collections import Counter
from datetime import date, timedelta

import pytest

from matching.figures import Measure, Span, count_figures, figures_of, published_figures
from matching.figures.periods import stretches
from matching.models import FigureCount, FigureRun
from providers.database import execute, fetch
from providers.demo.chance import chance
from tests.support.past_cases import Count, counted, draw, write
from tests.support.worlds import HOME, NOW, TODAY, a_site

pytestmark = pytest.mark.usefixtures("clean_world")

ELSEWHERE = "0147"
BY_YEAR = {Measure.STOPPED, Measure.REFERRED, Measure.WAITED, Measure.WENT_TO, Measure.PROVIDER, Measure.CHOICE}
ROWS = "SELECT begins_on, measure, part, days, cases FROM figure_count WHERE run_id = $1 AND span = $2 AND {whose}"


async def rows(run: int, span: Span, whose: str) -> dict[date, Count]:
    found: dict[date, Count] = {}
    for row in await fetch(ROWS.format(whose=whose), run, span):
        found.setdefault(row["begins_on"], Counter())[Measure(row["measure"]), row["part"], row["days"]] = row["cases"]
    return found


async def test_what_is_counted_is_what_plain_counting_gives() -> None:
    random, sites = chance("past"), [await a_site(), await a_site("private")]
    cases = [
        await write(draw(random, TODAY, random.choice([HOME, ELSEWHERE])), random.choice(sites)) for _ in range(90)
    ]
    run = await count_figures(clock=lambda: NOW)
    own = [case for case in cases if case.municipality == HOME]
    for span, stretch in stretches(TODAY).items():
        ends = [*stretch.begins[1:], stretch.until]
        for whose, of in ((f"municipality_id = '{HOME}'", own), ("municipality_id IS NULL", cases)):
            plain = {}
            for first, until in zip(stretch.begins, ends, strict=True):
                found = counted(of, first, until, TODAY)
                plain[first] = Counter(
                    {
                        what: count
                        for what, count in found.items()
                        if (span is Span.YEAR or what[0] not in BY_YEAR)
                        and (of is own or what[0] is not Measure.PROVIDER)
                    }
                )
            assert await rows(run, span, whose) == {first: count for first, count in plain.items() if count}


async def test_what_is_under_way_or_broken_off_is_read_by_nobody() -> None:
    assert await figures_of(HOME, Span.WEEK) is None
    assert await published_figures() is None
    runs = [await count_figures(clock=lambda n=n: NOW + timedelta(hours=n)) for n in range(2)]
    await FigureRun.create(as_of=TODAY, started_at=NOW - timedelta(days=2))
    assert (await published_figures() or [None])[0] == NOW + timedelta(hours=1)
    newest = await count_figures(clock=lambda: NOW + timedelta(hours=4))
    assert {run.id for run in await FigureRun.all()} == {runs[1], newest}


async def test_an_erased_case_is_counted_and_a_reader_sees_both_sides() -> None:
    await execute(
        "INSERT INTO case_figure (municipality_id, plan_type, discharge_date, received_on, offer_date,"
        " offer_recorded_on, first_contact, basis, booking_state, state, last_day, erased_on)"
        " SELECT code, 'general', $1, $1, $1::date + 5, $1, $1::date + 6, 'own', 'completed', 'completed', $1, $1"
        " FROM unnest($2::text[]) code",
        date(2026, 10, 5),
        [HOME] * 3 + [ELSEWHERE] * 9,
    )
    await count_figures(clock=lambda: NOW)
    figures = await figures_of(HOME, Span.MONTH)
    assert figures is not None
    october = date(2026, 10, 1)
    assert (figures.own.of(october).plans, figures.country.of(october).plans) == (3, 12)
    assert figures.own.of(october).histogram(Measure.START_DAYS) == {6: 3}
    assert figures.own.of(date(2026, 1, 1)).plans == 0
    counted_at, published = await published_figures() or (None, {})
    assert counted_at == NOW
    of_homes = next(table for table in published["tables"] if table["name"] == "begun_by_municipality")
    # The home municipality alone would be too small to be seen.
    assert [(row["key"], row["plans"]) for row in of_homes["rows"]] == [("others", 12)]
    assert await FigureCount.filter(municipality_id=HOME).exists()


async def test_what_is_published_stands_until_the_year_moves_on() -> None:
    """From one night to the next the tables would differ by the one course that began, and say whose it was."""
    await some_cases_of_october(9)
    await count_figures(clock=lambda: NOW)
    first = await published_figures()
    await some_cases_of_october(1)
    tomorrow, next_month = NOW + timedelta(days=1), NOW + timedelta(days=30)
    await count_figures(clock=lambda: tomorrow)
    assert await published_figures() == first
    figures = await figures_of(HOME, Span.MONTH)
    assert figures is not None
    assert figures.country.of(date(2026, 10, 1)).plans == 10
    await count_figures(clock=lambda: next_month)
    counted_at, published = await published_figures() or (None, {})
    assert (counted_at, published["first"]) == (next_month, "2025-12-01")


async def some_cases_of_october(number: int) -> None:
    await execute(
        "INSERT INTO case_figure (municipality_id, plan_type, discharge_date, received_on, offer_date,"
        " offer_recorded_on, first_contact, basis, booking_state, state, last_day, erased_on)"
        " SELECT $3, 'general', $1, $1, $1::date + 5, $1, $1::date + 6, 'own', 'completed', 'completed', $1, $1"
        " FROM generate_series(1, $2)",
        *(date(2026, 10, 5), number, HOME),
    )
