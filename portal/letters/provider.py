"""The municipality's letter to the provider whom a citizen has chosen: who comes, to what, and whom to report to.

It holds health data, so it goes by Digital Post or on paper, and never by mail.
"""

from dataclasses import dataclass
from datetime import date, datetime

from portal.language import Language
from portal.letters.letter import Letter, Line, Section, letter_of
from portal.presenting import dates


@dataclass(frozen=True, slots=True)
class ProviderLetter:
    """Plain facts; `package` and `level` in words. `person_number` is for the clinic's records, not for its invoice."""

    sender: tuple[str, ...]
    municipality_phone: str
    municipality_gln: str
    recipient: tuple[str, ...]
    reference: str
    written_on: date
    name: str
    person_number: str
    package: str
    level: str
    discharged_on: date
    starts_at: datetime
    form: str
    public_url: str


def provider_letter(facts: ProviderLetter, spoken: Language) -> Letter:
    say = spoken.say
    when = dates.first_letter_up(dates.start(facts.starts_at, spoken))
    person = (Line(say("Navn"), facts.name), Line(say("CPR-nummer"), facts.person_number))
    course = (
        Line(say("Første tid"), f"{when}, {facts.form}"),
        Line(say("Forløbspakke"), facts.package),
        Line(say("Niveau"), facts.level),
        Line(say("Udskrevet"), dates.short_date(facts.discharged_on, spoken)),
    )
    duties = (
        say("Kan I ikke tage imod borgeren, så meld det straks i Genvej med en årsag. Kommunen får besked."),
        say("Registrer start, udeblivelse og afslutning i Genvej."),
        say("Borgeren må ikke betale noget."),
    )
    invoice = (
        Line(say("EAN-nummer (GLN)"), facts.municipality_gln),
        Line(say("Sagsnummer"), facts.reference),
        Line(say("Telefon til kommunen"), facts.municipality_phone),
    )
    sections = (
        Section(say("Borgeren"), person),
        Section(say("Forløbet"), course),
        Section(say("Det skal I gøre"), points=duties),
        Section(say("Faktura"), invoice, (say("Skriv sagsnummeret på fakturaen, og aldrig CPR-nummeret."),)),
    )
    return letter_of(facts, say("En borger har valgt jer til sin genoptræning"), sections, spoken)
