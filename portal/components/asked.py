"""When no time fits: forms with everything wrong in them, and after everything was asked for."""

from collections.abc import Mapping
from typing import Any

from matching.messages import Addresses
from matching.messages.contacts import MobileInvalid, PhoneInvalid
from matching.models import Channel
from portal.citizen.asking import RadiusInvalid
from portal.citizen.places import PlaceUnknown
from portal.components.moments import TODAY
from portal.language import Language
from portal.presenting.contact import contact_fields
from portal.presenting.forms import Option, problem_values
from portal.presenting.links import Link
from portal.presenting.no_time import NoTime, Promised, Typed, Waited, day_options, promise_words, where_options
from portal.presenting.results import radius_options
from providers.accounts.errors import EmailInvalid
from providers.errors import GenvejError

_SITE = "Stedet (demo)"


def wrong(spoken: Language) -> Mapping[str, Any]:
    """Nothing could be read, and all of it is still there."""
    errors: dict[str, GenvejError] = {
        "sted": PlaceUnknown(),
        "radius": RadiusInvalid(),
        "email": EmailInvalid(),
        "mobil": MobileInvalid(),
        "telefon": PhoneInvalid(),
    }
    typed = Typed("sted", "Ingensteds", "10", frozenset({"2"}), "1", "ring bare")
    return _page(_view(spoken, typed), typed, spoken, errors)


def promised(spoken: Language) -> Mapping[str, Any]:
    """Three things are waited for, a site will ring, and the municipality knows."""
    waiting = tuple(Waited(number, f"Hos {_SITE} · mandag, tirsdag") for number in (1, 2, 3))
    call = Promised(
        f"{_SITE} skulle have ringet til dig senest onsdag den 18. november.",
        late=True,
        phone=Link("00 00 00 00", "tel:+4500000000"),
    )
    return _page(_view(spoken, Typed(), waiting, call, "16. november 2026"), Typed(), spoken, {})


def _view(
    spoken: Language, typed: Typed, watches: tuple[Waited, ...] = (), call: Promised | None = None, asked: str = ""
) -> NoTime:
    return NoTime(
        watches=watches,
        where=where_options(_SITE, typed.where, spoken),
        days=day_options(typed.days, spoken),
        call=call,
        promise=promise_words(TODAY, spoken),
        sites=(Option("1", f"{_SITE}, 2300 København S (3,2 km)", True), Option("2", "Et andet sted (demo)")),
        municipality="Prøve Kommune",
        phone=Link("00 00 00 00", "tel:+4500000000"),
        asked=asked,
        wider=(Link(spoken.say("Søg i hele landet"), "/steder?radius=alle"),),
    )


def _page(view: NoTime, typed: Typed, spoken: Language, errors: Mapping[str, GenvejError]) -> dict[str, Any]:
    return {
        "title": spoken.say("Når ingen tid passer"),
        "view": view,
        "typed": typed,
        "site": None,
        "radii": radius_options(10, spoken),
        "possible": True,
        "contact_fields": contact_fields(Addresses("nej", "12"), [Channel.EMAIL, Channel.SMS], spoken),
        **problem_values(errors, spoken),
    }
