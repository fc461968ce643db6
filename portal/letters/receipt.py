"""The receipt on paper: when, where, what to bring, and how to change it. It names nobody."""

from dataclasses import dataclass
from datetime import date

from portal.language import Language
from portal.letters.letter import Letter, Line, Section
from portal.presenting.bring import bring


@dataclass(frozen=True, slots=True)
class Receipt:
    """A booked time in words, as the page says it. `changeable_until` is a day and a time."""

    title: str
    number: str
    when: str
    form: str
    place: str
    address: str
    facts: tuple[str, ...]
    phone: str
    changeable_until: str
    written_on: date
    public_url: str
    help_phone: str


def receipt_letter(receipt: Receipt, spoken: Language) -> Letter:
    say = spoken.say
    rows = [
        Line(say("Tid"), receipt.when),
        Line(say("Sted"), receipt.place),
        Line(say("Adresse"), receipt.address),
        Line(say("Form"), receipt.form),
        Line(say("Telefon"), receipt.phone),
        Line(say("Kvitteringsnummer"), receipt.number),
    ]
    change = say(
        "Til og med %(until)s kan du flytte eller aflyse på %(url)s med koderne fra dit brev. Senere skal du ringe til "
        "stedet.",
        until=receipt.changeable_until,
        url=receipt.public_url,
    )
    help_ = say("Er du i tvivl, så ring på %(phone)s.", phone=receipt.help_phone)
    sections = [
        Section(say("Din tid"), rows=tuple(row for row in rows if row.value)),
        Section(say("Det skal du have med"), points=bring(spoken)),
        Section(say("Om stedet"), points=receipt.facts),
        Section(say("Kan du ikke komme?"), paragraphs=(change, help_)),
    ]
    return Letter(
        title=receipt.title,
        sender=("Genvej",),
        recipient=(),
        written_on=receipt.written_on,
        reference="",
        sections=tuple(section for section in sections if section.rows or section.paragraphs or section.points),
        front_page=receipt.public_url,
        spoken=spoken,
    )
