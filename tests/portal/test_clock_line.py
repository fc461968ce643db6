"""The line of the seven days: everything on it in its order, and no words outside of the picture."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from matching.plan_facts import Level, PlanFacts, PlanType
from portal.language import language
from portal.presenting.clock_line import WIDTH, clock_line

DISCHARGE = date(2026, 11, 10)


def facts(later: int | None = None) -> PlanFacts:
    start = None if later is None else DISCHARGE + timedelta(days=later)
    return PlanFacts(PlanType.GENERAL, Level.BASIC, "01-kirurgisk", DISCHARGE, start, None, None, None, False)


def test_a_later_start_moves_the_seven_days_and_has_a_mark_of_its_own() -> None:
    line = clock_line(facts(21), date(2026, 11, 20), language("da"))
    assert [mark.words for mark in line.marks] == [
        "Udskrevet 10. nov.",
        "Fristen regnes fra 1. dec.",
        "I dag 20. nov.",
        "Frist 8. dec.",
    ]
    assert line.alternative == (
        "Tidslinje: Udskrevet 10. november 2026, Fristen regnes fra 1. december 2026, I dag 20. november 2026, "
        "Frist 8. december 2026"
    )


def test_it_speaks_english() -> None:
    assert clock_line(facts(), DISCHARGE, language("en")).marks[-1].words == "Deadline 17 Nov"


@given(st.none() | st.integers(-5, 60), st.integers(-30, 400))
def test_days_keep_their_order_and_every_word_its_place(later: int | None, passed: int) -> None:
    today = DISCHARGE + timedelta(days=passed)
    line = clock_line(facts(later), today, language("da"))
    assert 0 < line.begins < line.ends < WIDTH
    assert line.late == (line.now > line.ends)
    assert list(line.ticks) == sorted(line.ticks)
    for mark in line.marks:
        width = 8.0 * len(mark.words)
        left = {"start": mark.x, "middle": mark.x - width / 2, "end": mark.x - width}[mark.anchor]
        assert left >= -2
        assert left + width <= WIDTH + 2
        assert 0 < mark.text_y <= line.height
    assert len({mark.text_y for mark in line.marks}) == len(line.marks)
