"""The guarantee: its date, how far it is away, what it means now, and the line on which it is drawn."""

from dataclasses import dataclass

from matching.cases import Case, facts_of
from matching.rights import Reason
from portal.language import Language
from portal.presenting import dates
from portal.presenting.clock_line import ClockLine, clock_line
from providers.clock import local_date


@dataclass(frozen=True, slots=True)
class Deadline:
    """`left` counts the days while the date still binds the municipality, and is empty when it does not any more."""

    day: str
    left: str
    late: bool
    meaning: str
    line: ClockLine


def deadline_of(case: Case, spoken: Language) -> Deadline | None:
    """None where there is nothing to wait for: a plan that has begun or ended, or is not chosen here."""
    if not case.rights.open_bases:
        return None
    settled = _settled(case, spoken)
    late = case.rights.days_left < 0 and not settled
    return Deadline(
        day=dates.first_letter_up(dates.day(case.rights.deadline, spoken)),
        left="" if settled else dates.days_left(case.rights.days_left, spoken),
        late=late,
        meaning=settled or _meaning(late, spoken),
        line=clock_line(facts_of(case.plan, []), local_date(case.now), spoken),
    )


def _settled(case: Case, spoken: Language) -> str:
    """Why the date binds nobody any more (sst.dk on another municipality); empty while it does."""
    if any(door.reason is Reason.HANDED_TO_MUNICIPALITY for door in case.rights.doors):
        return spoken.say("Fristen gælder ikke længere, fordi du har valgt et sted i en anden kommune.")
    if case.rights.offer_kept:
        return spoken.say("Fristen er overholdt: Din kommune har tilbudt dig en tid senest denne dag.")
    return ""


def _meaning(late: bool, spoken: Language) -> str:
    if late:
        return spoken.say(
            "Din kommune skulle have tilbudt dig en tid senest denne dag. Derfor har du ret til et privat sted."
        )
    return spoken.say(
        "Din kommune skal kunne tilbyde dig en tid senest denne dag. Kan den ikke det, kan du vælge et privat sted."
    )
