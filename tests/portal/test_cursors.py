"""Cursors come back as they went out, and no other way."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.finding import Position
from portal.cursors import CursorInvalid, decode_cursor, encode_cursor, query_fingerprint

KEY = "a key for tests that is long enough"
QUESTION = query_fingerprint("01-kirurgisk", "basic", None)


@given(
    st.floats(min_value=0, max_value=1e6, allow_nan=False),
    st.integers(1, 2**31 - 1),
    st.none()
    | st.timedeltas(timedelta(0), timedelta(days=900)).map(lambda later: datetime(2026, 1, 1, tzinfo=UTC) + later),
)
def test_a_position_survives_to_the_last_bit(distance: float, site_id: int, first_free: datetime | None) -> None:
    position = Position(distance, site_id, first_free)
    assert decode_cursor(encode_cursor(position, QUESTION, KEY), QUESTION, KEY) == position


@pytest.mark.parametrize("text", ["", "x", "W10", "💥", "\x00", "a.b.c", "x" * 10_000])
def test_text_that_is_no_cursor_is_refused(text: str) -> None:
    with pytest.raises(CursorInvalid):
        decode_cursor(text, QUESTION, KEY)


def test_a_cursor_fits_no_other_question_and_no_other_key() -> None:
    cursor = encode_cursor(Position(10.5, 7), QUESTION, KEY)
    for question, key in ((query_fingerprint("01-kirurgisk", "advanced", None), KEY), (QUESTION, KEY[::-1])):
        with pytest.raises(CursorInvalid):
            decode_cursor(cursor, question, key)


def test_every_changed_character_is_noticed() -> None:
    cursor = encode_cursor(Position(10.5, 7), QUESTION, KEY)
    # The last character of a base64 part carries spare bits, so that a change of it may mean the same bytes.
    for place in range(len(cursor) - 1):
        changed = cursor[:place] + ("A" if cursor[place] != "A" else "B") + cursor[place + 1 :]
        with pytest.raises(CursorInvalid):
            decode_cursor(changed, QUESTION, KEY)


def test_a_cursor_ends_after_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    cursor = encode_cursor(Position(10.5, 7), QUESTION, KEY)
    monkeypatch.setattr("portal.cursors.LIFE", timedelta(seconds=-1))
    with pytest.raises(CursorInvalid):
        decode_cursor(cursor, QUESTION, KEY)
