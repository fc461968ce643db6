"""Working days in Denmark."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from providers.calendar import working_days

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
