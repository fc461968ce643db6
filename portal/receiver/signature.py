"""Is it from the portal, whole and fresh? The checks of Standard Webhooks, with the clock as a parameter."""

import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from standardwebhooks import Webhook

TOLERANCE = timedelta(minutes=5)
"""How far the sender's clock may be from ours; also how long a copied request can be played back."""


class SignatureWrong(Exception):
    """The request proves nothing; the text says what is missing, for the sender's log."""


def verified_id(headers: Mapping[str, str], body: bytes, secret: str, now: datetime) -> str:
    """The message id of a genuine request; raises SignatureWrong for every other one.

    `Webhook.verify` of the library is not used: it reads the clock itself, and breaks on malformed signatures.
    """
    message_id = headers.get("webhook-id", "")
    signatures = headers.get("webhook-signature", "")
    if not message_id or not signatures:
        raise SignatureWrong("the headers webhook-id, webhook-timestamp and webhook-signature are needed")
    sent_at = _moment(headers.get("webhook-timestamp", ""))
    if abs(now - sent_at) > TOLERANCE:
        raise SignatureWrong("webhook-timestamp is too old or too new")
    expected = _signature(message_id, sent_at, body, secret).encode()
    # Several signatures, separated by spaces, let a sender change its secret without a gap.
    if not any(hmac.compare_digest(expected, given.encode()) for given in signatures.split(" ")):
        raise SignatureWrong("no signature matches")
    return message_id


def _moment(timestamp: str) -> datetime:
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 11):
        raise SignatureWrong("webhook-timestamp is not a number of seconds")
    return datetime.fromtimestamp(int(timestamp), UTC)


def _signature(message_id: str, sent_at: datetime, body: bytes, secret: str) -> str:
    try:
        return Webhook(secret).sign(message_id, sent_at, body.decode())
    except UnicodeDecodeError as error:
        raise SignatureWrong("the body is not UTF-8") from error
