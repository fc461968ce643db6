"""The municipality's letter to the citizen: the two codes, the offer, the choices, and everything the law wants told.

Told are: time and place, level, the free choice in the own and other municipalities, the private right, transport, and
how to complain (the duties to inform of Sundhedsloven § 140 and BEK on genoptræningsplaner, as domain words have them).
"""

from dataclasses import dataclass
from datetime import date, datetime

from portal.isolating import isolated
from portal.language import Language
from portal.letters.duties import choices
from portal.letters.letter import Letter, Line, Section, letter_of
from portal.presenting import dates


@dataclass(frozen=True, slots=True)
class Offer:
    """The municipality's own offer of a first contact."""

    starts_at: datetime
    place: str
    address: str


@dataclass(frozen=True, slots=True)
class CitizenLetter:
    """Plain facts; `package` and `level` in words, `level` empty while it is not decided.

    `deadline` is the seven days' last one. `complaint` is the municipality's own text on how to complain.
    """

    sender: tuple[str, ...]
    municipality_phone: str
    recipient: tuple[str, ...]
    reference: str
    written_on: date
    code: str
    access_code: str
    expires_on: date
    package: str
    level: str
    discharged_on: date
    deadline: date
    offer: Offer | None
    private_open: bool
    complaint: str
    public_url: str


def citizen_letter(facts: CitizenLetter, spoken: Language) -> Letter:
    sections = (
        _codes(facts, spoken),
        _how(facts, spoken),
        _training(facts, spoken),
        _offer(facts, spoken),
        choices(facts.deadline, facts.private_open, spoken),
        _transport(spoken),
        Section(spoken.say("Hvis du vil klage"), paragraphs=(facts.complaint,)),
    )
    return letter_of(facts, spoken.say("Din genoptræning: Vælg sted og tid"), sections, spoken)


def _codes(facts: CitizenLetter, spoken: Language) -> Section:
    until = spoken.say("Koderne gælder til og med %(date)s.", date=dates.short_date(facts.expires_on, spoken))
    secret = spoken.say("Pas på dem. En, du stoler på, kan bruge dem for dig.")
    rows = (
        Line(spoken.say("Forløbskode"), facts.code, big=True),
        Line(spoken.say("Kontrolkode"), facts.access_code, big=True),
    )
    return Section(spoken.say("Dine koder"), rows, (f"{until} {secret}",))


def _how(facts: CitizenLetter, spoken: Language) -> Section:
    points = (
        spoken.say("Gå ind på %(url)s, eller scan QR-koden nederst i brevet.", url=facts.public_url),
        spoken.say("Skriv din forløbskode, og vælg et sted og en tid."),
        spoken.say("Skriv kontrolkoden og din fødselsdato, og book."),
        spoken.say("Du kan også ringe til os på %(phone)s. Så booker vi for dig.", phone=facts.municipality_phone),
    )
    return Section(spoken.say("Sådan gør du"), points=points)


def _training(facts: CitizenLetter, spoken: Language) -> Section:
    undecided = spoken.say("Kommunen har ikke besluttet det endnu. Ring, hvis du vil vide mere.")
    return Section(
        spoken.say("Din genoptræning"),
        rows=(
            Line(spoken.say("Forløbspakke"), facts.package or undecided),
            Line(spoken.say("Niveau"), facts.level or undecided),
            Line(spoken.say("Udskrevet"), dates.short_date(facts.discharged_on, spoken)),
            Line(spoken.say("Frist for første tid"), dates.day(facts.deadline, spoken)),
        ),
    )


def _offer(facts: CitizenLetter, spoken: Language) -> Section:
    heading = spoken.say("Kommunens tilbud")
    if facts.offer is None:
        sentence = spoken.say("Kommunen har ikke tilbudt dig en tid endnu.")
        return Section(heading, paragraphs=(sentence,))
    rows = (
        Line(spoken.say("Tid"), dates.first_letter_up(dates.start(facts.offer.starts_at, spoken))),
        Line(spoken.say("Sted"), f"{isolated(facts.offer.place)}, {facts.offer.address}"),
    )
    kept = spoken.say("Tiden er din, indtil du har svaret. Sig ja eller nej med dine koder, eller ring.")
    return Section(heading, rows, (kept,))


def _transport(spoken: Language) -> Section:
    """BEK 816/2018; the amounts change each year and stand on the portal's own page."""
    who = spoken.say(
        "Du kan få hjælp til transport, hvis du får pension, hvis du ikke kan bruge bus og tog på grund af dit "
        "helbred, eller hvis der er mere end 50 km. Turen skal koste mere end en grænse, som kommunen kender."
    )
    own = spoken.say(
        "Vælger du selv en anden kommune eller et privat sted, sørger du selv for at komme derhen. Du kan højst få "
        "det, som kørsel til din egen kommunes sted ville have kostet."
    )
    guiding = spoken.say("Det er vejledende. Spørg kommunen, før du vælger.")
    return Section(spoken.say("Transport"), paragraphs=(who, own, guiding))
