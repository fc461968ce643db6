"""What an answer means, and that its text is ours."""

import ssl
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.reports.answers import Verdict, judge, no_answer

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
PAGE = b"\xef\xbb\xbf \n<!DOCTYPE html><html><title>Log ind</title>"


@pytest.mark.parametrize(
    ("status", "verdict", "away"),
    [
        (200, Verdict.ACCEPTED, False),
        (202, Verdict.ACCEPTED, False),
        (204, Verdict.ACCEPTED, False),
        (299, Verdict.ACCEPTED, False),
        (300, Verdict.LATER, True),
        (302, Verdict.LATER, True),
        (304, Verdict.LATER, True),
        (400, Verdict.REFUSED, False),
        (401, Verdict.REFUSED, False),
        (403, Verdict.REFUSED, False),
        (404, Verdict.REFUSED, False),
        (408, Verdict.LATER, False),
        (409, Verdict.REFUSED, False),
        (410, Verdict.REFUSED, False),
        (413, Verdict.REFUSED, False),
        (422, Verdict.REFUSED, False),
        (425, Verdict.LATER, False),
        (429, Verdict.LATER, True),
        (500, Verdict.LATER, False),
        (502, Verdict.LATER, True),
        (503, Verdict.LATER, True),
        (504, Verdict.LATER, True),
        (599, Verdict.LATER, False),
        (999, Verdict.LATER, False),
    ],
)
def test_each_status_has_one_meaning(status: int, verdict: Verdict, away: bool) -> None:
    answer = judge(status, b"{}", None, NOW)
    assert (answer.verdict, answer.away) == (verdict, away)


@pytest.mark.parametrize("page", [PAGE, b"<HTML lang=da>", b"<?xml version='1.0'?><html xmlns='x'>"])
def test_a_page_for_people_is_no_acceptance(page: bytes) -> None:
    answer = judge(200, page, None, NOW)
    assert (answer.verdict, answer.text) == (Verdict.LATER, "200 OK, with a page for people")


def test_a_page_beside_an_error_changes_nothing() -> None:
    assert judge(503, PAGE, None, NOW).verdict is Verdict.LATER


@pytest.mark.parametrize("body", [b"", b"ok", b'{"ok": true}', b"\xff\xfe\x00", b"<ack/>"])
def test_any_other_body_is_of_no_interest(body: bytes) -> None:
    assert judge(200, body, None, NOW).verdict is Verdict.ACCEPTED


def test_the_pause_asked_for_comes_along() -> None:
    assert judge(429, b"", "90", NOW).asked == timedelta(seconds=90)
    assert judge(429, b"", "whenever", NOW).asked is None


@given(st.integers(100, 999), st.binary(), st.none() | st.text())
def test_the_text_is_short_and_ours(status: int, body: bytes, retry_after: str | None) -> None:
    text = judge(status, body, retry_after, NOW).text
    assert text.startswith(str(status))
    assert len(text) <= 60
    assert text == judge(status, body, None, NOW).text


def test_no_answer_is_named_by_its_innermost_cause() -> None:
    error = httpx.ConnectError("[SSL] certificate of 010150-1234 has expired")
    error.__cause__ = ssl.SSLCertVerificationError("expired")
    answer = no_answer(error)
    assert (answer.verdict, answer.text, answer.away) == (Verdict.LATER, "No answer: SSLCertVerificationError", True)


def test_no_answer_without_a_cause_is_named_by_its_kind() -> None:
    assert no_answer(httpx.RemoteProtocolError("illegal status line 010150-1234")).text == (
        "No answer: RemoteProtocolError"
    )
