"""What has happened, as the citizen reads it: a day, a sentence, and by whom. No codes, and nobody's name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from matching.messages.remedies import Told
from matching.models import Channel, MessageState, Recipient
from matching.timeline import Happening
from portal.language import Language
from portal.presenting import dates
from providers.roles import ROLES, OrganisationKind, Role
from providers.words import N_

KIND_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "received": N_("Din kommune fik din genoptræningsplan fra hospitalet."),
        "assessed": N_("Din kommune har set på din plan."),
        "cannot_offer": N_("Din kommune kan ikke tilbyde dig en tid inden fristen."),
        "code_issued": N_("Du fik koder til Genvej."),
        "code_revoked": N_("Dine koder blev spærret."),
        "informed": N_("Din kommune har fortalt dig om dine muligheder."),
        "offered": N_("Din kommune tilbød dig en tid %(when)s, %(place)s."),
        "offer_withdrawn": N_("Kommunen trak sit tilbud %(when)s tilbage."),
        "days_corrected": N_("Din kommune rettede datoerne i din plan."),
        "taken_back": N_("Din kommune ser på din plan igen. Tiden %(when)s, %(place)s, blev aflyst."),
        "time_given_up": N_("Tiden %(when)s, %(place)s, blev aflyst, fordi du har fået en ny kommune."),
        "time_kept": N_("Tiden %(when)s, %(place)s, gælder stadig hos din nye kommune."),
        "handed_on": N_("Din sag blev givet videre til den kommune, du er flyttet til."),
        "offer_given_up": N_("Kommunens tid %(when)s blev givet fri, fordi der blev valgt en anden."),
        "offer_declined": N_("Kommunens tid %(when)s blev afslået."),
        "deferred": N_("Det blev valgt at vente."),
        "deferral_ended": N_("Det blev valgt ikke at vente længere."),
        "municipality_asked": N_("Din kommune blev bedt om at finde en tid."),
        "requested": N_("En anden kommune blev spurgt om en tid %(when)s, %(place)s."),
        "booked": N_("En tid blev bestilt: %(when)s, %(place)s."),
        "moved": N_("Tiden blev flyttet til %(when)s, %(place)s."),
        "cancelled_by_citizen": N_("Tiden %(when)s, %(place)s, blev aflyst."),
        "cancelled_by_provider": N_("Stedet aflyste tiden %(when)s, %(place)s."),
        "cannot_receive": N_("Stedet kan ikke tage imod dig: %(place)s."),
        "refused": N_("Den anden kommune har ikke plads: %(place)s."),
        "no_show": N_("Du kom ikke til tiden %(when)s, %(place)s."),
        "started": N_("Din genoptræning begyndte: %(place)s."),
        "completed": N_("Din genoptræning blev afsluttet."),
        "stopped": N_("Din genoptræning blev stoppet."),
        "handed_back": N_("Din kommune ser på din plan igen."),
        "error": N_("Planen var sendt ved en fejl og gælder ikke."),
        "booking_received": N_("Stedet har set, at du kommer: %(place)s."),
        "request_accepted": N_("Den anden kommune sagde ja til tiden %(when)s, %(place)s."),
        "contact_held": N_("Du var til genoptræning: %(place)s."),
        "contact_missed": N_("Du kom ikke til en aftale: %(place)s."),
        "level_questioned": N_("Stedet har bedt din kommune se på, om niveauet passer."),
        "doctor_copy_agreed": N_("Din læge får en kopi af dit valg."),
    }
)
"""Kind of event → sentence. A room with a new kind adds its words here; until then it is an update."""

_ANSWERS = frozenset({"refused", "request_accepted"})
"""Said by the place that was asked, or by the municipality that runs it."""

_UPDATED = N_("Sagen blev opdateret.")
_SENT = {
    Channel.EMAIL: N_("Du fik en e-mail fra Genvej."),
    Channel.SMS: N_("Du fik en SMS fra Genvej."),
    Channel.DIGITAL_POST: N_("Du fik et brev i Digital Post."),
    Channel.PRINT: N_("Du fik et brev med posten."),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line; `at` is for machines, `by` may be empty."""

    at: str
    when: str
    sentence: str
    by: str


def timeline(happened: Sequence[Happening], told: Sequence[Told], spoken: Language) -> tuple[Entry, ...]:
    """Events and what was sent, newest first."""
    events = [(one.at, _sentence(one, spoken), _by(one, spoken)) for one in happened]
    sent = [
        (one.sent_at, spoken.say(_SENT[one.channel]), "")
        for one in told
        if one.state is MessageState.SENT and one.sent_at and one.recipient is Recipient.CITIZEN
    ]
    in_order = sorted(events + sent, key=lambda line: line[0])
    return tuple(_entry(at, sentence, by, spoken) for at, sentence, by in reversed(in_order))


def _entry(at: datetime, sentence: str, by: str, spoken: Language) -> Entry:
    when = dates.first_letter_up(dates.day_and_time(at, spoken))
    return Entry(at.isoformat(timespec="minutes"), when, sentence, by)


def _sentence(one: Happening, spoken: Language) -> str:
    words = KIND_WORDS.get(one.kind, _UPDATED)
    when = dates.start(one.starts_at, spoken) if one.starts_at else ""
    return spoken.say(words, when=when, place=one.place or "")


def _by(one: Happening, spoken: Language) -> str:
    """In what part somebody did it; who of the staff it was, the look-up log says."""
    role, _, person = one.actor.partition(":")
    if role.startswith("citizen"):
        return spoken.say("Af dig") if person == "citizen" else spoken.say("Af %(who)s, for dig", who=person)
    municipality = N_("Af den anden kommune") if one.kind in _ANSWERS else N_("Af din kommune")
    kinds = {OrganisationKind.MUNICIPALITY: municipality, OrganisationKind.PROVIDER: N_("Af stedet")}
    demo = {"caseworker": OrganisationKind.MUNICIPALITY, "provider": OrganisationKind.PROVIDER}
    kind = ROLES[Role(role)].organisation if role in set(Role) else demo.get(role)
    return spoken.say(kinds[kind]) if kind in kinds else ""
