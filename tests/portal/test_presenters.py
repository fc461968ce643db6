"""How dates, times, distances and numbers are said, in both languages."""

from datetime import UTC, date, datetime

import pytest

from portal.language import language
from portal.presenting import dates
from portal.presenting.numbers import kilometres, radius_words, tel
from portal.presenting.words import language_names

DANISH, ENGLISH = language("da"), language("en")


@pytest.mark.parametrize(
    ("moment", "danish", "english"),
    [
        (
            datetime(2026, 11, 23, 9, 30, tzinfo=UTC),
            "mandag den 23. november 2026 kl. 10.30",
            "Monday 23 November 2026 at 10:30",
        ),
        # Midnight belongs to the day that begins, by Danish clocks.
        (
            datetime(2026, 6, 30, 22, 0, tzinfo=UTC),
            "onsdag den 1. juli 2026 kl. 00.00",
            "Wednesday 1 July 2026 at 00:00",
        ),
        # On the Sunday when the clocks go back there are two of this hour; both are said alike.
        (
            datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
            "søndag den 25. oktober 2026 kl. 02.30",
            "Sunday 25 October 2026 at 02:30",
        ),
        (
            datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
            "søndag den 25. oktober 2026 kl. 02.30",
            "Sunday 25 October 2026 at 02:30",
        ),
        # And on the one when they go forward, the hour after one is three.
        (
            datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
            "søndag den 29. marts 2026 kl. 03.00",
            "Sunday 29 March 2026 at 03:00",
        ),
    ],
)
def test_a_moment_is_said_by_danish_clocks(moment: datetime, danish: str, english: str) -> None:
    assert dates.day_and_time(moment, DANISH) == danish
    assert dates.day_and_time(moment, ENGLISH) == english


def test_a_day_may_leave_out_its_year() -> None:
    assert dates.day(date(2026, 11, 23), DANISH, year=False) == "mandag den 23. november"
    assert dates.short_date(date(2026, 11, 23), ENGLISH) == "23 November 2026"


@pytest.mark.parametrize(
    ("days", "danish", "english"),
    [
        (6, "Der er 6 dage til fristen.", "There are 6 days until the deadline."),
        (1, "Der er 1 dag til fristen.", "There is 1 day until the deadline."),
        (0, "Fristen er i dag.", "The deadline is today."),
        (-1, "Fristen blev overskredet for 1 dag siden.", "The deadline passed 1 day ago."),
        (-9, "Fristen blev overskredet for 9 dage siden.", "The deadline passed 9 days ago."),
    ],
)
def test_days_left_are_counted(days: int, danish: str, english: str) -> None:
    assert (dates.days_left(days, DANISH), dates.days_left(days, ENGLISH)) == (danish, english)


@pytest.mark.parametrize(
    ("moment", "danish"),
    [
        (datetime(2026, 11, 16, 9, 0, tzinfo=UTC), "1 dag før fristen"),
        (datetime(2026, 11, 17, 9, 0, tzinfo=UTC), "på dagen for fristen"),
        # Half past eleven at night in Denmark is still the day of the deadline; half past midnight is not.
        (datetime(2026, 11, 17, 22, 30, tzinfo=UTC), "på dagen for fristen"),
        (datetime(2026, 11, 17, 23, 30, tzinfo=UTC), "1 dag efter fristen"),
        (datetime(2026, 11, 20, 9, 0, tzinfo=UTC), "3 dage efter fristen"),
    ],
)
def test_a_first_contact_is_held_against_the_deadline_by_danish_days(moment: datetime, danish: str) -> None:
    assert dates.against_deadline(moment, date(2026, 11, 17), DANISH) == danish


@pytest.mark.parametrize(
    ("metres", "danish", "english"),
    [
        (0.0, "under 100 m", "less than 100 m"),
        (99.9, "under 100 m", "less than 100 m"),
        (3_214.0, "3,2 km", "3.2 km"),
        (99_940.0, "99,9 km", "99.9 km"),
        (151_500.0, "152 km", "152 km"),
    ],
)
def test_distances_are_said_in_kilometres(metres: float, danish: str, english: str) -> None:
    assert (kilometres(metres, DANISH), kilometres(metres, ENGLISH)) == (danish, english)


def test_a_radius_is_a_length_or_everywhere() -> None:
    assert (radius_words(25, DANISH), radius_words(None, DANISH)) == ("25 km", "hele landet")


def test_a_telephone_is_dialled_with_its_country() -> None:
    assert (tel("00 00 00 00"), tel("+46 00 00 00")) == ("+4500000000", "+46000000")


def test_languages_are_named_and_unknown_ones_stay() -> None:
    assert language_names(["da", "en", "zz"], DANISH) == "dansk, engelsk, zz"
    assert language_names(["da"], ENGLISH) == "Danish"
