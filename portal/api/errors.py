"""What the API says of a request that it cannot read, and the form in which it says it (RFC 9457)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, NotRequired

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from providers.errors import GenvejError
from providers.words import N_

Place = Literal["query", "header", "body"]

MISSING = N_("%(field)s mangler.")
UNKNOWN = N_("%(field)s findes ikke her.")
REPEATED = N_("%(field)s står flere gange. Skriv den én gang.")
LONGEST_NAME = 80
"""Characters of an unknown field's name that an answer repeats."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One field that is wrong, and the sentence that says how it must be; `%(field)s` is its name."""

    place: Place
    field: str
    message: str


class RequestInvalid(GenvejError):
    """`faults` is never empty."""

    code: ClassVar[str] = "request_invalid"
    message: ClassVar[str] = N_("Noget i forespørgslen er ikke rigtigt.")

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__()
        self.faults = faults


class BodyNotJson(GenvejError):
    code: ClassVar[str] = "body_not_json"
    message: ClassVar[str] = N_("Indholdet er ikke et JSON-objekt.")


class ContentTypeWrong(GenvejError):
    code: ClassVar[str] = "content_type_wrong"
    message: ClassVar[str] = N_("Send indholdet som application/json.")


@with_config(ConfigDict(extra="forbid"))
class FaultItem(TypedDict):
    """One field of the request that is wrong."""

    place: Annotated[Place, Field(description="Where the field was sent, or is missing.")]
    field: Annotated[str, Field(description="The field's name; of an unknown one the first 80 characters.")]
    detail: Annotated[str, Field(description="How it must be: one sentence in the language asked for.")]


@with_config(ConfigDict(extra="forbid"))
class Problem(TypedDict):
    """Why there is no other answer (RFC 9457)."""

    type: Annotated[str, Field(description="`urn:genvej:problem:` and the code.")]
    title: Annotated[str, Field(description="One sentence that can be shown, in the language asked for.")]
    status: Annotated[int, Field(description="The HTTP status, once more.")]
    code: Annotated[str, Field(description="For programs; never translated.")]
    detail: NotRequired[Annotated[str, Field(description="What is wrong with the first field that is.")]]
    errors: NotRequired[Annotated[list[FaultItem], Field(description="Every field that is wrong.")]]
