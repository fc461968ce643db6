"""The two codes: what is issued, how it is read back, and what its check symbol catches."""

from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from matching.codes import (
    ALPHABET,
    AccessCodeMistyped,
    CodeMistyped,
    format_access_code,
    format_code,
    issue_access_code,
    issue_code,
    parse_access_code,
    parse_code,
)

KEY = b"a key of the tests only, 32 byte"


def issued(number: int) -> str:
    """The canonical code of a number that was drawn."""
    return parse_code(issue_code(lambda below: number))


codes = st.integers(0, 32**13 - 1).filter(lambda number: number % 37 < 32).map(issued)


def is_read(text: str) -> bool:
    try:
        parse_code(text)
    except CodeMistyped:
        return False
    return True


def swapped(code: str, at: int) -> str:
    return code[:at] + code[at + 1] + code[at] + code[at + 2 :]


@given(codes, st.integers(0, 13), st.sampled_from(ALPHABET))
def test_every_single_wrong_character_is_caught(code: str, at: int, wrong: str) -> None:
    assume(wrong != code[at])
    assert not is_read(code[:at] + wrong + code[at + 1 :])


@given(codes, st.integers(0, 12))
def test_every_swap_of_neighbours_is_caught(code: str, at: int) -> None:
    assume(code[at] != code[at + 1])
    assert not is_read(swapped(code, at))


def test_one_code_whole() -> None:
    """All 14 x 31 wrong characters and all 13 swaps of one code, without luck."""
    code = parse_code("7K3M-9QXP-2BHT-94")
    assert all(code[at] != code[at + 1] for at in range(13))
    wrong = [code[:at] + other + code[at + 1 :] for at, other in product(range(14), ALPHABET) if other != code[at]]
    assert len(wrong) == 14 * 31
    assert not [text for text in wrong + [swapped(code, at) for at in range(13)] if is_read(text)]


def test_every_swap_with_the_check_symbol_is_caught() -> None:
    """All ends of codes: the last symbol, its check symbol, and what stands before them modulo 37."""
    for before in range(37):
        start = "1" * 10 + ALPHABET[before // 32] + ALPHABET[before % 32]
        ends = [last + check for last, check in product(ALPHABET, ALPHABET) if is_read(start + last + check)]
        assert len(ends) >= 32 - 5
        assert not [end for end in ends if end[0] != end[1] and is_read(start + end[1] + end[0])]


@given(codes)
def test_a_missing_or_an_extra_character_is_caught(code: str) -> None:
    assert not is_read(code[:-1])
    assert not is_read(code[1:])
    assert not is_read(code + code[0])


@given(codes, st.data())
def test_people_type_as_they_like(code: str, data: st.DataObject) -> None:
    lookalikes = {"0": "0oO", "1": "1iIlL"}
    typed = "".join(
        data.draw(st.sampled_from(lookalikes.get(symbol, symbol + symbol.lower())))
        + data.draw(st.sampled_from(["", "", " ", "-", " - ", "\u2011", "\u2013", "\u00a0", "\u2212", "\u200b"]))
        for symbol in code
    )
    assert parse_code(f" {typed}\n") == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "----",
        "01 kirurgisk basal",
        "7K3M-9QXP-2BHT-9\U0001f600",
        "7K3M-9QXP-2BHT-94\0",
        "7K3M-9QXP-2BHT-9U",
        "7K3M-9QXP-2BHT-9ſ",
        "７K3M-9QXP-2BHT-94",
        "7K3M-9QXP-2BHT-94" + " " * 48,
        "7K3M" * 1_000_000,
    ],
)
def test_anything_else_is_refused_in_one_way(text: str) -> None:
    with pytest.raises(CodeMistyped) as refused:
        parse_code(text)
    assert refused.value.code == "code_mistyped"
    assert refused.value.details == {}
    with pytest.raises(AccessCodeMistyped):
        parse_access_code(text)


@given(codes)
def test_an_issued_code_is_letters_and_figures_in_groups_of_four(code: str) -> None:
    assert len(code) == 14
    assert set(code) <= set(ALPHABET)
    printed = format_code(code)
    assert [len(group) for group in printed.split("-")] == [4, 4, 4, 2]
    assert parse_code(printed) == code


def test_a_code_that_cannot_be_said_is_drawn_anew() -> None:
    draws = iter([36, 33, 32, 31])
    assert issue_code(lambda below: next(draws)) == "0000-0000-0000-ZZ"
    assert next(draws, None) is None


def test_codes_come_from_the_systems_randomness_and_differ() -> None:
    asked: list[int] = []

    def watched(below: int) -> int:
        asked.append(below)
        return 0

    issue_code(watched)
    issue_access_code(watched)
    assert asked == [2**65, 2**40]
    assert len({issue_code() for _ in range(200)}) == 200


def test_the_access_code_is_two_groups_read_as_people_type() -> None:
    assert issue_access_code(lambda below: below - 1) == "ZZZZ-ZZZZ"
    assert parse_access_code(" 4ktm 92xq ") == "4KTM92XQ"
    assert parse_access_code("O1Li-olI1") == "01110111"
    assert format_access_code("4KTM92XQ") == "4KTM-92XQ"
    for text in ("4KTM-92X", "4KTM-92XQQ", "4KTM-92XU", "4KTM-92X\U0001f600"):
        with pytest.raises(AccessCodeMistyped):
            parse_access_code(text)


@given(st.integers(0, 32**8 - 1))
def test_an_issued_access_code_is_read_back(number: int) -> None:
    printed = issue_access_code(lambda below: number)
    assert format_access_code(parse_access_code(printed)) == printed
