"""The page "Dine muligheder": where the plan stands, the deadline, and which of the four doors are open."""

from dataclasses import dataclass

from matching.cases import Case
from matching.plan_facts import Basis, PlanType
from matching.rights import Door, Reason
from matching.rights_words import REASON_WORDS
from portal.language import Language
from portal.presenting import dates
from portal.presenting.words import BASIS_WORDS, LEVEL_WORDS, PLAN_TYPE_WORDS, package_words
from providers.authorities import Responsible
from providers.reference import Catalogue
from providers.words import N_


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a summary; `note` explains the value."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """One of the four bases: `state` is open, later or closed, `tag` says it in words."""

    name: str
    state: str
    tag: str
    why: str


@dataclass(frozen=True, slots=True)
class Choices:
    """`responsible` is only named where this portal cannot help. `ready` = times can be searched for.

    `ticking` = the deadline still binds the municipality.
    """

    title: str
    rows: tuple[Row, ...]
    ticking: bool
    deadline: str
    deadline_day: str
    late: bool
    ways: tuple[Way, ...]
    explanation: str
    responsible: str
    ready: bool
    has_booking: bool


def choices(case: Case, responsible: Responsible | None, catalogue: Catalogue, spoken: Language) -> Choices:
    """What the plan's code opens: never a name, and never the municipality's own offer."""
    elsewhere = case.plan.plan_type is not PlanType.GENERAL
    undecided = case.plan.level is None or case.plan.package_id is None
    return Choices(
        title=spoken.say("Dine muligheder"),
        rows=_rows(case, catalogue, spoken),
        ticking=not elsewhere and any(door.open for door in case.rights.doors) and not _settled(case),
        deadline=dates.days_left(case.rights.days_left, spoken),
        deadline_day=dates.first_letter_up(dates.day(case.rights.deadline, spoken)),
        late=case.rights.days_left < 0,
        ways=() if elsewhere else tuple(_way(door, undecided, spoken) for door in case.rights.doors),
        explanation=spoken.say(REASON_WORDS[case.rights.doors[0].reason]) if elsewhere else "",
        responsible=_responsible(responsible, spoken) if elsewhere else "",
        ready=bool(case.rights.open_bases) and not undecided,
        has_booking=case.current is not None,
    )


def _rows(case: Case, catalogue: Catalogue, spoken: Language) -> tuple[Row, ...]:
    plan = case.plan
    home = catalogue.municipalities[plan.municipality_id].official_name
    kind = Row(spoken.say("Plantype"), spoken.say(PLAN_TYPE_WORDS[plan.plan_type]))
    if plan.plan_type is not PlanType.GENERAL:
        return (kind, Row(spoken.say("Din hjemkommune"), home))
    payer = Row(spoken.say("Din hjemkommune"), home, spoken.say("Kommunen betaler for din genoptræning."))
    return (kind, _package_row(case, catalogue, spoken), _level_row(case, spoken), payer)


def _package_row(case: Case, catalogue: Catalogue, spoken: Language) -> Row:
    label = spoken.say("Forløbspakke")
    if case.plan.package_id is None:
        note = spoken.say("Din kommune mangler at afgøre, hvilken genoptræning du skal have. Ring gerne til kommunen.")
        return Row(label, spoken.say("Ikke afgjort endnu"), note)
    return Row(label, package_words(catalogue.packages[case.plan.package_id], spoken))


def _level_row(case: Case, spoken: Language) -> Row:
    label = spoken.say("Niveau")
    if case.plan.level is None:
        note = spoken.say(
            "Din kommune mangler at afgøre, om din genoptræning er basal eller avanceret. Du kan vælge tid, så snart "
            "det er afgjort. Du mister ingen rettigheder imens. Ring gerne til kommunen."
        )
        return Row(label, spoken.say("Ikke afgjort endnu"), note)
    return Row(label, spoken.say(LEVEL_WORDS[case.plan.level]))


def _settled(case: Case) -> bool:
    """The seven days are kept, or do not bind: for a citizen who has chosen another municipality (sst.dk)."""
    return bool(case.rights.offer_kept) or any(
        door.reason is Reason.HANDED_TO_MUNICIPALITY for door in case.rights.doors
    )


def _way(door: Door, undecided: bool, spoken: Language) -> Way:
    date = dates.short_date(door.opens_on, spoken) if door.opens_on else ""
    if door.open and undecided:
        state, tag = "later", spoken.say("Når kommunen har afgjort, hvad du skal have")
    elif door.open:
        state, tag = "open", spoken.say("Du kan vælge nu")
    elif door.opens_on is not None:
        state, tag = "later", spoken.say("Ikke åben endnu")
    else:
        state, tag = "closed", spoken.say("Kan ikke vælges")
    return Way(spoken.say(BASIS_WORDS[door.basis]), state, tag, spoken.say(_why(door), date=date))


def _why(door: Door) -> str:
    """The law opens own and contracted sites in one breath; on the page they stand apart."""
    if door.basis is Basis.CONTRACT and door.reason is Reason.ALWAYS_OPEN:
        return N_("Du kan altid vælge et sted, som din kommune har en aftale med.")
    return REASON_WORDS[door.reason]


def _responsible(responsible: Responsible | None, spoken: Language) -> str:
    return spoken.say("%(name)s har ansvaret for din genoptræning.", name=responsible.name) if responsible else ""
