"""POST inbound: what a municipality's system sends us, as MedCom's and KL's messages."""

import asyncio
from typing import Annotated, ClassVar

import orjson
from pydantic import ConfigDict, Field, with_config
from starlette.requests import Request
from starlette.responses import Response
from typing_extensions import TypedDict

from matching.models import InboundKind
from matching.reports.formats.incoming import incoming
from matching.reports.inbound import keep
from matching.reports.receipts import receive_message
from portal.api.errors import BodyNotJson, ContentTypeWrong
from portal.api.keys import holder_at, municipality_at
from portal.api.presenting import answer
from portal.api.questions import Nothing
from portal.request_facts import now_of, settings_of
from portal.settings_messages import medcom_sender
from providers.api_keys import KeyScopeMissing
from providers.models import ApiScope
from providers.words import N_

LARGEST = 5 * 1024 * 1024
"""Bytes of one message."""

TYPES = ("application/fhir+json", "application/json")


class MessageTypeWrong(ContentTypeWrong):
    message: ClassVar[str] = N_("Send svaret som JSON: application/fhir+json eller application/json. XML læses ikke.")


@with_config(ConfigDict(extra="forbid"))
class Received(TypedDict):
    """The message is kept, whatever it was, and acted on in a moment."""

    kind: Annotated[InboundKind, Field(description="What it was taken for.")]
    note: Annotated[str | None, Field(description="In English: why it cannot be acted on; null when it can be.")]


async def post_inbound(request: Request, asked: Nothing) -> Response:
    """Keep a message word for word; the worker acts on it. The same again changes nothing."""
    body, municipality, now, settings = (
        await request.body(), municipality_at(request), now_of(request), settings_of(request)
    )  # fmt: skip
    try:
        orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise BodyNotJson from error
    ours = medcom_sender(settings).organisation
    # Some megabytes take a while, and others go on meanwhile.
    found = await asyncio.to_thread(incoming, body, ours)
    if found.kind is InboundKind.PLANS and ApiScope.PLANS not in holder_at(request).scopes:
        raise KeyScopeMissing
    if found.message is not None and ours.sor and ours.gln:
        receipt = await receive_message(
            body, found, found.message, municipality, ours=ours, now=now, vault=settings.vault()
        )
        return Response(receipt, media_type=TYPES[0])
    kept = await keep(body, found, municipality, now=now, vault=settings.vault())
    kind = InboundKind.UNREADABLE if kept.refusal else found.kind
    return answer({"kind": kind, "note": kept.refusal or None}, 202)
