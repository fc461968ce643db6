"""The letter to a citizen whom another municipality's institution has refused: why, and what there is instead."""

from dataclasses import dataclass
from datetime import date, datetime

from matching.course_codes import REFUSAL_WORDS
from portal.isolating import isolated
from portal.language import Language
from portal.letters.duties import choices, complaint
from portal.letters.letter import Letter, Line, Section, letter_of
from portal.presenting import dates


@dataclass(frozen=True, slots=True)
class RefusalLetter:
    """Plain facts. `place` is where the citizen has asked for `wanted`, `refuser` the municipality that runs it, and
    `words` what it writes. `others` are places with a free time: each with where and when.
    """

    sender: tuple[str, ...]
    municipality_phone: str
    recipient: tuple[str, ...]
    reference: str
    written_on: date
    place: str
    refuser: str
    wanted: datetime
    words: str
    others: tuple[tuple[str, str], ...]
    deadline: date
    private_open: bool
    public_url: str


def refusal_letter(facts: RefusalLetter, spoken: Language) -> Letter:
    sections = (
        _answer(facts, spoken),
        _reasons(facts, spoken),
        *([_others(facts, spoken)] if facts.others else []),
        choices(facts.deadline, facts.private_open, spoken),
        _how(facts, spoken),
        Section(spoken.say("Hvis du vil klage"), paragraphs=(complaint(spoken),)),
    )
    return letter_of(facts, spoken.say("Det sted, du spurgte, kan ikke tage imod dig"), sections, spoken)


def _answer(facts: RefusalLetter, spoken: Language) -> Section:
    rows = (
        Line(spoken.say("Sted"), f"{isolated(facts.place)}, {facts.refuser}"),
        Line(spoken.say("Tid"), dates.first_letter_up(dates.start(facts.wanted, spoken))),
    )
    before = spoken.say("Du har de samme rettigheder, som hvis du ikke havde spurgt.")
    return Section(spoken.say("Det bad du om"), rows, (before,))


def _reasons(facts: RefusalLetter, spoken: Language) -> Section:
    grounds = tuple(spoken.say(words) for words in REFUSAL_WORDS.values())
    said = spoken.say("Kommunen skriver: %(words)s", words=facts.words)
    return Section(spoken.say("Derfor siger de nej"), points=grounds, paragraphs=(said,))


def _others(facts: RefusalLetter, spoken: Language) -> Section:
    rows = tuple(Line(place, when) for place, when in facts.others)
    soon = spoken.say("Sådan var det, da brevet blev skrevet. Andre kan vælge tiderne før dig.")
    return Section(spoken.say("Steder med ledige tider"), rows, (soon,))


def _how(facts: RefusalLetter, spoken: Language) -> Section:
    points = (
        spoken.say("Gå ind på %(url)s, og skriv koderne fra dit første brev.", url=facts.public_url),
        spoken.say("Du kan også ringe til os på %(phone)s. Så booker vi for dig.", phone=facts.municipality_phone),
    )
    return Section(spoken.say("Sådan gør du"), points=points)
