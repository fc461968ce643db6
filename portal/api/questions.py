"""What a program may ask and send: each model is at once the check of a request and its documentation."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from providers.words import N_


@dataclass(frozen=True, slots=True)
class Says:
    """The sentence for a field that is wrong, whatever is wrong with it.

    `each` is the model of the items of a list, whose fields have sentences of their own.
    """

    message: str
    each: type[BaseModel] | None = None


class Query(BaseModel):
    """The part of an address behind the question mark; unknown names are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Body(BaseModel):
    """A JSON object; unknown names are refused, and nothing is read as what it is not."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def _plain_number(text: object) -> object:
    """Python also reads `1_000`, ` 5 ` and other alphabets' figures; an address must mean the same everywhere."""
    if isinstance(text, str) and not set(text) <= set("0123456789+-.eE"):
        raise ValueError("not a plain number")
    return text


# These stand last where they are used: pydantic then still sees the bounds as the value's own.
Plain = BeforeValidator(_plain_number)


def _listed(text: object) -> object:
    """The words of `a,b`; each may stand once."""
    if not isinstance(text, str):
        return text
    words = text.split(",")
    if len(set(words)) < len(words):
        raise ValueError("a word stands twice")
    return frozenset(words)


Listed = BeforeValidator(_listed)


def _yes_or_no(text: object) -> object:
    """Python also takes `1`, `on` and `Yes` for it."""
    return {"true": True, "false": False}.get(text, "") if isinstance(text, str) else text


YesOrNo = BeforeValidator(_yes_or_no)


def _whole_number(value: object) -> object:
    """JSON has one kind of number: 7.0 is the integer 7."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


_SLOT = Says(N_("slot_id er et tal, som /api/v1/matches har givet."))
_ACCEPTS = Says(N_("accepts_guarantee_loss er true eller false."))
SlotId = Annotated[
    int,
    Field(ge=1, le=2**63 - 1, description="`slot_id` of a match, or of another of the site's times.", examples=[1]),
    _SLOT,
    BeforeValidator(_whole_number),
]
AcceptsLoss = Annotated[
    bool,
    Field(
        description="The citizen accepts that another municipality may refuse, and that the seven days no longer bind. "
        "Needed where `basis` is `other_municipality`."
    ),
    _ACCEPTS,
]


class Nothing(Query):
    """An operation without parameters."""


class PostalCodeQuestion(Query):
    q: Annotated[
        str,
        Field(
            min_length=1,
            max_length=80,
            pattern="^[^\\x00-\\x1f\\x7f]+$",
            description="The beginning of a postal code or of a place's name, in any Danish spelling.",
            examples=["Aalb"],
        ),
        Says(N_("q er begyndelsen af et postnummer eller et bynavn, højst 80 tegn.")),
    ]
    limit: Annotated[
        int,
        Field(ge=1, le=100, description="The most items of the answer."),
        Says(N_("limit er et helt tal fra 1 til 100.")),
        Plain,
    ] = 10


class BookingQuestion(Body):
    slot_id: SlotId
    accepts_guarantee_loss: AcceptsLoss = False


class MoveQuestion(Body):
    slot_id: SlotId
    accepts_guarantee_loss: AcceptsLoss = False
