"""POST inbound: what a municipality's system answers to our reports, as MedCom's and KL's messages."""

from typing import Annotated, ClassVar

import orjson
from pydantic import ConfigDict, Field, with_config
from starlette.requests import Request
from starlette.responses import Response
from typing_extensions import TypedDict

from matching.models import InboundKind
from matching.reports.inbound import receive
from portal.access import now_of, settings_of
from portal.api.errors import BodyNotJson, ContentTypeWrong
from portal.api.keys import holder_at, municipality_at
from portal.api.presenting import answer
from portal.api.questions import Nothing
from providers.words import N_

LARGEST = 5 * 1024 * 1024
"""Bytes of one message."""

TYPES = ("application/fhir+json", "application/json")


class MessageTypeWrong(ContentTypeWrong):
    message: ClassVar[str] = N_("Send svaret som JSON: application/fhir+json eller application/json. XML læses ikke.")


@with_config(ConfigDict(extra="forbid"))
class Received(TypedDict):
    """The message is kept, whatever it was."""

    kind: Annotated[InboundKind, Field(description="What it was taken for.")]
    note: Annotated[str | None, Field(description="In English: what became of it.")]


async def post_inbound(request: Request, asked: Nothing) -> Response:
    """Keep an acknowledgement or a reply word for word, and then act on it; the same again changes nothing."""
    body = await request.body()
    try:
        orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise BodyNotJson from error
    message = await receive(
        body,
        municipality_at(request),
        actor=holder_at(request).actor,
        now=now_of(request),
        vault=settings_of(request).vault(),
    )
    return answer({"kind": message.kind, "note": message.note}, 202)
