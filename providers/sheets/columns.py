"""The columns of each kind of file: Danish headings, and our own names."""

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from providers.reference.spelling import spelled_out


class Kind(StrEnum):
    """As the command names them."""

    SITES = "sites"
    APPROVALS = "approvals"
    SLOTS = "slots"


_PLACE = {"site": ("stednummer", "nummer", "sted-id"), "cvr": ("cvr", "cvr-nummer"), "site_name": ("sted", "navn")}

COLUMNS: Mapping[Kind, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        Kind.SITES: _PLACE
        | {
            "street": ("vej", "adresse", "vej og nummer"),
            "postal_code": ("postnummer", "postnr"),
            "latitude": ("breddegrad", "bredde"),
            "longitude": ("længdegrad", "længde"),
            "phone": ("telefon", "telefonnummer"),
            "phone_hours": ("telefontid",),
            "web": ("hjemmeside",),
            "notice_email": ("e-mail", "mail"),
            "step_free": ("trinfri adgang", "trinfri"),
            "lift": ("elevator",),
            "accessible_toilet": ("handicaptoilet",),
            "parking": ("parkering",),
            "door_width": ("smalleste dør", "dørbredde"),
            "languages": ("sprog",),
            "modes": ("træningsformer", "former"),
        },
        Kind.APPROVALS: _PLACE
        | {
            "package": ("forløbspakke", "pakke"),
            "level": ("niveau",),
            "valid_from": ("gælder fra", "fra"),
            "valid_to": ("gælder til", "til"),
            "state": ("tilstand",),
        },
        Kind.SLOTS: _PLACE
        | {
            "day": ("dato", "dag"),
            "clock": ("klokken", "kl", "tid"),
            "minutes": ("minutter", "varighed"),
            "mode": ("form",),
            "seats": ("pladser",),
            "packages": ("forløbspakker", "pakker"),
            "taken": ("optaget",),
        },
    }
)
"""By our name: what a heading may be, the one that we write first. Case, spaces and dashes do not matter."""

REQUIRED: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    {
        Kind.SITES: ("site_name", "street", "postal_code"),
        Kind.APPROVALS: ("package", "level", "valid_from"),
        Kind.SLOTS: ("day", "clock", "minutes", "mode", "seats"),
    }
)


def column_of(heading: str, kind: Kind) -> str | None:
    """Our name for a heading; None for one that such a file does not have."""
    return _KNOWN[kind].get(_key(heading))


def headings_of(kind: Kind, names: tuple[str, ...] | None = None) -> list[str]:
    """As we write them, of some columns or of all."""
    return [COLUMNS[kind][name][0] for name in names or COLUMNS[kind]]


def _key(heading: str) -> str:
    return re.sub(r"[\W_]+", "", spelled_out(heading))


_KNOWN = {
    kind: {_key(heading): name for name, headings in columns.items() for heading in (name, *headings)}
    for kind, columns in COLUMNS.items()
}
