"""What every letter to a citizen has alike: where it goes, what there is to choose, and how to complain."""

from datetime import date

from matching.citizens import Citizen
from portal.language import Language
from portal.letters.letter import Section
from portal.presenting import dates


def on_an_envelope(citizen: Citizen) -> tuple[str, ...]:
    """Name and address in lines; a protected address is added by who posts the letter."""
    address = "" if citizen.address_protected else citizen.address or ""
    return (citizen.name, *(part.strip() for part in address.split(",") if part.strip()))


def choices(deadline: date, private_open: bool, spoken: Language) -> Section:
    """Sundhedsloven § 140: the own municipality, another one, and when a private place."""
    private = (
        spoken.say("Du kan også vælge et privat sted, som har en aftale, for kommunen kan ikke nå fristen.")
        if private_open
        else spoken.say(
            "Kan kommunen ikke tilbyde dig en tid senest %(deadline)s, kan du også vælge et privat sted, som har en "
            "aftale.",
            deadline=dates.day(deadline, spoken),
        )
    )
    points = (
        spoken.say("Du kan vælge mellem kommunens egne steder og dem, kommunen har aftale med."),
        spoken.say(
            "Du kan vælge en anden kommunes sted. Det kan sige nej, hvis det ikke har plads, og fristen på 7 dage "
            "gælder ikke længere."
        ),
        private,
        spoken.say("Det koster ikke noget, hvad du end vælger."),
    )
    return Section(spoken.say("Det kan du vælge"), points=points)


def complaint(spoken: Language) -> str:
    """How to complain of what the municipality has decided."""
    return spoken.say(
        "Er du ikke enig i, hvad kommunen har besluttet, så ring eller skriv til kommunen. Den ser på sagen igen "
        "og sender din klage videre, hvis den ikke giver dig ret."
    )
