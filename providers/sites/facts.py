"""What a citizen must know of a site, read from what somebody typed: all of it is right, or nothing is kept."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit

from providers.accounts.people import clean_email
from providers.errors import GenvejError
from providers.geography import OutsideDenmark
from providers.models import SlotMode
from providers.sites.errors import (
    CoordinatesUnreadable,
    DoorWidthUnreadable,
    FactsUnreadable,
    LanguageMissing,
    ModeMissing,
    PhoneUnreadable,
    PointAtSea,
    PostalCodeUnknown,
    SiteNameMissing,
    StreetMissing,
    TooLong,
    WebUnreadable,
)
from providers.sites.placing import field_of, place

LANGUAGES = ("da", "en", "de", "sv", "no", "fr", "es", "pl", "ro", "uk", "tr", "ar", "fa", "ur", "so", "bs", "kl", "fo")
"""Those that can be ticked: the neighbours', and those that most people in Denmark speak."""

YES_OR_NO = ("step_free", "lift", "accessible_toilet", "parking")
_LONGEST = 120
_PHONE = re.compile(r"\+?[0-9](?: ?[0-9]){7,14}")
Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Facts:
    """Clean, in the columns of `site`."""

    name: str
    street: str
    postal_code_id: str
    longitude: float
    latitude: float
    phone: str | None
    phone_hours: str | None
    web: str | None
    notice_email: str | None
    step_free: bool
    lift: bool
    accessible_toilet: bool
    parking: bool
    door_width_cm: int | None
    languages: list[str]
    modes: list[str]

    def columns(self) -> dict[str, Any]:
        """Column → value."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Typed:
    """The form as it was sent: `texts` by field, and what was ticked."""

    texts: Mapping[str, str]
    ticked: frozenset[str]
    languages: Sequence[str]
    modes: Sequence[str]


async def read_facts(typed: Typed) -> Facts:
    """Raises FactsUnreadable with a sentence for every field that is wrong."""
    errors: dict[str, GenvejError] = {}
    text = typed.texts.__getitem__

    def read(name: str, clean: Callable[[str], Read]) -> Read | None:
        try:
            return clean(text(name))
        except GenvejError as error:
            errors[name] = error
            return None

    values: dict[str, Any] = {
        "name": read("navn", _needed(SiteNameMissing)),
        "street": read("vej", _needed(StreetMissing)),
        "phone": read("telefon", _phone),
        "phone_hours": read("telefontid", _optional),
        "web": read("web", _web),
        "notice_email": read("email", lambda sent: clean_email(sent) if sent.strip() else None),
        "door_width_cm": read("doer", _door_width),
        "languages": [code for code in LANGUAGES if code in typed.languages],
        "modes": [mode.value for mode in SlotMode if mode.value in typed.modes],
        **{name: name in typed.ticked for name in YES_OR_NO},
    }
    if not values["languages"]:
        errors["sprog"] = LanguageMissing()
    if not values["modes"]:
        errors["form"] = ModeMissing()
    code = "".join(text("postnummer").split())
    try:
        point = await place(code, text("laengde"), text("bredde"))
    except (PostalCodeUnknown, CoordinatesUnreadable, OutsideDenmark, PointAtSea) as error:
        errors[field_of(error)] = error
    if errors:
        raise FactsUnreadable(errors)
    return Facts(**values, postal_code_id=code, longitude=point.longitude, latitude=point.latitude)


def _needed(error: type[GenvejError]) -> Callable[[str], str]:
    def clean(text: str) -> str:
        line = _line(text)
        if not 1 <= len(line) <= _LONGEST:
            raise error
        return line

    return clean


def _optional(text: str) -> str | None:
    line = _line(text)
    if len(line) > _LONGEST:
        raise TooLong
    return line or None


def _phone(text: str) -> str | None:
    line = _line(text)
    if line and (len(line) > 20 or not _PHONE.fullmatch(line)):
        raise PhoneUnreadable
    return line or None


def _web(text: str) -> str | None:
    """An address that a browser may be led to: never a script, and no name or password in it."""
    line = _line(text)
    try:
        parts = urlsplit(line)
        fits = parts.scheme in {"http", "https"} and "." in (parts.hostname or "") and "@" not in parts.netloc
    except ValueError:
        fits = False
    if line and (not fits or len(line) > _LONGEST or " " in line):
        raise WebUnreadable
    return line or None


def _door_width(text: str) -> int | None:
    line = _line(text)
    if not line:
        return None
    if not (line.isascii() and line.isdigit() and len(line) <= 3 and 40 <= int(line) <= 300):
        raise DoorWidthUnreadable
    return int(line)


def _line(text: str) -> str:
    """One line of visible characters: control and format characters could turn it around."""
    plain = unicodedata.normalize("NFC", text)
    kept = "".join(" " if letter.isspace() else letter for letter in plain if _visible(letter))
    return " ".join(kept.split())


def _visible(letter: str) -> bool:
    return letter.isspace() or not unicodedata.category(letter).startswith("C")
