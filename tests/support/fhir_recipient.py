"""A municipality's FHIR system on a port of this machine: it acknowledges messages, and gives out tokens."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from matching.reports.formats.acknowledgement import AckCode, Issue, acknowledge
from tests.support.cases_reported import HOME, NOW, OURS
from tests.support.receivers import address_of, bound_socket, serving


@dataclass
class FhirRecipient:
    """`says` is the acknowledgement that each message gets at once; None takes it without a word.

    `mixes_up`: it is another message's.
    """

    url: str
    says: AckCode | None = AckCode.OK
    mixes_up: bool = False
    bundles: list[dict[str, Any]] = field(default_factory=list)
    authorisations: list[str] = field(default_factory=list)
    tokens_given: int = 0

    @property
    def token_url(self) -> str:
        return self.url.replace("/reports", "/token")


@contextmanager
def a_fhir_recipient() -> Iterator[FhirRecipient]:
    listener = bound_socket()
    recipient = FhirRecipient(address_of(listener))

    async def post(request: Request) -> Response:
        recipient.authorisations.append(request.headers.get("authorization", ""))
        bundle = orjson.loads(await request.body())
        recipient.bundles.append(bundle)
        if recipient.says is None or bundle.get("type") != "message":
            return Response(status_code=202)
        answered = {"entry": [_header(str(uuid4()))]} if recipient.mixes_up else bundle
        return Response(acknowledgement_of(answered, recipient.says), media_type="application/fhir+json")

    async def token(request: Request) -> Response:
        recipient.tokens_given += 1
        return JSONResponse({"access_token": f"token-{recipient.tokens_given}", "expires_in": 300})

    app = Starlette(routes=[Route("/reports", post, methods=["POST"]), Route("/token", token, methods=["POST"])])
    with serving(app, listener):
        yield recipient


def acknowledgement_of(bundle: dict[str, Any], code: AckCode) -> bytes:
    """What the recipient answers to a message of ours."""
    header = next(e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == "MessageHeader")
    issues = [] if code is AckCode.OK else [Issue("processing", "MSG_Mailbox_Out_Of_Operation")]
    return acknowledge(
        UUID(header["id"]), None, code, HOME, OURS, ack_id=uuid4(), bundle_id=uuid4(), now=NOW, issues=issues
    )


def _header(number: str) -> dict[str, Any]:
    return {"resource": {"resourceType": "MessageHeader", "id": number}}
