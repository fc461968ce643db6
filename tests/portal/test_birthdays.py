"""A date of birth as people write it."""

from datetime import date

import pytest

from portal.citizen.birthdays import BirthDateInvalid, read_birth_date

TODAY = date(2026, 11, 16)


@pytest.mark.parametrize(
    "typed",
    [
        ("14", "3", "1951"),
        (" 14. ", "03", "1951 "),
        ("14", "marts", "1951"),
        ("14", "Mar.", "1951"),
        ("14", "MARCH", "1951"),
    ],
)
def test_one_day_is_written_in_many_ways(typed: tuple[str, str, str]) -> None:
    assert read_birth_date(*typed, TODAY) == date(1951, 3, 14)


@pytest.mark.parametrize(
    "typed",
    [
        ("", "", ""),
        ("31", "2", "1951"),
        ("29", "2", "1951"),
        ("14", "3", "51"),
        ("14", "ma", "1951"),
        ("14", "13", "1951"),
        ("17", "11", "2026"),
        ("14", "3", "1899"),
        ("014", "3", "1951"),
        ("-4", "3", "1951"),
        ("١٤", "٣", "١٩٥١"),
        ("🎂", "3", "1951"),
        ("1\x00", "3", "1951"),
    ],
)
def test_what_is_no_day_in_the_past_is_refused(typed: tuple[str, str, str]) -> None:
    with pytest.raises(BirthDateInvalid):
        read_birth_date(*typed, TODAY)


def test_somebody_may_be_born_today() -> None:
    assert read_birth_date("16", "11", "2026", TODAY) == TODAY
