"""Local days: the two daylight-saving Sundays, and midnight."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.clock import COPENHAGEN, local_date, start_of_day


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 17, 22, 59, 59, 999999, UTC), date(2026, 11, 17)),
        (datetime(2026, 11, 17, 23, 0, tzinfo=UTC), date(2026, 11, 18)),
        (datetime(2026, 7, 1, 21, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 22, 0, tzinfo=UTC), date(2026, 7, 2)),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2026, 10, 25, 22, 30, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 3, 29, 22, 30, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 11, 18, 0, 30, tzinfo=COPENHAGEN), date(2026, 11, 18)),
    ],
)
def test_the_danish_day_of_an_instant(moment: datetime, day: date) -> None:
    assert local_date(moment) == day


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        local_date(datetime(2026, 11, 18, 0, 30))  # noqa: DTZ001 - this is the fault


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 11, 18), 24)],
)
def test_the_length_of_a_day(day: date, hours: int) -> None:
    assert start_of_day(day + timedelta(days=1)) - start_of_day(day) == timedelta(hours=hours)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_day_begins_at_its_first_instant(day: date) -> None:
    begin = start_of_day(day)
    assert begin.tzinfo is UTC
    assert local_date(begin) == day
    assert local_date(begin - timedelta(microseconds=1)) == day - timedelta(days=1)
