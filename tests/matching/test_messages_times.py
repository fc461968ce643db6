"""When people are told: by Danish clocks, over both Sundays on which they change."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.messages.times import days_before, is_night
from providers.clock import COPENHAGEN, local_date

MINUTES = st.integers(0, 6 * 365 * 24 * 60)


@given(MINUTES, st.integers(1, 30))
def test_a_day_before_is_a_calendar_day(minutes: int, days: int) -> None:
    moment = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    earlier = days_before(moment, days)
    assert local_date(moment) - local_date(earlier) == timedelta(days=days)
    assert earlier.utcoffset() is not None


@pytest.mark.parametrize(
    ("starts_at", "before"),
    [
        ("2026-11-18T10:00", "2026-11-11T09:00+00:00"),
        # Summer time begins on 29 March 2026 and ends on 25 October.
        ("2026-04-01T10:00", "2026-03-25T09:00+00:00"),
        ("2026-10-26T10:00", "2026-10-19T08:00+00:00"),
        ("2026-04-05T02:30", "2026-03-29T01:30+00:00"),
    ],
)
def test_the_clock_stays_when_summer_comes_or_goes(starts_at: str, before: str) -> None:
    local = datetime.fromisoformat(starts_at).replace(tzinfo=COPENHAGEN)
    assert days_before(local, 7) == datetime.fromisoformat(before)


@pytest.mark.parametrize(
    ("clock", "night"), [((20, 59), False), ((21, 0), True), ((0, 0), True), ((7, 59), True), ((8, 0), False)]
)
def test_night_goes_past_midnight(clock: tuple[int, int], night: bool) -> None:
    now = datetime(2026, 7, 1, *clock, tzinfo=COPENHAGEN)
    assert is_night(now.astimezone(UTC), time(21), time(8)) is night


def test_a_night_of_one_day_and_no_night() -> None:
    noon = datetime(2026, 7, 1, 12, 0, tzinfo=COPENHAGEN)
    assert is_night(noon, time(11), time(13))
    assert not is_night(noon, time(12), time(12))
