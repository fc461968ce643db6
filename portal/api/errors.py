"""What the API says of a request that it cannot read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

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
