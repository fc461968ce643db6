"""The identifiers: what is accepted, what is refused, and that demo identities cannot be real."""

from collections.abc import Callable
from datetime import date
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum import verhoeff
from stdnum.dk import cpr

from providers.identifiers import (
    demo_authorisation_id,
    demo_cpr,
    demo_cvr,
    demo_sor,
    is_authorisation_id,
    is_cpr,
    is_cvr,
    is_gln,
    is_municipality_code,
    is_sor,
)

# No person or business of these numbers: they are built by rule, or printed as examples by the registers.
ACCEPTED: list[tuple[Callable[[str], bool], list[str]]] = [
    (is_cvr, ["90000004", "90000012"]),
    (is_gln, ["5790000000005", "0000000000000"]),
    (is_sor, ["12345678901", "123456789012345678"]),
    (is_cpr, ["0101500000", "2902604321", "2902004000", "3112991234"]),
    (is_authorisation_id, ["bcdfg", "BCDFG", "y0z9x", "00000"]),
    (is_municipality_code, ["0101", "0411", "0860"]),
]
REFUSED: list[tuple[Callable[[str], bool], list[str]]] = [
    (is_cvr, ["90000005", "9000000", "900000040", "00000000", "DK90000004", "90 00 00 04", "90000004\n"]),
    (is_gln, ["5790000000006", "579000000000", "73513537", "12345670", "57900000000050"]),
    (is_sor, ["1234567890", "1234567890a", "-12345678901"]),
    (is_cpr, ["3202501234", "0013501234", "0000000000", "2902590001", "3104501234", "010150-0000", "010150000"]),
    (is_authorisation_id, ["abcde", "bcdf", "bcdfgh", "bcdfe", "bcd g", "bcdøg", "\u212abcdf"]),
    (is_municipality_code, ["0000", "1000", "0900", "0100", "101", "00101", "10a1"]),
]
EVERY = [is_cvr, is_gln, is_sor, is_cpr, is_authorisation_id, is_municipality_code]


@pytest.mark.parametrize(("check", "text"), [(check, text) for check, texts in ACCEPTED for text in texts])
def test_accepted(check: Callable[[str], bool], text: str) -> None:
    assert check(text)


@pytest.mark.parametrize(("check", "text"), [(check, text) for check, texts in REFUSED for text in texts])
def test_refused(check: Callable[[str], bool], text: str) -> None:
    assert not check(text)


@pytest.mark.parametrize("check", EVERY)
@pytest.mark.parametrize("text", ["", "\0", "\U0001f600", "٠١٠١٥٠٠٠٠٠٠", "０１０１"])
def test_figures_are_ascii_figures(check: Callable[[str], bool], text: str) -> None:
    assert not check(text)


DEMO = st.randoms(use_true_random=True)


@given(DEMO, st.dates(date(1900, 1, 1), date(1999, 12, 31)))
def test_a_demo_person_cannot_be_real(random: Random, born: date) -> None:
    assume((born.month, born.day) != (1, 1))
    number = demo_cpr(random, born)
    assert is_cpr(number)
    assert cpr.checksum(number) != 0
    assert cpr.get_birth_date(number) == born


@pytest.mark.parametrize("born", [date(1950, 1, 1), date(2000, 5, 5), date(1899, 12, 31)])
@given(random=DEMO)
def test_a_day_of_birth_that_could_be_real_is_refused(random: Random, born: date) -> None:
    with pytest.raises(ValueError, match="not on 1 January"):
        demo_cpr(random, born)


@given(DEMO)
def test_demo_organisations_cannot_be_real(random: Random) -> None:
    business, place = demo_cvr(random), demo_sor(random)
    assert is_cvr(business)
    assert business.startswith("9")
    assert is_sor(place)
    assert verhoeff.is_valid(place)
    assert (len(place), place[8:15]) == (18, "0000000")


@given(DEMO)
def test_a_demo_practitioner_has_a_well_formed_id(random: Random) -> None:
    number = demo_authorisation_id(random)
    assert is_authorisation_id(number)
    assert number.startswith("z")


@given(st.integers(0, 2**32))
def test_the_same_seed_gives_the_same_identities(seed: int) -> None:
    first, second = Random(seed), Random(seed)  # noqa: S311 - the demo is to be the same each time
    for make in (demo_cvr, demo_sor, demo_authorisation_id):
        assert make(first) == make(second)
    assert demo_cpr(first, date(1950, 2, 1)) == demo_cpr(second, date(1950, 2, 1))
