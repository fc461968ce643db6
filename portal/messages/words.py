"""What each message says. An e-mail and an SMS can be read by anybody who holds the telephone.

So they name a day, a time, the front page and our telephone, and nothing else: no place, for its name may say what it
treats; no package, level or diagnosis; no name, CPR number or code.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from portal.language import Language, language
from portal.presenting import dates
from providers.words import N_


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a message may know. `stop` is the address of its way out, where it has one.

    `details` come from the message's own sealed content: what a room's template needs besides.
    """

    starts_at: datetime | None
    public_url: str
    help_phone: str
    stop: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Words:
    """A subject, and sentences in the order in which they are said."""

    subject: str
    sentences: tuple[str, ...]


Template = Callable[[Facts, Language], Words]


def _about_a_time(subject: str, first: str, more: str) -> Template:
    """Three msgids: the subject, what there is to say, and what can be done."""

    def words(facts: Facts, spoken: Language) -> Words:
        when = dates.start(facts.starts_at, spoken) if facts.starts_at else ""
        details = {"when": when, "url": facts.public_url, "phone": facts.help_phone}
        return Words(spoken.say(subject), (spoken.say(first, **details), spoken.say(more, **details)))

    return words


def _letter(facts: Facts, spoken: Language) -> Words:
    """The title of a letter that Digital Post carries; what it says stands in the letter."""
    return Words(spoken.say("Brev fra Genvej"), ())


def _tasks_wait(facts: Facts, spoken: Language) -> Words:
    """To a caseworker: two numbers, and where to sign in."""
    waiting = spoken.say(
        "Der er %(all)s opgaver i Genvej. I %(urgent)s af dem har en borger en ret, der ikke kan vente.",
        all=facts.details.get("all", 0),
        urgent=facts.details.get("urgent", 0),
    )
    where = spoken.say("Log ind for at se dem: %(url)s/ind", url=facts.public_url)
    return Words(spoken.say("Opgaver i Genvej"), (waiting, where))


def _doctor_copy(facts: Facts, spoken: Language) -> Words:
    """To the doctor only, by a way that is made for health data; doctors read Danish."""
    danish = language("da")
    when = dates.start(facts.starts_at, danish) if facts.starts_at else ""
    sentence = danish.say(
        "Patienten har valgt at begynde sin genoptræning %(when)s hos %(place)s, og ønsker, at du ved det.",
        when=when,
        place=facts.details.get("place", ""),
    )
    return Words(danish.say("Kopi af patientens valg"), (sentence,))


def _colleague(facts: Facts, spoken: Language) -> Words:
    """To somebody whom a colleague has invited."""
    link = f"{facts.public_url}{facts.details.get('path', '')}"
    invited = spoken.say("En kollega har inviteret dig til at arbejde i Genvej. Gå videre her: %(url)s", url=link)
    return Words(spoken.say("Du er inviteret til Genvej"), (invited,))


def _invitation(facts: Facts, spoken: Language) -> Words:
    """To the address that somebody gave when they registered: whoever reads it can go on."""
    link = f"{facts.public_url}{facts.details.get('path', '')}"
    return Words(
        spoken.say("Bekræft jeres tilmelding til Genvej"),
        (
            spoken.say("Nogen har tilmeldt jer med denne adresse. Er det jer, så gå videre her: %(url)s", url=link),
            spoken.say("Er det ikke jer, så gør ingenting. Linket udløber af sig selv."),
        ),
    )


# An address stands last and without a full stop, which some telephones would take for a part of it.
_SEE_MORE = N_("Kan du ikke komme, så ring på %(phone)s, eller flyt eller aflys selv. Se det hele på %(url)s")
_CHOOSE_AGAIN = N_("Ring på %(phone)s, eller vælg en ny tid på %(url)s")

TEMPLATES: Mapping[str, Template] = MappingProxyType(
    {
        "booked": _about_a_time(N_("Din tid er bestilt"), N_("Du har en aftale %(when)s."), _SEE_MORE),
        "requested": _about_a_time(
            N_("Vi har spurgt om din tid"),
            N_("Du har bedt om en aftale %(when)s. Den gælder først, når du får svar."),
            N_("Ring på %(phone)s, eller følg med på %(url)s"),
        ),
        "moved": _about_a_time(N_("Din tid er flyttet"), N_("Din nye aftale er %(when)s."), _SEE_MORE),
        "cancelled": _about_a_time(N_("Din tid er aflyst"), N_("Din aftale %(when)s er aflyst."), _CHOOSE_AGAIN),
        "time_lost": _about_a_time(
            N_("Din tid kan ikke blive til noget"),
            N_("Din aftale %(when)s kan desværre ikke blive til noget."),
            _CHOOSE_AGAIN,
        ),
        "offered": _about_a_time(
            N_("Du er tilbudt en tid"),
            N_("Du er tilbudt en aftale %(when)s."),
            N_("Ring på %(phone)s, eller sig ja eller nej på %(url)s"),
        ),
        "handed_on": _about_a_time(
            N_("Nyt om din sag"),
            N_("Din sag er givet videre, fordi du er flyttet. Du kan stadig bruge de koder, du har."),
            N_("Ring på %(phone)s, eller følg med på %(url)s"),
        ),
        "reminder_week": _about_a_time(N_("Husk din aftale"), N_("Du har en aftale %(when)s."), _SEE_MORE),
        "reminder_day": _about_a_time(N_("Husk din aftale"), N_("Du har en aftale %(when)s."), _SEE_MORE),
        "time_found": _about_a_time(
            N_("Der er kommet en ledig tid"),
            N_("Der er en ledig tid %(when)s."),
            N_("Andre kan også vælge den. Ring på %(phone)s, eller vælg den på %(url)s"),
        ),
        "site_call": _about_a_time(
            N_("Ring til en borger"),
            N_("Nogen vil gerne ringes op af jer."),
            N_("Log ind for at se hvem, og inden hvornår: %(url)s/ind"),
        ),
        "letter": _letter,
        "doctor_copy": _doctor_copy,
        "invited": _colleague,
        "owner_invited": _invitation,
        "already_registered": _about_a_time(
            N_("Nogen ville tilmelde jer igen"),
            N_("Nogen har skrevet jeres CVR-nummer for at tilmelde jer. I er tilmeldt allerede, så intet er ændret."),
            N_("Er det en kollega, så inviter vedkommende under Medarbejdere: %(url)s/ind"),
        ),
        "capacity_old": _about_a_time(
            N_("Er jeres ledige tider stadig rigtige?"),
            N_("Det er længe siden, I sagde, at jeres ledige tider er rigtige. Til sidst kan de ikke vælges mere."),
            N_("Log ind, og tryk på Stadig rigtigt: %(url)s/ind"),
        ),
        "approval_ends": _about_a_time(
            N_("En godkendelse udløber snart"),
            N_("En af jeres godkendelser udløber snart. Derefter kan ingen vælge jer til det."),
            N_("Log ind for at se, hvilken det er, og søg igen: %(url)s/ind"),
        ),
        "tasks_wait": _tasks_wait,
        "site_news": _about_a_time(
            N_("Nyt om en tid hos jer"),
            N_("Der er nyt om en tid hos jer."),
            N_("Log ind for at se, hvad det er: %(url)s/ind"),
        ),
    }
)
"""Template → its words. A room that tells something new adds a line here, and nothing else."""
