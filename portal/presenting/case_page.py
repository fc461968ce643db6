"""A case on the municipality's own page: who and what, the clocks, the time, and what may be done."""

from collections.abc import Sequence
from dataclasses import dataclass

from matching.cases import Case
from matching.casework.history import Happened
from matching.citizens import Citizen
from matching.models import Booking
from matching.national_codes import STOP_REASON_CODES
from matching.plan_facts import PlanType
from matching.states import PLAN_STEPS, PlanState
from portal.language import Language
from portal.presenting import dates
from portal.presenting.alphabet import alphabetical
from portal.presenting.choices import Row
from portal.presenting.forms import Option, options
from portal.presenting.overviews import CASE_WORDS
from portal.presenting.tables import Kind, Tag
from portal.presenting.words import BASIS_FOR_STAFF, LEVEL_WORDS, PLAN_TYPE_WORDS, package_words
from providers.reference import Catalogue


@dataclass(frozen=True, slots=True)
class Can:
    """What the table of states and the plan's type allow to be done next."""

    assess: bool
    offer: bool
    withdraw: bool
    say_cannot: bool
    correct: bool
    take_back: bool
    stop: bool
    hand_on: bool


def can_of(case: Case) -> Can:
    """By the case alone; the role is asked for elsewhere."""
    steps, general = PLAN_STEPS[case.plan.state], case.plan.plan_type is PlanType.GENERAL
    open_case = bool(steps)
    free = general and open_case and case.current is None and bool(case.rights.open_bases)
    ready = case.plan.state is PlanState.ASSESSED and case.plan.level is not None and case.plan.package_id is not None
    return Can(
        assess=general and open_case,
        offer=free and ready,
        withdraw=case.offered is not None,
        say_cannot=free and not case.rights.offer_kept and case.plan.cannot_offer_recorded_on is None,
        correct=open_case,
        take_back=PlanState.HANDED_BACK in steps,
        stop=PlanState.STOPPED in steps,
        hand_on=PlanState.STOPPED in steps and case.plan.state is not PlanState.STARTED,
    )


def person_rows(citizen: Citizen, spoken: Language) -> list[Row]:
    """Who it is. A protected address is not shown here either: the municipality has it in its own system."""
    number = f"{citizen.cpr[:6]}-{citizen.cpr[6:]}"
    address = spoken.say("Adressen er beskyttet") if citizen.address_protected else citizen.address
    rows = [
        (spoken.say("Navn"), citizen.name),
        (spoken.say("CPR-nummer"), number),
        (spoken.say("Adresse"), address),
        (spoken.say("Telefon"), citizen.phone),
    ]
    return [Row(label, value) for label, value in rows if value]


def plan_rows(case: Case, catalogue: Catalogue, sites: dict[int, str], spoken: Language) -> list[Row]:
    """What the plan says and what was decided."""
    plan, undecided = case.plan, spoken.say("Ikke afgjort endnu")
    package = package_words(catalogue.packages[plan.package_id], spoken) if plan.package_id else undecided
    rows = [Row(spoken.say("Plantype"), spoken.say(PLAN_TYPE_WORDS[plan.plan_type]))]
    if plan.plan_type is PlanType.GENERAL:
        rows.append(Row(spoken.say("Forløbspakke"), package))
        rows.append(Row(spoken.say("Niveau"), spoken.say(LEVEL_WORDS[plan.level]) if plan.level else undecided))
    rows.append(Row(spoken.say("Modtaget"), dates.short_date(plan.received_on, spoken)))
    rows.append(Row(spoken.say("Udskrevet"), dates.short_date(plan.discharge_date, spoken)))
    if plan.earliest_start:
        rows.append(Row(spoken.say("Tidligste start"), dates.short_date(plan.earliest_start, spoken)))
    if plan.reference_site_id:
        rows.append(Row(spoken.say("Referencested for transport"), sites.get(plan.reference_site_id, "–")))
    return rows


def handed_to(happened: Sequence[Happened], catalogue: Catalogue) -> str:
    """The municipality that the case was handed on to; empty for one that is still here."""
    if not happened or happened[0].kind != "handed_on":
        return ""
    _, code = happened[0].changes["municipality"]
    return catalogue.municipalities[str(code)].official_name


def municipality_options(chosen: str, home: str, catalogue: Catalogue, spoken: Language) -> list[Option]:
    """Every other municipality, by name."""
    others = [one for one in catalogue.municipalities.values() if one.is_municipality and one.code != home]
    named = sorted(others, key=lambda one: alphabetical(one.name))
    return options({one.code: one.official_name for one in named}, chosen, none=spoken.say("Vælg en kommune"))


def stop_reason_options(chosen: str, spoken: Language) -> list[Option]:
    """The national stop reasons, in the words of the code list."""
    words = {reason.value: national.display for reason, national in STOP_REASON_CODES.items()}
    return options(words, chosen, none=spoken.say("Vælg en årsag"))


def state_tag(case: Case, spoken: Language) -> Tag:
    """How far the case is."""
    over = not PLAN_STEPS[case.plan.state]
    return Tag(spoken.say(CASE_WORDS[case.plan.state]), Kind.PLAIN if over else Kind.WAITING)


def time_rows(booking: Booking | None, spoken: Language) -> list[Row]:
    """A time with its place and provider, as far as there is one."""
    if booking is None:
        return []
    site = booking.slot.site
    return [
        Row(spoken.say("Tid"), dates.first_letter_up(dates.start(booking.slot.starts_at, spoken))),
        Row(spoken.say("Sted"), site.name),
        Row(spoken.say("Leverandør"), site.provider.name),
        Row(spoken.say("Grundlag"), spoken.say(BASIS_FOR_STAFF[booking.basis])),
        *([Row(spoken.say("Telefon"), site.phone)] if site.phone else []),
    ]
