"""What a program may ask and send: each model is at once the check of a request and its documentation."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from matching.plan_facts import Level
from providers.words import N_


@dataclass(frozen=True, slots=True)
class Says:
    """The sentence for a field that is wrong, whatever is wrong with it."""

    message: str


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


# It stands last where it is used: pydantic then still sees the bounds as the number's own.
_Plain = BeforeValidator(_plain_number)


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


class MatchQuestion(Query):
    package: Annotated[
        str | None,
        Field(
            pattern="^[0-9]{2}-[a-z]+$",
            max_length=24,
            description="A package's code, as `packages` lists them. Left out with a forløbskode.",
            examples=["01-kirurgisk"],
        ),
        Says(N_("package er en pakkes kode, for eksempel 01-kirurgisk. Koderne står i /api/v1/packages.")),
    ] = None
    level: Annotated[
        Level | None,
        Field(description="Left out with a forløbskode.", examples=["basic"]),
        Says(N_("level er basic eller advanced.")),
    ] = None
    postal_code: Annotated[
        str | None,
        Field(
            pattern="^[0-9]{4}$",
            description="Where distances are measured from. Give this or `lat` and `lon`; with a forløbskode neither "
            "is needed, and the home municipality's point is used.",
            examples=["1050"],
        ),
        Says(N_("postal_code er et dansk postnummer med fire cifre.")),
    ] = None
    lat: Annotated[
        float | None,
        Field(ge=-90, le=90, allow_inf_nan=False, description="Degrees north, WGS84.", examples=[55.676]),
        Says(N_("lat er et tal fra -90 til 90.")),
        _Plain,
    ] = None
    lon: Annotated[
        float | None,
        Field(ge=-180, le=180, allow_inf_nan=False, description="Degrees east, WGS84.", examples=[12.57]),
        Says(N_("lon er et tal fra -180 til 180.")),
        _Plain,
    ] = None
    radius_km: Annotated[
        float | None,
        Field(ge=1, le=1000, allow_inf_nan=False, description="Left out: the whole country.", examples=[25]),
        Says(N_("radius_km er et tal fra 1 til 1000. Udelad den for at søge i hele landet.")),
        _Plain,
    ] = None
    sort: Annotated[
        Literal["distance"],
        Field(description="Nearest first, measured in a straight line."),
        Says(N_("sort kan kun være distance.")),
    ] = "distance"
    private: Annotated[
        Literal["later"] | None,
        Field(
            description="`later`: also the private sites that cannot be chosen yet, with `opens_on`, the day on which "
            "they may be. Without a forløbskode private sites are always among the answers."
        ),
        Says(N_("private kan kun være later.")),
    ] = None
    limit: Annotated[
        int,
        Field(ge=1, le=100, description="The most items of one answer."),
        Says(N_("limit er et helt tal fra 1 til 100.")),
        _Plain,
    ] = 20
    cursor: Annotated[
        str | None,
        Field(
            max_length=400,
            description="`next_cursor` of the answer before; all else as it was there, `limit` excepted. It lasts a "
            "day.",
        ),
        Says(N_("cursor er next_cursor fra det forrige svar.")),
    ] = None


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
        _Plain,
    ] = 10


class BookingQuestion(Body):
    slot_id: SlotId
    accepts_guarantee_loss: AcceptsLoss = False


class MoveQuestion(Body):
    slot_id: SlotId
    accepts_guarantee_loss: AcceptsLoss = False
