"""When to try again: the pauses grow, stay within their bounds, and honour what the recipient asks for."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.reports.retry import (
    FEWEST_ATTEMPTS,
    FIRST_PAUSE,
    LONGEST_PAUSE,
    asked_pause,
    is_hopeless,
    next_attempt,
)

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
WEEK = timedelta(days=7)
CHANCES = st.floats(0, 1, exclude_max=True)
ATTEMPTS = st.integers(1, 10_000)


def test_the_pauses_without_luck() -> None:
    pauses = [next_attempt(attempts, now=NOW, chance=0) - NOW for attempts in range(1, 9)]
    assert [pause.total_seconds() / 60 for pause in pauses] == [0.5, 2, 8, 32, 128, 360, 360, 360]


@given(ATTEMPTS, CHANCES)
def test_luck_shortens_a_pause_by_a_fifth_at_most(attempts: int, chance: float) -> None:
    pause = next_attempt(attempts, now=NOW, chance=chance) - NOW
    full = next_attempt(attempts, now=NOW, chance=0) - NOW
    assert 0.8 * full <= pause <= full <= LONGEST_PAUSE


@given(ATTEMPTS, CHANCES, CHANCES)
def test_a_pause_never_gets_shorter_until_it_is_the_longest(attempts: int, chance: float, other: float) -> None:
    earlier = next_attempt(attempts, now=NOW, chance=chance)
    later = next_attempt(attempts + 1, now=NOW, chance=other)
    assert earlier <= later or earlier - NOW > 0.8 * LONGEST_PAUSE


@given(ATTEMPTS, CHANCES, st.timedeltas())
def test_what_the_recipient_asks_for_counts_within_bounds(attempts: int, chance: float, asked: timedelta) -> None:
    pause = next_attempt(attempts, now=NOW, chance=chance, asked=asked) - NOW
    assert pause == asked or (asked < FIRST_PAUSE == pause) or (asked > LONGEST_PAUSE == pause)


def test_a_first_attempt_has_no_pause() -> None:
    with pytest.raises(ValueError, match="first attempt"):
        next_attempt(0, now=NOW, chance=0)


@pytest.mark.parametrize(
    ("header", "pause"),
    [
        ("120", timedelta(minutes=2)),
        (" 0 ", timedelta(0)),
        ("9" * 400, LONGEST_PAUSE),
        (format_datetime(NOW + timedelta(minutes=10), usegmt=True), timedelta(minutes=10)),
        (format_datetime(NOW - timedelta(minutes=10), usegmt=True), timedelta(minutes=-10)),
        ("Mon, 16 Nov 2026 10:10:00 +0100", timedelta(minutes=10)),
        ("Mon, 16 Nov 9999 09:00:00 GMT", LONGEST_PAUSE),
        (None, None),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("0 Jan 10000000000 0:0 0", None),
        ("1.5", None),
        ("٣", None),
    ],
)
def test_retry_after(header: str | None, pause: timedelta | None) -> None:
    assert asked_pause(header, NOW) == pause


@given(st.text() | st.from_regex(r"\w{3}, \d{1,9} \w{3} \d{1,9} [\d:]{1,9} [+-]?\w{1,9}", fullmatch=True))
def test_whatever_the_header_says_it_breaks_nothing(header: str) -> None:
    pause = asked_pause(header, NOW)
    assert pause is None or next_attempt(1, now=NOW, chance=0, asked=pause) > NOW


@given(ATTEMPTS, st.timedeltas(timedelta(0), timedelta(days=30)))
def test_giving_up_takes_both_time_and_attempts(attempts: int, waited: timedelta) -> None:
    hopeless = is_hopeless(attempts, created_at=NOW - waited, now=NOW, patience=WEEK)
    assert hopeless == (attempts >= FEWEST_ATTEMPTS and waited >= WEEK)
