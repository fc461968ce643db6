"""Gateways: programs of the operator or its suppliers that take a message as JSON, and pass it on.

Each is posted one object, with the bearer token of its setting, over https through the guard of `providers.outgoing`.
2xx takes the message; 4xx refuses it for good; everything else is tried again under the same `id`, which the gateway
may therefore see twice, also as `Idempotency-Key`.

SMS           `{"id", "to": "+4512345678", "from": "Genvej", "text"}`
Digital Post  `{"id", "cpr", "title", "file_name", "pdf": base64}`; 4xx, for instance because the citizen is exempt,
              puts the letter into the municipality's print queue. The national solution itself wants an agreement and
              a certificate, which an operator's own gateway has; there is none of its kind in here.
The doctor    `{"id", "cpr", "name", "text"}`; the gateway finds the own doctor by the CPR number.
"""

from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime

import httpx
import orjson

from matching.models import Channel
from matching.reports.answers import Answer
from matching.reports.webhook import post_report
from portal.messages.config import Gateway
from portal.messages.rendering import sms_text
from portal.messages.ways import Item

_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class GatewayWay:
    """`sender` is what an SMS says that it is from."""

    client: httpx.AsyncClient
    gateway: Gateway
    sender: str = ""
    seconds: float = _SECONDS

    async def send(self, item: Item, now: datetime) -> Answer:
        headers = {"Idempotency-Key": str(item.id)}
        if self.gateway.token:
            headers["Authorization"] = f"Bearer {self.gateway.token}"
        body = orjson.dumps(document(item, self.sender))
        return await post_report(self.client, self.gateway.url, body, headers, now=now, seconds=self.seconds)


def document(item: Item, sender: str) -> dict[str, str]:
    """What a gateway is told of a message."""
    return {"id": str(item.id), **_parts(item, sender)}


def _parts(item: Item, sender: str) -> dict[str, str]:
    if item.channel is Channel.SMS:
        return {"to": item.to, "from": sender, "text": sms_text(item.words, item.facts, item.spoken)}
    known = item.citizen
    if known is None:
        raise ValueError("a letter needs its recipient")
    if item.channel is Channel.DOCTOR:
        return {"cpr": known.cpr, "name": known.name, "text": " ".join(item.words.sentences)}
    letter = b64encode(item.letter or b"").decode()
    return {"cpr": known.cpr, "title": item.words.subject, "file_name": "genvej.pdf", "pdf": letter}
