"""What is asked and answered when a municipality fetches its reports, and says that it has them."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field, with_config
from typing_extensions import TypedDict

from portal.api.questions import Body, Plain, Query, Says
from providers.words import N_

_UUID = "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"
_CLOSED = with_config(ConfigDict(extra="forbid"))


class FeedQuestion(Query):
    after: Annotated[
        int,
        Field(ge=0, le=2**63 - 1, description="`after` of the answer before; 0 begins with the first that waits."),
        Says(N_("after er tallet after fra det forrige svar, eller 0.")),
        Plain,
    ] = 0
    limit: Annotated[
        int,
        Field(ge=1, le=500, description="The most items of one answer."),
        Says(N_("limit er et helt tal fra 1 til 500.")),
        Plain,
    ] = 100


@_CLOSED
class ReportItem(TypedDict):
    """One report. The same may come again, under the same `message_id`, until it is acknowledged."""

    position: Annotated[int, Field(description="Grows; a case's reports come in the order of their `sequence`.")]
    report: Annotated[dict[str, Any], Field(description="The JSON that a webhook would be posted.")]


@_CLOSED
class ReportFeed(TypedDict):
    items: list[ReportItem]
    after: Annotated[int, Field(description="Ask with it for what comes behind these.")]


@_CLOSED
class Answered(TypedDict):
    """What the municipality says of one report."""

    message_id: Annotated[str, Field(pattern=_UUID, description="`message_id` of the report.")]
    code: Annotated[
        str,
        Field(
            pattern="^(ok|transient-error|fatal-error)$",
            description="As MedCom has them: `ok` = we have it; `transient-error` = we shall fetch it again; "
            "`fatal-error` = we cannot use it, and somebody must look at it.",
        ),
    ]


def _each_once(items: list[Answered]) -> list[Answered]:
    if len({UUID(item["message_id"]) for item in items}) < len(items):
        raise ValueError("a report stands twice")
    return items


class AcknowledgementQuestion(Body):
    items: Annotated[
        list[Answered],
        Field(min_length=1, max_length=500),
        AfterValidator(_each_once),
        Says(N_("items er 1 til 500 rapporter, hver én gang: message_id og code (ok, transient-error, fatal-error).")),
    ]


@_CLOSED
class AcknowledgedItem(TypedDict):
    message_id: UUID
    state: Annotated[
        str,
        Field(
            json_schema_extra={"enum": ["delivered", "queued", "refused", "dropped", "given_up", "sent", "unknown"]},
            description="What the report is now. The first final answer stands; `unknown` = no report of yours.",
        ),
    ]


@_CLOSED
class Acknowledged(TypedDict):
    items: list[AcknowledgedItem]
