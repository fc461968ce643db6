"""So many begin in a week: which weeks there are, and the instant that stands for one."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from providers.calendar import working_days
from providers.clock import COPENHAGEN, local_date, start_of_day
from providers.weeks import earliest, is_whole_week, week_of, week_starts

DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


def written(first: date, last: date, closed: set[date] | None = None) -> list[str]:
    return [start.astimezone(COPENHAGEN).strftime("%d.%m.%y %H.%M") for start in week_starts(first, last, closed or ())]


def test_a_week_counts_by_its_last_working_day_over_both_sundays_and_the_new_year() -> None:
    assert written(date(2026, 3, 23), date(2026, 4, 5)) == ["27.03.26 23.59", "01.04.26 23.59"], "Easter is shorter"
    assert written(date(2026, 10, 19), date(2026, 10, 31)) == ["23.10.26 23.59", "30.10.26 23.59"]
    assert written(date(2026, 12, 21), date(2027, 1, 8)) == ["23.12.26 23.59", "30.12.26 23.59", "08.01.27 23.59"]


def test_only_whole_weeks_count_and_a_week_is_closed_when_all_of_it_is() -> None:
    monday = date(2026, 11, 23)
    assert written(monday + timedelta(days=1), monday + timedelta(days=10)) == []
    assert written(monday, monday + timedelta(days=3)) == []
    week = {monday + timedelta(days=number) for number in range(5)}
    assert written(monday, monday + timedelta(days=11), week) == ["04.12.26 23.59"]
    assert written(monday, monday + timedelta(days=4), week - {monday}) == ["27.11.26 23.59"]


@given(DAYS, st.integers(0, 120), st.sets(st.integers(0, 120), max_size=30))
def test_no_week_has_more_than_one_start_and_each_lies_on_a_working_day(
    first: date, length: int, shut: set[int]
) -> None:
    last, closed = first + timedelta(days=length), {first + timedelta(days=number) for number in shut}
    found = list(week_starts(first, last, closed))
    assert found == sorted(found)
    assert all(count == 1 for count in Counter(week_of(start) for start in found).values())
    for start in found:
        monday, day = week_of(start), local_date(start)
        assert is_whole_week(start)
        assert (first <= monday, day <= last) == (True, True)
        assert list(working_days(day, monday + timedelta(days=6))) == [day], "the last one of its week"
        assert set(working_days(monday, day)) - closed
        assert earliest(start) == start_of_day(monday)
