"""The receiver checks what it gets, forgets nothing, and shows it without believing it."""

import base64
import hashlib
import hmac
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import httpx
import orjson
import pytest
from standardwebhooks import Webhook

from matching.reports.signing import new_secret, signed_headers
from portal.receiver.signature import TOLERANCE, SignatureWrong, verified_id
from tests.support.receivers import Receiver, a_receiver
from tests.support.worlds import NOW

REPORT = {"event": "booked", "case_reference": "SAG-1", "sequence": 1}
BODY = orjson.dumps(REPORT)
SECRET = new_secret()


def headers(secret: str, *, message_id: str = "message-1", at: datetime = NOW, body: bytes = BODY) -> dict[str, str]:
    """A sender's headers, computed without the library."""
    timestamp = str(int(at.timestamp()))
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signature = hmac.digest(key, f"{message_id}.{timestamp}.".encode() + body, hashlib.sha256)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": f"v1,{base64.b64encode(signature).decode()}",
    }


@pytest.fixture
def receiver(tmp_path: Path) -> Iterator[Receiver]:
    with a_receiver(store=tmp_path / "reports.jsonl") as receiver:
        yield receiver


def post(receiver: Receiver, body: bytes = BODY, changes: dict[str, str] | None = None) -> httpx.Response:
    return httpx.post(receiver.url, content=body, headers=headers(receiver.secret, body=body) | (changes or {}))


def stored(receiver: Receiver) -> list[dict[str, object]]:
    reports: list[dict[str, object]] = httpx.get(f"{receiver.url}.json").json()
    return reports


def test_a_genuine_report_is_taken(receiver: Receiver) -> None:
    assert post(receiver).status_code == 204
    assert stored(receiver) == [
        {"message_id": "message-1", "received_at": NOW.isoformat(), "duplicate": False, "report": REPORT}
    ]


def test_the_second_time_it_is_a_duplicate(receiver: Receiver) -> None:
    assert [post(receiver).status_code for _ in range(3)] == [204, 200, 200]
    assert [report["duplicate"] for report in stored(receiver)] == [False, True, True]


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"[]", 400), (b"not JSON", 400), (b"", 400), (b'{"a": "' + b"b" * 65536 + b'"}', 413)],
)
def test_a_genuine_body_must_be_a_small_json_object(receiver: Receiver, body: bytes, status: int) -> None:
    assert post(receiver, body).status_code == status
    assert stored(receiver) == []


def test_a_changed_body_is_refused(receiver: Receiver) -> None:
    answer = httpx.post(receiver.url, content=BODY + b" ", headers=headers(receiver.secret))
    assert (answer.status_code, answer.json()["detail"]) == (401, "no signature matches")
    assert stored(receiver) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"webhook-id": "another"},
        {"webhook-id": ""},
        {"webhook-timestamp": str(int(NOW.timestamp()) + 1)},
        {"webhook-timestamp": "now"},
        {"webhook-timestamp": "nan"},
        {"webhook-timestamp": "-1"},
        {"webhook-timestamp": "9" * 400},
        {"webhook-timestamp": ""},
        {"webhook-signature": ""},
        {"webhook-signature": "v1"},
        {"webhook-signature": "v1,not base64 v1a,x ,,,"},
        {"webhook-signature": headers(SECRET)["webhook-signature"]},
    ],
)
def test_every_wrong_header_is_refused(receiver: Receiver, changes: dict[str, str]) -> None:
    assert post(receiver, changes=changes).status_code == 401
    assert stored(receiver) == []


@pytest.mark.parametrize("age", [TOLERANCE, -TOLERANCE])
def test_a_request_is_good_for_five_minutes(age: timedelta) -> None:
    sent = headers(SECRET, at=NOW - age)
    assert verified_id(sent, BODY, SECRET, NOW) == "message-1"
    with pytest.raises(SignatureWrong, match="too old or too new"):
        verified_id(sent, BODY, SECRET, NOW + age / abs(age) * timedelta(seconds=1))


def test_one_of_several_signatures_is_enough() -> None:
    sent = headers(SECRET)
    sent["webhook-signature"] = f"{headers(new_secret())['webhook-signature']} {sent['webhook-signature']}"
    assert verified_id(sent, BODY, SECRET, NOW) == "message-1"


def test_a_body_that_is_no_text_proves_nothing() -> None:
    body = b"\xff\xfe"
    with pytest.raises(SignatureWrong, match="UTF-8"):
        verified_id(headers(SECRET, body=body), body, SECRET, NOW)


def test_our_signatures_satisfy_the_library_of_the_standard() -> None:
    """As another municipality's developer would check them: with the library, and its own clock."""
    sent = signed_headers(uuid4(), BODY, [SECRET], datetime.now(UTC))
    assert Webhook(SECRET).verify(BODY, sent) == REPORT


def test_a_restart_forgets_nothing(tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    with a_receiver(store=path) as before:
        post(before)
    # A crash while writing leaves half a line.
    path.write_bytes(path.read_bytes() + b'{"message_id": "message-2", "rec')
    with a_receiver(store=path) as after:
        assert post(after).status_code == 200
        assert post(after, changes=headers(after.secret, message_id="message-2")).status_code == 204
    with a_receiver(store=path) as later:
        assert [(report["message_id"], report["duplicate"]) for report in stored(later)] == [
            ("message-1", False),
            ("message-1", True),
            ("message-2", False),
        ]


def test_the_page_shows_reports_and_runs_nothing_of_them(receiver: Receiver) -> None:
    post(receiver, orjson.dumps(REPORT | {"event": "<script>alert(1)</script>"}))
    page = httpx.get(receiver.url.removesuffix("reports"))
    assert page.headers["content-type"].startswith("text/html")
    assert "sag SAG-1" in page.text
    assert "&lt;script&gt;" in page.text
    assert "<script" not in page.text


def test_a_report_of_another_version_is_shown_as_it_is(receiver: Receiver) -> None:
    assert post(receiver, b'{"version": 9}').status_code == 204
    assert "&#34;version&#34;: 9" in httpx.get(receiver.url.removesuffix("reports")).text


def test_troubles_come_when_asked_for(receiver: Receiver) -> None:
    receiver.trouble.failures, receiver.trouble.status = 2, 429
    receiver.trouble.headers = {"retry-after": "7"}
    answers = [post(receiver) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [429, 429, 204]
    assert answers[0].headers["retry-after"] == "7"
    receiver.trouble.page = True
    assert post(receiver).text.startswith("<!DOCTYPE html>")
    assert len(stored(receiver)) == 1


def test_hanging_it_takes_the_report_and_says_nothing(receiver: Receiver) -> None:
    receiver.trouble.hang = True
    with ThreadPoolExecutor() as pool:
        answer = pool.submit(post, receiver)
        while not stored(receiver):
            pass
        # Each of these is answered, and the report is not.
        assert [len(stored(receiver)) for _ in range(10)] == [1] * 10
        assert not answer.done()
        receiver.trouble.hang = False
        assert answer.result().status_code == 204
