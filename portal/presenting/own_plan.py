"""The plan as the hospital wrote it, for the citizen."""

from dataclasses import dataclass

from matching.contents import PlanContents
from matching.models import Plan
from portal.language import Language
from portal.presenting import dates
from portal.presenting.choices import Row
from portal.presenting.words import package_words
from providers.models import Municipality, Region
from providers.reference import Catalogue
from providers.words import N_


@dataclass(frozen=True, slots=True)
class Part:
    """A passage of the plan under its heading; `paragraphs` as the hospital broke them."""

    name: str
    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnPlan:
    """`parts` is empty when the hospital's text has not come; `promises` are what it says of how it was made."""

    facts: tuple[Row, ...]
    parts: tuple[Part, ...]
    promises: tuple[str, ...]
    contacts: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """One of several plans, to choose."""

    number: int
    words: str
    note: str


_PARTS = (
    ("function_before", N_("Sådan klarede du dig før")),
    ("function_at_discharge", N_("Sådan klarede du dig, da du blev udskrevet")),
    ("need", N_("Det har du brug for at træne")),
    ("safety", N_("Det skal du og dine terapeuter passe på")),
    ("practical", N_("Praktisk")),
)


def own_plan(plan: Plan, contents: PlanContents, region: Region | None, spoken: Language) -> OwnPlan:
    """`plan` comes with its municipality."""
    texts = [(name, spoken.say(heading), getattr(contents, name)) for name, heading in _PARTS]
    return OwnPlan(
        facts=_facts(plan, contents, spoken),
        parts=tuple(Part(name, heading, tuple(text.splitlines())) for name, heading, text in texts if text),
        promises=_promises(contents, spoken),
        contacts=_contacts(plan.municipality, region, contents, spoken),
    )


def plan_choices(plans: list[Plan], catalogue: Catalogue, spoken: Language) -> list[PlanChoice]:
    """Each plan by its day and what it is for."""
    return [_choice(plan, catalogue, spoken) for plan in plans]


def _choice(plan: Plan, catalogue: Catalogue, spoken: Language) -> PlanChoice:
    words = spoken.say("Plan fra %(day)s", day=dates.short_date(plan.discharge_date, spoken))
    package = package_words(catalogue.packages[plan.package_id], spoken) if plan.package_id else ""
    home = catalogue.municipalities[plan.municipality_id].official_name
    return PlanChoice(plan.id, words, ", ".join(filter(None, (package, home))))


def _facts(plan: Plan, contents: PlanContents, spoken: Language) -> tuple[Row, ...]:
    rows = [Row(spoken.say("Udskrevet"), dates.short_date(plan.discharge_date, spoken), contents.hospital or "")]
    if contents.start_deadline:
        start = dates.first_letter_up(dates.day(contents.start_deadline, spoken))
        rows.append(Row(spoken.say("Træningen skal begynde senest"), start))
    return tuple(rows)


def _promises(contents: PlanContents, spoken: Language) -> tuple[str, ...]:
    made = spoken.say("Planen er lavet sammen med dig.")
    sent = spoken.say("Den er med dit samtykke sendt til din kommune og din egen læge.")
    return (made,) * bool(contents.made_with_citizen) + (sent,) * bool(contents.sent_with_consent)


def _contacts(home: Municipality, region: Region | None, contents: PlanContents, spoken: Language) -> tuple[Row, ...]:
    """As the plan names them, or else as we know them."""
    town = contents.municipality_contact or " · ".join(filter(None, (home.phone, home.email)))
    rows = [Row(spoken.say("Din hjemkommune"), home.official_name, town)]
    if region is not None:
        rows.append(Row(spoken.say("Din region"), region.name, contents.region_contact or region.phone or ""))
    return tuple(rows)
