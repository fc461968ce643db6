"""POST plans: a municipality's program hands on what the hospitals have sent."""

import asyncio
from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field, with_config
from starlette.requests import Request
from starlette.responses import Response
from typing_extensions import TypedDict

from matching.intake.directory import load_directory
from matching.intake.elements import Unreadable
from matching.intake.items import Item
from matching.intake.reading import drafts_in
from matching.intake.storing import File
from matching.intake.taking import take_in
from matching.intake.words import WORDS
from matching.models import ArrivalState, MessageSource
from portal.api.errors import ContentTypeWrong, Fault, RequestInvalid
from portal.api.keys import holder_at, municipality_at
from portal.api.presenting import answer
from portal.api.questions import Nothing
from portal.language import Language, language_accepted
from portal.presenting.findings import say_finding
from portal.request_facts import now_of, settings_of
from providers.words import N_

TYPES = ("application/xml", "text/xml", "application/fhir+json", "application/json", "text/csv")
_CLOSED = with_config(ConfigDict(extra="forbid"))


class PlanTypeWrong(ContentTypeWrong):
    message: ClassVar[str] = N_(
        "Send planer som application/xml (GGOP), application/fhir+json, application/json eller text/csv."
    )


class PlansUnreadable(RequestInvalid):
    """No plan was found at all; the fault says why."""

    code: ClassVar[str] = "plans_unreadable"
    message: ClassVar[str] = N_("Der er ingen plan, vi kan læse, i det, du sendte. Intet er gemt.")


@_CLOSED
class FindingItem(TypedDict):
    """Something wrong with a plan, or worth knowing of it."""

    code: Annotated[str, Field(description="For programs; never translated.")]
    place: Annotated[str, Field(description="A field, a column or a line; never what stands there.")]
    stops: Annotated[bool, Field(description="Whether the plan could not be taken in because of it.")]
    detail: Annotated[str, Field(description="One sentence in the language asked for.")]


@_CLOSED
class PlanItem(TypedDict):
    """What became of one plan of the message."""

    message_id: Annotated[str | None, Field(description="As the plan has it; a plan is taken in once under each.")]
    state: Annotated[
        ArrivalState,
        Field(description="`known` = it was here, and nothing in it is new; `failed` waits for a caseworker."),
    ]
    findings: list[FindingItem]


@_CLOSED
class PlansTaken(TypedDict):
    items: Annotated[list[PlanItem], Field(description="In the order of the message.")]


async def post_plans(request: Request, asked: Nothing) -> Response:
    """Take in the plans of a message; bringing the same again changes nothing."""
    body, spoken = await request.body(), language_accepted(request.headers.get("Accept-Language", ""))
    try:
        await asyncio.to_thread(drafts_in, body)
    except Unreadable as error:
        raise PlansUnreadable([Fault("body", "body", WORDS[error.problem])]) from error
    (items,) = await take_in(
        [File("api", body)],
        municipality=municipality_at(request),
        source=MessageSource.API,
        directory=await load_directory(),
        actor=holder_at(request).actor,
        now=now_of(request),
        vault=settings_of(request).vault(),
    )
    return answer({"items": [_plan(item, spoken) for item in items]})


def _plan(item: Item, spoken: Language) -> PlanItem:
    findings = [
        FindingItem(
            code=found.problem.value, place=found.place, stops=found.problem.stops, detail=say_finding(found, spoken)
        )
        for found in item.findings
    ]
    return {"message_id": item.reading.message_id, "state": item.state, "findings": findings}
