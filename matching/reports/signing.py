"""Standard Webhooks signatures: the recipient can tell that a report is ours, whole and fresh.

https://www.standardwebhooks.com: HMAC-SHA256 over `id.timestamp.body` with a secret that both sides know.
"""

import base64
from collections.abc import Sequence
from datetime import UTC, datetime
from secrets import token_bytes
from uuid import UUID

from standardwebhooks import Webhook

_SECRET_BYTES = 32


def new_secret() -> str:
    """A fresh shared secret in the form in which both sides write it, `whsec_` and base64."""
    return f"whsec_{base64.b64encode(token_bytes(_SECRET_BYTES)).decode()}"


def signed_headers(message_id: UUID, body: bytes, secrets: Sequence[str], now: datetime) -> dict[str, str]:
    """The three headers of one attempt. The id is the same at every attempt, the time and the signatures are not.

    There is one signature for each secret, so that a recipient may change over in its own time. Raises ValueError, or
    the library's error for an empty secret, when there is none or one cannot be used.
    """
    if not secrets:
        raise ValueError("nothing to sign with")
    # The library takes whatever zone a datetime has for UTC.
    moment = now.astimezone(UTC)
    return {
        "webhook-id": str(message_id),
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": " ".join(
            Webhook(secret).sign(str(message_id), moment, body.decode()) for secret in secrets
        ),
    }
