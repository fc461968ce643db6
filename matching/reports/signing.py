"""Standard Webhooks signatures: the recipient can tell that a report is ours, whole and fresh.

https://www.standardwebhooks.com: HMAC-SHA256 over `id.timestamp.body` with a secret that both sides know.
"""

import base64
import secrets
from datetime import UTC, datetime
from uuid import UUID

from standardwebhooks import Webhook

_SECRET_BYTES = 32


def new_secret() -> str:
    """A fresh shared secret in the form in which both sides write it, `whsec_` and base64."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()}"


def signed_headers(message_id: UUID, body: bytes, secret: str, now: datetime) -> dict[str, str]:
    """The three headers of one attempt. The id is the same at every attempt, the time and the signature are not.

    Raises ValueError, or the library's error for an empty secret, when the secret cannot be used.
    """
    # The library takes whatever zone a datetime has for UTC.
    moment = now.astimezone(UTC)
    return {
        "webhook-id": str(message_id),
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": Webhook(secret).sign(str(message_id), moment, body.decode()),
    }
