"""The invented citizens."""

from dataclasses import replace
from datetime import date, timedelta

from matching.citizens import Citizen
from providers.demo.chance import chance
from providers.demo.identities import PHONE
from providers.identifiers import demo_cpr
from providers.reference.catalogue import PostalCodeEntry


def person(seed: bytes, number: int) -> Citizen:
    """The demo's citizen of a number, without an address: always the same one for the same seed."""
    random = chance(f"{seed.hex()}:person:{number}")
    # Between 2 January 1928 and 1989, and never on a 1 January, on which real people have numbers without check.
    born = date(1928 + random.randrange(62), 1, 2) + timedelta(days=random.randrange(360))
    return Citizen(
        cpr=demo_cpr(random, born),
        name=f"Demo Borger {number:03}",
        date_of_birth=born,
        phone=PHONE,
        email=f"borger{number:03}@borger.example",
    )


def living_at(citizen: Citizen, place: PostalCodeEntry, number: int) -> Citizen:
    """The citizen with an address that does not exist."""
    return replace(citizen, address=f"Opdigtet Allé {number}, {place.code} {place.name}")
