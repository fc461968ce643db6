"""A change of a case in Danish words, for a caseworker who reads it in another system."""

from datetime import datetime

from matching.course_codes import CannotReceive, Intervention
from matching.plan_facts import Basis, Level
from matching.reports.formats.facts import Booked, Facts
from matching.states import BookingState, PlanState
from providers.clock import COPENHAGEN
from providers.weeks import is_whole_week

_BOOKING = {
    BookingState.OFFERED: "Kommunen har tilbudt en tid.",
    BookingState.REQUESTED: "Borgeren har bedt om genoptræning i en anden kommune. Der ventes på svar.",
    BookingState.CONFIRMED: "Borgeren har en aftalt tid.",
    BookingState.STARTED: "Forløbet er begyndt.",
    BookingState.COMPLETED: "Forløbet er afsluttet.",
    BookingState.REFUSED: "Den anden kommune har afslået på grund af kapacitet.",
    BookingState.CANNOT_RECEIVE: "Stedet kan ikke modtage borgeren.",
    BookingState.CANCELLED_BY_CITIZEN: "Borgeren har aflyst tiden.",
    BookingState.CANCELLED_BY_PROVIDER: "Stedet har aflyst tiden.",
    BookingState.MOVED: "Tiden er flyttet.",
    BookingState.NO_SHOW: "Borgeren udeblev.",
}
# What neither the appointment's state nor the plan's says.
_EVENT = {
    "received": "Planen er modtaget.",
    "plan_changed": "Planen er sendt igen med ændringer.",
    "informed": "Borgeren er informeret om sine muligheder.",
    "code_issued": "Borgeren har fået en forløbskode.",
    "code_revoked": "Borgerens forløbskode er spærret.",
    "days_corrected": "Planens datoer er rettet.",
    "cannot_offer": "Kommunen kan ikke tilbyde en tid inden fristen.",
    "offer_withdrawn": "Kommunen har trukket sit tilbud tilbage.",
    "offer_declined": "Borgeren har sagt nej til kommunens tid.",
    "offer_given_up": "Kommunens tid er frigivet, fordi borgeren har valgt en anden.",
    "deferred": "Borgeren har valgt at vente.",
    "deferral_ended": "Borgeren har valgt ikke at vente længere.",
    "taken_back": "Kommunen har taget sagen tilbage. Tiden er aflyst.",
    "handed_on": "Sagen er givet videre til borgerens nye kommune.",
    "time_given_up": "Tiden er aflyst, fordi sagen er givet videre til en ny kommune.",
    "time_kept": "Tiden gælder stadig hos den nye kommune.",
    "doctor_copy_agreed": "Borgeren har sagt ja til, at lægen får en kopi af valget.",
    "municipality_asked": "Borgeren beder kommunen om at finde en tid.",
    "booking_received": "Stedet har modtaget bookingen.",
    "request_accepted": "Den anden kommune har sagt ja.",
    "contact_held": "Der er gennemført en kontakt.",
    "contact_missed": "Borgeren udeblev fra en kontakt. Forløbet fortsætter.",
    "level_questioned": "Stedet vurderer, at niveauet ikke længere passer, og beder om en ny visitation.",
    "stopped": "Forløbet er stoppet.",
}
_CANNOT = {
    CannotReceive.CAPACITY: "ingen plads",
    CannotReceive.COMPETENCE: "kræver andre kompetencer",
    CannotReceive.PATIENT_SAFETY: "ikke sikkert for borgeren",
    CannotReceive.CONFLICT: "inhabilitet eller konflikt",
}
_DONE = {
    Intervention.ASSESSMENT: "terapeutfaglig udredning",
    Intervention.PHYSICAL: "fysisk træning",
    Intervention.FUNCTIONAL: "funktionstræning",
    Intervention.ADL: "ADL-træning",
    Intervention.COGNITIVE: "kognitiv træning",
    Intervention.GUIDANCE: "vejledning og undervisning",
    Intervention.FOLLOW_UP: "opfølgning",
}
_PLAN = {
    PlanState.RECEIVED: "Planen er modtaget.",
    PlanState.ASSESSED: "Planen er visiteret.",
    PlanState.BOOKED: "Planen har en tid.",
    PlanState.STARTED: "Forløbet er i gang.",
    PlanState.COMPLETED: "Forløbet er afsluttet.",
    PlanState.STOPPED: "Forløbet er stoppet.",
    PlanState.ERROR: "Planen er sendt ved en fejl.",
    PlanState.HANDED_BACK: "Sagen er tilbageført til kommunen.",
}
_BASIS = {
    Basis.OWN: "kommunens eget sted",
    Basis.CONTRACT: "leverandør med aftale med kommunen",
    Basis.OTHER_MUNICIPALITY: "en anden kommunes sted",
    Basis.EXTENDED: "frit valg af privat leverandør",
}
_LEVEL = {Level.BASIC: "basal", Level.ADVANCED: "avanceret"}


def in_words(facts: Facts) -> str:
    """Lines of text: what happened, the case, the appointment and the guarantee. No name and no number of a person."""
    lines = [
        _happened(facts),
        f"Sag: {facts.case_reference}. Ændring nr. {facts.sequence}, {_moment(facts)}.",
        f"Pakke: {facts.package or 'ikke valgt'}. Niveau: {_LEVEL[facts.level] if facts.level else 'ikke afgjort'}.",
        *(_appointment(facts.booking) if facts.booking else []),
        f"7-dages-fristen er {facts.guarantee_date:%d.%m.%Y}.",
    ]
    if facts.status_reason is not None:
        lines.append(f"Årsag til, at intet er begyndt hos kommunen: {facts.status_reason.display}.")
    if facts.stop_reason is not None:
        lines.append(f"Årsag: {facts.stop_reason.display}.")
    if facts.clinic_reason is not None:
        lines.append(f"Årsag: {_CANNOT[facts.clinic_reason]}.")
    if facts.contact is not None:
        held, what = facts.contact.starts_at.astimezone(COPENHAGEN), _DONE[facts.contact.intervention]
        lines.append(f"Kontakt: {held:%d.%m.%Y kl. %H.%M}, {facts.contact.minutes} minutter, {what}.")
    return "\n".join(lines)


def _happened(facts: Facts) -> str:
    if facts.event in _EVENT:
        return _EVENT[facts.event]
    return _BOOKING[facts.booking.state] if facts.booking else _PLAN[facts.plan_state]


def _moment(facts: Facts) -> str:
    return facts.event_time.astimezone(COPENHAGEN).strftime("%d.%m.%Y kl. %H.%M")


def first_contact_words(moment: datetime) -> str:
    """Day and hour by Danish clocks, or the week when the hour is still to be agreed."""
    local = moment.astimezone(COPENHAGEN)
    if is_whole_week(local):
        return f"i uge {local.isocalendar().week}, senest {local:%d.%m.%Y} (stedet aftaler dag og klokkeslæt)"
    return f"{local:%d.%m.%Y kl. %H.%M}"


def _appointment(booking: Booked) -> list[str]:
    return [
        f"Første kontakt: {first_contact_words(booking.first_contact)}, {booking.minutes} minutter.",
        f"Sted: {booking.site.name}, {booking.site.address} ({booking.provider.name}, CVR {booking.provider.cvr}).",
        f"Grundlag: {_BASIS[booking.basis]}.",
    ]
