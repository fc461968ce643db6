"""The clocks of a case in the staff's words: how near the days are, and, once it is settled, what became of them."""

from dataclasses import dataclass
from datetime import date, timedelta

from matching.cases import Case, facts_of
from matching.models import Plan
from matching.plan_facts import Basis
from matching.states import PLAN_STEPS
from portal.language import Language
from portal.presenting import dates
from portal.presenting.clock_line import ClockLine, clock_line
from portal.presenting.tables import Kind, Tag, deadline_tag
from providers.clock import local_date

INFORM = timedelta(days=4)
"""Within so many calendar days of the plan the citizen is informed (the municipalities' standards)."""


@dataclass(frozen=True, slots=True)
class Clocks:
    """`line` from the discharge to the guarantee's date, while the case is open; `days` counts discharge → offer →
    start, as far as known.
    """

    guarantee: Tag
    inform: Tag
    line: ClockLine | None
    days: str


def clocks_of(case: Case, start: date | None, spoken: Language) -> Clocks:
    """`start` is the day of the citizen's time, if there is one."""
    today, plan = local_date(case.now), case.plan
    return Clocks(
        guarantee=_guarantee(case, start, today, spoken),
        inform=_informed(plan, today, spoken),
        line=clock_line(facts_of(plan, []), today, spoken) if PLAN_STEPS[plan.state] else None,
        days=_days(plan.discharge_date, plan.offer_date, start, spoken),
    )


def _guarantee(case: Case, start: date | None, today: date, spoken: Language) -> Tag:
    """How near the seven days are, or, when nothing is left to offer, what became of them: an offer in time or a time
    in time has kept them; a late offer, a word that there can be none, or the private choice, which arises by no other
    way, has not. Of any other end nobody says that a duty was broken.
    """
    deadline, plan, current = case.rights.deadline, case.plan, case.current
    private = current is not None and current.basis is Basis.EXTENDED
    missed = plan.offer_date is not None or plan.cannot_offer_recorded_on is not None or private
    kept = bool(case.rights.offer_kept) or (not missed and start is not None and start <= deadline)
    if kept or (current is None and case.rights.open_bases):
        return deadline_tag(deadline, today, spoken, met=kept)
    if missed:
        return Tag(spoken.say("Ikke overholdt"), Kind.BAD, dates.short_date(deadline, spoken))
    return Tag(spoken.say("Ikke længere aktuel"), Kind.PLAIN, dates.short_date(deadline, spoken))


def _informed(plan: Plan, today: date, spoken: Language) -> Tag:
    due, told = plan.received_on + INFORM, local_date(plan.informed_at) if plan.informed_at else None
    if told is not None and told > due:
        return Tag(spoken.say("Ikke overholdt"), Kind.BAD, dates.short_date(due, spoken))
    return deadline_tag(due, today, spoken, met=told is not None)


def _days(discharge: date, offered: date | None, start: date | None, spoken: Language) -> str:
    known = [
        (spoken.say("udskrivning til tilbudt tid"), offered),
        (spoken.say("udskrivning til start"), start),
    ]
    said = [
        spoken.say_many("%(count)s dag fra %(what)s", "%(count)s dage fra %(what)s", (day - discharge).days, what=what)
        for what, day in known
        if day is not None
    ]
    return dates.first_letter_up(", ".join(said))
