"""The page "Dine muligheder": where the plan stands, the deadline, and which of the four doors are open."""

from dataclasses import dataclass

from matching.cases import Case
from matching.plan_facts import PlanType
from portal.language import Language
from portal.presenting import dates
from portal.presenting.deadline import Deadline, deadline_of
from portal.presenting.elsewhere import Elsewhere, elsewhere
from portal.presenting.links import Link, phone_link
from portal.presenting.over import over_words
from portal.presenting.ways import Way, way
from portal.presenting.words import LEVEL_WORDS, PLAN_TYPE_WORDS, package_words
from providers.authorities import Responsible
from providers.reference import Catalogue


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a summary; `note` explains the value, and `link` leads on from it."""

    label: str
    value: str
    note: str = ""
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """`elsewhere` only where this portal cannot help, `over` only where nothing is chosen any more.

    `ready` = times can be searched for; `free` = nothing is chosen yet, so there may be an offer that waits for an
    answer. `waiting` says since when the citizen has chosen to wait; `may_wait` that they could.
    """

    title: str
    rows: tuple[Row, ...]
    deadline: Deadline | None
    ways: tuple[Way, ...]
    elsewhere: Elsewhere | None
    over: str
    ready: bool
    free: bool
    has_booking: bool
    waiting: str
    may_wait: bool


def choices(case: Case, responsible: Responsible | None, catalogue: Catalogue, spoken: Language) -> Choices:
    """What the plan's code opens: never a name, and never the municipality's own offer."""
    general = case.plan.plan_type is PlanType.GENERAL
    undecided = case.plan.level is None or case.plan.package_id is None
    free = case.current is None and bool(case.rights.open_bases)
    return Choices(
        title=spoken.say("Dine muligheder"),
        rows=_rows(case, catalogue, spoken),
        deadline=deadline_of(case, spoken),
        ways=tuple(way(door, undecided, spoken) for door in case.rights.doors) if general else (),
        elsewhere=elsewhere(case.plan.plan_type, responsible, spoken),
        over=over_words(case.plan.state, spoken),
        ready=bool(case.rights.open_bases) and not undecided,
        free=free,
        has_booking=case.current is not None,
        waiting=dates.short_date(case.plan.deferred_on, spoken) if free and case.plan.deferred_on else "",
        may_wait=free and case.plan.deferred_on is None,
    )


def _rows(case: Case, catalogue: Catalogue, spoken: Language) -> tuple[Row, ...]:
    plan = case.plan
    home = catalogue.municipalities[plan.municipality_id]
    kind = Row(spoken.say("Plantype"), spoken.say(PLAN_TYPE_WORDS[plan.plan_type]))
    if plan.plan_type is not PlanType.GENERAL:
        return (kind, Row(spoken.say("Din hjemkommune"), home.official_name))
    note = spoken.say("Kommunen betaler for din genoptræning.")
    payer = Row(spoken.say("Din hjemkommune"), home.official_name, note, ring_link(home.phone, spoken))
    return (kind, _package_row(case, catalogue, spoken), _level_row(case, spoken), payer)


def ring_link(number: str | None, spoken: Language) -> Link | None:
    """`Ring på 00 00 00 00`; None stays None."""
    link = phone_link(number)
    return link and Link(spoken.say("Ring på %(phone)s", phone=link.label), link.href)


def _package_row(case: Case, catalogue: Catalogue, spoken: Language) -> Row:
    label = spoken.say("Forløbspakke")
    if case.plan.package_id is None:
        note = spoken.say("Din kommune mangler at afgøre, hvilken genoptræning du skal have. Ring gerne til kommunen.")
        return Row(label, spoken.say("Ikke afgjort endnu"), note)
    return Row(label, package_words(catalogue.packages[case.plan.package_id], spoken))


def _level_row(case: Case, spoken: Language) -> Row:
    label, link = spoken.say("Niveau"), Link(spoken.say("Hvad betyder basal og avanceret?"), "/niveau")
    if case.plan.level is None:
        note = spoken.say(
            "Din kommune mangler at afgøre, om din genoptræning er basal eller avanceret. Du kan vælge tid, så snart "
            "det er afgjort. Du mister ingen rettigheder imens. Ring gerne til kommunen."
        )
        return Row(label, spoken.say("Ikke afgjort endnu"), note, link)
    return Row(label, spoken.say(LEVEL_WORDS[case.plan.level]), link=link)
