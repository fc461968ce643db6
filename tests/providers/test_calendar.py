"""Working days in Denmark."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from providers.calendar import Weekly, closing_days, starts_of, working_days
from providers.clock import COPENHAGEN

DAYS = st.dates(date(2024, 1, 1), date(2035, 12, 31))


def test_easter_2026() -> None:
    assert list(working_days(date(2026, 3, 30), date(2026, 4, 8))) == [
        date(2026, 3, 30),
        date(2026, 3, 31),
        date(2026, 4, 1),
        date(2026, 4, 7),
        date(2026, 4, 8),
    ]


def test_christmas_2026_and_new_year() -> None:
    assert list(working_days(date(2026, 12, 23), date(2027, 1, 4))) == [
        date(2026, 12, 23),
        date(2026, 12, 28),
        date(2026, 12, 29),
        date(2026, 12, 30),
        date(2027, 1, 4),
    ]


def test_great_prayer_day_is_a_working_day_since_2024() -> None:
    assert list(working_days(date(2024, 4, 26), date(2024, 4, 26))) == [date(2024, 4, 26)]


def test_no_days_when_the_end_is_before_the_beginning() -> None:
    assert list(working_days(date(2026, 3, 31), date(2026, 3, 30))) == []


@given(DAYS, st.integers(0, 60), st.integers(0, 60))
def test_a_span_has_the_days_of_its_parts(first: date, length: int, more: int) -> None:
    middle, last = first + timedelta(days=length), first + timedelta(days=length + 1 + more)

    parts = [*working_days(first, middle), *working_days(middle + timedelta(days=1), last)]

    assert list(working_days(first, last)) == parts


@given(DAYS)
def test_nobody_waits_longer_than_six_days_for_a_working_day(first: date) -> None:
    assert list(working_days(first, first + timedelta(days=6)))


def clocks(weekly: Weekly, first: date, last: date) -> list[str]:
    return [start.astimezone(COPENHAGEN).strftime("%d.%m %H.%M") for start in starts_of(weekly, first, last)]


def test_a_pattern_follows_the_clock_on_the_wall_over_both_sundays() -> None:
    weekly = Weekly(weekday=0, starts=540, ends=630, minutes=45, buffer=0, first=date(2026, 1, 1))
    assert clocks(weekly, date(2026, 3, 23), date(2026, 3, 30)) == [
        *("23.03 09.00", "23.03 09.45", "30.03 09.00", "30.03 09.45")
    ]
    starts = list(starts_of(weekly, date(2026, 10, 19), date(2026, 10, 26)))
    assert [start.hour for start in starts] == [7, 7, 8, 8]


def test_the_hour_that_march_leaves_out_has_no_times_and_october_s_only_once() -> None:
    weekly = Weekly(weekday=6, starts=90, ends=210, minutes=30, buffer=0, first=date(2026, 1, 1))
    assert clocks(weekly, date(2026, 3, 29), date(2026, 3, 29)) == ["29.03 01.30", "29.03 03.00"]
    assert len(set(starts_of(weekly, date(2026, 10, 25), date(2026, 10, 25)))) == 4


def test_a_pattern_ends_and_rests_on_closed_days_and_goes_over_the_new_year() -> None:
    weekly = Weekly(4, 480, 525, 45, 0, date(2026, 12, 18), date(2027, 1, 8))
    assert clocks(weekly, date(2026, 12, 1), date(2027, 2, 1)) == [
        *("18.12 08.00", "25.12 08.00", "01.01 08.00", "08.01 08.00")
    ]
    closed = closing_days(date(2026, 12, 1), date(2027, 1, 31))
    assert [start.day for start in starts_of(weekly, date(2026, 12, 1), date(2027, 2, 1), closed)] == [18, 8]
